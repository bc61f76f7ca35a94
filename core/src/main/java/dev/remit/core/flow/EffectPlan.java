package dev.remit.core.flow;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallId;
import dev.remit.core.evidence.Intent;
import dev.remit.core.execution.Connector;
import dev.remit.core.release.VersionId;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An effect that was decided and is about to be made.
 *
 * @param task the task it belongs to, if it does
 * @param isTaskRead whether it may use the task's shared read lease
 * @param scope what the lease must allow
 * @param fields and {@code body} of the intent's entry
 */
record EffectPlan(
    CallId call,
    TenantId tenant,
    Optional<TaskId> task,
    Optional<Intent.TaskUse> use,
    List<String> killScopes,
    VersionId version,
    List<Intent.SeenTarget> targets,
    Optional<ProposalId> approval,
    Connector connector,
    boolean isTaskRead,
    Value.Obj scope,
    Duration leaseLife,
    Duration timeout,
    Optional<String> joinKey,
    Value.Obj fields,
    Value.Obj body) {}
