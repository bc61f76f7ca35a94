package dev.remit.core.flow;

import dev.remit.core.call.ArgumentSchema;
import dev.remit.core.call.Call;
import dev.remit.core.call.CallId;
import dev.remit.core.call.CallRequest;
import dev.remit.core.call.Tool;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.Decision.NeedsApproval;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.delegation.Narrowing;
import dev.remit.core.evidence.LimitUse;
import dev.remit.core.flow.CallBinder.Bound;
import dev.remit.core.flow.CallBinder.Unbound;
import dev.remit.core.flow.Rehearsed.Decided;
import dev.remit.core.flow.Rehearsed.Refused;
import dev.remit.core.oversight.AutonomyLevels;
import dev.remit.core.secret.SecretCheck;
import dev.remit.core.target.Inventory;
import dev.remit.core.target.TargetRecord;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.Lineage;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Goes the way of a task and its call up to the moment at which something would be stored or sent,
 * on facts that are supposed.
 *
 * <p>Promises: the checks are those of the drivers themselves, in their order, and nothing is
 * stored, asked or sent. What only a store can say (kills, joins, who answered) is not part of it;
 * of counts, only calls like this one are supposed.
 */
public final class Rehearsal {

  private static final CallId NOBODY = new CallId("rehearsal");
  private static final TaskId TASK = new TaskId("rehearsal");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration EVER = Duration.ofDays(36_500);

  /** Nothing is live where nothing is done. */
  private static final SecretCheck FORMS = SecretCheck.ofForms();

  private final ArgumentSchema schema;
  private final Judge judge = new Judge(AutonomyLevels.AS_STARTED);

  /** Arguments are checked with this, as those of real calls are. */
  public Rehearsal(ArgumentSchema schema) {
    this.schema = schema;
  }

  /** Whether a task like the scene's would be opened. */
  public Rehearsed open(Scene scene) {
    return switch (opening(scene)) {
      case Opened ignored -> new Rehearsed.Opened();
      case NotOpened(Refused refused) -> refused;
    };
  }

  /** What would become of the scene's call, from the opening of its task on. */
  public Rehearsed call(Scene scene) {
    return switch (opening(scene)) {
      case Opened(Task task) -> called(scene, task);
      case NotOpened(Refused refused) -> refused;
    };
  }

  /** What policy alone says of the call, as if every check before it had failed to refuse. */
  public Rehearsed policyAlone(Scene scene) {
    var release = scene.active().release();
    var tool = release.tools().get(scene.act().tool());
    var taskClass =
        release.taskClass(scene.wish().taskClass(), scene.setting().agent().tenant()).orElse(null);
    var tenant = release.tenants().get(scene.setting().agent().tenant());
    if (tool == null || taskClass == null || tenant == null) {
      return new Refused(ReasonCode.NO_PERMIT);
    }
    var records = new ArrayList<TargetRecord>();
    for (TargetRef ref : Targets.named(tool, scene.act().arguments())) {
      if (!(scene.inventory().resolve(ref, EVER, scene.at()) instanceof Inventory.Proven proven)) {
        return new Refused(ReasonCode.TARGET_UNKNOWN);
      }
      records.add(proven.record());
    }
    var tools = scene.wish().tools().isEmpty() ? taskClass.tools() : scene.wish().tools();
    var task = task(scene, taskClass.limits().calls(), taskClass.limits().duration(), tools);
    var call =
        new Call(NOBODY, scene.caller(), task, tool, scene.act().arguments(), List.copyOf(records));
    var held = scene.approved().map(Scene.Approved::rules).orElse(Set.of());
    return new Decided(judge.decide(scene.active(), call, taskClass, tenant, held, scene.at()));
  }

  private sealed interface Opening {}

  private record Opened(Task task) implements Opening {}

  private record NotOpened(Refused refused) implements Opening {}

  private Opening opening(Scene scene) {
    return scene.setting().handedOnBy().isEmpty()
        ? opened(scene, scene.wish())
        : handedOn(scene, new RehearsedChain(scene));
  }

  private Opening opened(Scene scene, TaskRequest wish) {
    var release = scene.active().release();
    return switch (new TaskChecks(scene.inventory()).look(wish, release, scene.at())) {
      case TaskChecks.Objection(ReasonCode reason, var ignored) ->
          new NotOpened(new Refused(reason));
      case TaskChecks.Allowed(var taskClass, var tools) ->
          TaskChecks.ground(scene.ticket(), wish.agent().tenant(), release)
              .<Opening>map(ground -> {
                var limits = taskClass.limits();
                return new Opened(task(scene, limits.calls(), limits.duration(), tools));
              })
              .orElseGet(() -> new NotOpened(new Refused(ReasonCode.NO_GROUND)));
    };
  }

  private Opening handedOn(Scene scene, RehearsedChain chain) {
    return switch (opened(scene, chain.first())) {
      case NotOpened refused -> refused;
      case Opened(Task like) ->
          switch (chain.from(chain.root(like, like.tools(), like.callLimit()))) {
            case RehearsedChain.Stopped(ReasonCode reason) -> new NotOpened(new Refused(reason));
            case RehearsedChain.Came(Narrowing.Within within) ->
                new Opened(
                    task(
                        scene,
                        within.callLimit(),
                        Duration.between(scene.setting().openedAt(), within.deadline()),
                        within.tools(),
                        within.lineage()));
          };
    };
  }

  private static Task task(Scene scene, int calls, Duration duration, Set<String> tools) {
    return task(scene, calls, duration, tools, Lineage.NONE);
  }

  private static Task task(
      Scene scene, int calls, Duration duration, Set<String> tools, Lineage lineage) {
    var setting = scene.setting();
    return new Task(
        TASK,
        setting.agent().tenant(),
        setting.environment(),
        setting.agent(),
        Optional.of(scene.caller().instance()),
        scene.wish().taskClass(),
        scene.ground(),
        scene.wish().targets(),
        tools,
        calls,
        setting.openedAt(),
        setting.openedAt().plus(duration),
        setting.state(),
        Redaction.none(),
        setting.hasReadUntrusted(),
        lineage);
  }

  private Rehearsed called(Scene scene, Task task) {
    var request = request(scene, scene.act());
    if (!TaskBook.isOf(task, scene.caller().id())) {
      return new Refused(ReasonCode.NO_TASK);
    }
    var checks = checks(scene, scene.inventory());
    return switch (checks.form(NOBODY, request, scene.active().release(), scene.at())) {
      case CallChecks.Unfit(CallResult.UnknownTool ignored) -> new Rehearsed.UnknownTool();
      case CallChecks.Unfit(CallResult.InvalidArguments(String words)) ->
          new Rehearsed.InvalidArguments(words);
      case CallChecks.Unfit(CallResult.Refused(var ignored, ReasonCode reason)) ->
          new Refused(reason);
      case CallChecks.Unfit(CallResult told) -> throw new IllegalStateException(told.toString());
      case CallChecks.Fit(Tool tool) ->
          switch (checks.bind(attempt(scene, request, tool), task)) {
            case Unbound(ReasonCode reason, var seen, var ignored) -> new Refused(reason);
            case Bound bound -> judged(scene, task, bound);
          };
    };
  }

  private CallChecks checks(Scene scene, Inventory inventory) {
    return new CallChecks(
        schema, FORMS, inventory, tool -> !scene.changedTools().contains(tool.name()));
  }

  private static CallRequest request(Scene scene, Scene.Act act) {
    return new CallRequest(
        scene.caller(), act.tool(), act.arguments(), Optional.of(TASK), Optional.empty());
  }

  private static CallAttempt attempt(Scene scene, CallRequest request, Tool tool) {
    return new CallAttempt(
        NOBODY, request, scene.active(), tool, scene.at(), Optional.empty(), true);
  }

  private Rehearsed judged(Scene scene, Task task, Bound bound) {
    var decision = decide(scene, bound, Set.of());
    if (decision instanceof NeedsApproval needs && scene.approved().isPresent()) {
      var approved = scene.approved().get();
      if (!isWhatWasApproved(
          scene, task, approved, ProposalDigest.of(bound.call(), needs, scene.active()))) {
        return new Refused(ReasonCode.APPROVAL_STALE);
      }
      decision = decide(scene, bound, approved.rules());
    }
    return decision instanceof Decision.Permit && isSpent(scene, bound)
        ? new Refused(ReasonCode.LIMIT_EXCEEDED)
        : new Decided(decision);
  }

  /** Whether one more call after those before it is past a limit of its class. */
  private static boolean isSpent(Scene scene, Bound bound) {
    var use = Usage.of(bound.call(), bound.taskClass(), scene.active().release());
    var before = scene.before();
    long inHour = before.ago().compareTo(HOUR) < 0 ? before.calls() : 0;
    return !use.hasRoomAfter(before.calls(), inHour)
        || use.limits().stream().anyMatch(limit -> isSpent(limit, before));
  }

  private static boolean isSpent(LimitUse limit, Scene.Before before) {
    return limit.isOfCalls()
        ? !limit.hasRoomAfter(limit.counts(before.ago()) ? before.calls() : 0)
        : !limit.hasRoomFor(limit.members().size());
  }

  private Decision decide(Scene scene, Bound bound, Set<String> held) {
    return judge.decide(
        scene.active(), bound.call(), bound.taskClass(), bound.tenant(), held, scene.at());
  }

  /** An approval is bound to a digest: what people were asked then must be what is asked now. */
  private boolean isWhatWasApproved(
      Scene scene, Task task, Scene.Approved approved, String digest) {
    var checks = checks(scene, approved.inventory());
    var request = request(scene, approved.act());
    return checks.form(NOBODY, request, scene.active().release(), scene.at())
            instanceof CallChecks.Fit(Tool tool)
        && checks.bind(attempt(scene, request, tool), task) instanceof Bound then
        && decide(scene, then, Set.of()) instanceof NeedsApproval asked
        && ProposalDigest.of(then.call(), asked, scene.active()).equals(digest);
  }
}
