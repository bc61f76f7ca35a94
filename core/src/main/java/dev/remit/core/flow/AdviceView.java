package dev.remit.core.flow;

import dev.remit.core.advice.Access;
import dev.remit.core.advice.Advice;
import dev.remit.core.advice.Advisor;
import dev.remit.core.call.CallId;
import dev.remit.core.call.CallRequest;
import dev.remit.core.call.Tool;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Caller;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.kill.KillScope;
import dev.remit.core.release.Releases;
import dev.remit.core.target.TargetListing;
import dev.remit.core.task.Ground;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts an access in the place of a call that nobody makes: the agent's, with this tool, on this
 * record, in a task of its own or in one that would name just that.
 *
 * <p>What is claimed of subject and resource is not looked at: the inventory says what they are.
 * The properties of the action are the arguments of the call.
 */
final class AdviceView implements Advisor.View {

  private static final String AGENT = "agent";
  private static final String NOT_PERMITTED = ReasonCode.NO_PERMIT.agentCode();
  private static final String NOT_AVAILABLE = ReasonCode.TARGET_UNKNOWN.agentCode();
  private static final int MOST_CLASSES = 50;

  private final Ports ports;
  private final TargetListing listing;
  private final CallChecks checks;
  private final Judge judge;
  private final Releases.Active active;
  private final TenantId tenant;
  private final Set<String> killed;
  private final Instant now;

  AdviceView(
      Ports ports,
      TargetListing listing,
      CallChecks checks,
      Judge judge,
      Releases.Active active,
      TenantId tenant,
      Set<String> killed,
      Instant now) {
    this.ports = ports;
    this.listing = listing;
    this.checks = checks;
    this.judge = judge;
    this.active = active;
    this.tenant = tenant;
    this.killed = killed;
    this.now = now;
  }

  @Override
  public Advice on(Access access) {
    var agent = agent(access.subject());
    if (agent.isEmpty()) {
      return Advice.deny(NOT_PERMITTED);
    }
    var tool = active.release().toolOf(agent.get(), access.action().name());
    if (tool.isEmpty()) {
      return Advice.deny(NOT_PERMITTED);
    }
    if (isKilled(agent.get(), tool.get())) {
      return Advice.deny(ReasonCode.KILLED.agentCode());
    }
    var arguments = AdviceArguments.of(tool.get(), access, tenant);
    if (arguments.isEmpty()) {
      return Advice.deny(NOT_AVAILABLE);
    }
    boolean isGiven = !access.action().properties().isEmpty();
    if (isGiven && ports.schema().objection(tool.get(), arguments.get()).isPresent()) {
      return Advice.deny("arguments-not-valid");
    }
    var request =
        new CallRequest(
            agent.get(), tool.get().name(), arguments.get(), Optional.empty(), Optional.empty());
    return best(request, tool.get(), tasks(access, request, tool.get()));
  }

  /** The most that any of these tasks would allow; the first objection where none allows it. */
  private Advice best(CallRequest request, Tool tool, List<Task> tasks) {
    Optional<Advice> asking = Optional.empty();
    Optional<Advice> denying = Optional.empty();
    for (var task : tasks) {
      switch (decided(request, tool, task)) {
        case Decision.Permit ignored -> {
          return Advice.permit();
        }
        case Decision.NeedsApproval needs ->
            asking = asking.or(() -> Optional.of(Advice.needsApproval(Judge.from(needs.rules()))));
        case Decision.Deny deny ->
            denying = denying.or(() -> Optional.of(Advice.deny(deny.reason().agentCode())));
      }
    }
    return asking.isPresent() ? asking.get() : denying.orElseGet(() -> Advice.deny(NOT_PERMITTED));
  }

  private Decision decided(CallRequest request, Tool tool, Task task) {
    var attempt =
        new CallAttempt(new CallId("advice"), request, active, tool, now, Optional.empty(), true);
    return switch (checks.bind(attempt, task)) {
      case CallBinder.Unbound(var reason, _, _) ->
          new Decision.Deny(reason, List.of(), "the access is about nothing that is there");
      case CallBinder.Bound(var call, var taskClass, var known) ->
          judge.decide(active, call, taskClass, known, now);
    };
  }

  /** The agent of this name, if it is one of the tenant's. It is not proven to be at its key. */
  private Optional<Caller.Agent> agent(Access.Entity subject) {
    if (!subject.type().equals(AGENT)) {
      return Optional.empty();
    }
    try {
      var id = AgentId.parse(subject.id());
      var agentClass = active.release().agentClasses().get(id.agentClass());
      return agentClass != null
              && id.tenant().equals(tenant)
              && agentClass.identities().stream().anyMatch(known -> known.agent().equals(id))
          ? Optional.of(new Caller.Agent(id, new InstanceId("advice"), false, now.plusSeconds(60)))
          : Optional.empty();
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
  }

  private boolean isKilled(Caller.Agent agent, Tool tool) {
    return KillScope.covering(agent).stream().anyMatch(killed::contains)
        || killed.contains("connector:" + tool.connector());
  }

  /** The task that the context names if it is the agent's, else one that it might open. */
  private List<Task> tasks(Access access, CallRequest request, Tool tool) {
    var context = access.context();
    if (context.get("task").isPresent()) {
      return context
          .text("task")
          .flatMap(id -> ports.tasks().find(tenant, new TaskId(id)))
          .filter(task -> task.agent().equals(request.caller().id()))
          .map(List::of)
          .orElse(List.of());
    }
    var release = active.release();
    var wanted = context.text("task_class");
    return release.agentClassOf(request.caller()).stream()
        .flatMap(agentClass -> agentClass.taskClasses().stream().sorted())
        .filter(name -> wanted.isEmpty() || name.equals(wanted.get()))
        .filter(name ->
            release
                .taskClass(name, tenant)
                .filter(taskClass -> taskClass.tools().contains(tool.name()))
                .isPresent())
        .limit(MOST_CLASSES)
        .map(name -> imagined(name, request, tool))
        .toList();
  }

  private Task imagined(String taskClass, CallRequest request, Tool tool) {
    var id = request.caller().id();
    var ground =
        new Ground(
            active.release().ticketConnector(), "imagined", tenant, "imagined", true, true, "");
    return new Task(
        new TaskId("imagined"),
        tenant,
        id.environment(),
        id,
        Optional.of(request.caller().instance()),
        taskClass,
        ground,
        Set.copyOf(Targets.named(tool, request.arguments())),
        Set.of(tool.name()),
        1,
        now,
        now.plusSeconds(60),
        Task.State.OPEN,
        Redaction.none(),
        false);
  }

  @Override
  public List<String> subjects(String type, int from, int atMost) {
    if (!type.equals(AGENT)) {
      return List.of();
    }
    var names =
        active.release().agentClasses().values().stream()
            .flatMap(agentClass -> agentClass.identities().stream())
            .map(identity -> identity.agent())
            .filter(agent -> agent.tenant().equals(tenant))
            .map(AgentId::text)
            .sorted()
            .toList();
    return part(names, from, atMost);
  }

  @Override
  public List<String> resources(String type, int from, int atMost) {
    if (type.equals(AdviceArguments.TENANT)) {
      return part(List.of(tenant.value()), from, atMost);
    }
    return listing.list(tenant, type, from, atMost).stream().map(ref -> ref.text()).toList();
  }

  @Override
  public List<String> actions(Access.Entity subject, int from, int atMost) {
    var names = new ArrayList<String>();
    agent(subject)
        .ifPresent(
            agent -> active.release().toolsOf(agent).forEach(tool -> names.add(tool.name())));
    return part(names, from, atMost);
  }

  private static List<String> part(List<String> all, int from, int atMost) {
    int start = Math.min(Math.max(from, 0), all.size());
    return all.subList(start, Math.min(all.size(), start + atMost));
  }
}
