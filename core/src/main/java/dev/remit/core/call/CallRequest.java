package dev.remit.core.call;

import dev.remit.core.identity.Caller;
import dev.remit.core.task.TaskId;
import dev.remit.core.value.Value;
import java.util.Optional;

/** What an agent asked for, parsed strictly at the edge and not yet bound to anything. */
public record CallRequest(
    Caller.Worker caller,
    String tool,
    Value.Obj arguments,
    Optional<TaskId> task,
    Optional<String> idempotencyKey) {}
