package dev.remit.web.machines;

import dev.remit.core.approval.ProposalId;
import dev.remit.core.flow.Gateway;
import dev.remit.core.flow.TaskResult;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * At which client a request of an agent of several clients is: where the task or the handle is that
 * it names. The part that is found is an ordinary agent of one client and proves nothing by being
 * found: the gateway asks again whether the task is its own.
 *
 * <p>A request that names neither is at no client, even if one task alone is open: when a task ends
 * by itself, what was meant for it must not go to another client's. Thread safe.
 */
public final class ClientParts {

  private static final int KNOWN = 10_000;

  private final Gateway gateway;

  /** Where a task is, which never changes. */
  private final Map<TaskId, TenantId> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(256, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<TaskId, TenantId> eldest) {
              return size() > KNOWN;
            }
          });

  public ClientParts(Gateway gateway) {
    this.gateway = gateway;
  }

  /**
   * The part whose task this is; empty if it is none of the caller's, or cannot be looked up now.
   */
  public Optional<Caller.Agent> ofTask(Caller.Triage caller, TaskId task) {
    var tenant = known.get(task);
    if (tenant != null) {
      return caller.at(tenant);
    }
    for (var part : caller.parts()) {
      if (gateway.task(part, task) instanceof TaskResult.Told(var found)
          && found.tenant().equals(part.id().tenant())) {
        known.put(task, found.tenant());
        return Optional.of(part);
      }
    }
    return Optional.empty();
  }

  /** The part that this handle was given to; empty if it was given to none. */
  public Optional<Caller.Agent> ofHandle(Caller.Triage caller, ProposalId handle) {
    return caller.parts().stream()
        .filter(part -> gateway.askedAt(part, handle).isPresent())
        .findFirst();
  }

  /**
   * The part that opens a task. The name only chooses: ticket and targets must be that client's by
   * what their systems say.
   */
  public static Caller.Agent named(Caller.Triage caller, Optional<String> agent) {
    var id =
        AgentId.parse(
            agent.orElseThrow(() ->
                new InvalidValueException(
                    "say as which `agent` you open it, such as `"
                        + caller.parts().getFirst().id().text()
                        + "`: the task is of one client")));
    return caller
        .at(id.tenant())
        .filter(part -> part.id().equals(id))
        .orElseThrow(() ->
            new InvalidValueException(
                "`" + id.text() + "` is not you at any client; tools/list names what is"));
  }

  /** Who shows or ends this task: the part that it is of, and whoever else calls as they came. */
  Caller at(Caller caller, TaskId task) {
    return caller instanceof Caller.Triage triage
        ? ofTask(triage, task).<Caller>map(part -> part).orElse(triage)
        : caller;
  }
}
