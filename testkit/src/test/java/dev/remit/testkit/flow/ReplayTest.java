package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.SCAN;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.OWN_TOO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.call.Sha256;
import dev.remit.core.decision.Decision;
import dev.remit.core.decision.DecisionPoint;
import dev.remit.core.decision.Question;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.flow.Replay;
import dev.remit.core.release.Releases;
import dev.remit.core.task.Task;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What entries keep of a decision is enough to decide again, on the same facts. */
class ReplayTest extends WaitingPlan {

  /** Says as it is told, and signs every fact of the question into what decided. */
  private record Tracing(DecisionPoint told) implements DecisionPoint {
    @Override
    public Decision decide(Question question) {
      var trace = List.of(Sha256.of(facts(question)));
      return switch (told.decide(question)) {
        case Decision.Permit ignored -> new Decision.Permit(trace);
        case Decision.NeedsApproval needs -> new Decision.NeedsApproval(trace, needs.rules());
        case Decision.Deny deny -> new Decision.Deny(deny.reason(), trace, deny.detail());
      };
    }

    @Override
    public String contentOf(String policy) {
      return told.contentOf(policy);
    }
  }

  private static Value.Obj facts(Question question) {
    var call = question.call();
    var task = call.task();
    var target = question.target().orElseThrow();
    return Value.object(
        "caller", List.of(call.caller().id().text(), call.caller().instance().value()),
        "bound", call.caller().isBound(),
        "class", List.of(question.agentClass().id().value(), question.agentClass().owner()),
        "autonomy", question.autonomy().text(),
        "task",
            List.of(
                task.id().value(),
                task.taskClass(),
                task.tenant().value(),
                task.environment().text(),
                task.agent().text(),
                task.instance().toString(),
                task.openedAt().toString(),
                task.targets().stream().map(t -> t.text()).sorted().toList(),
                task.tools().stream().sorted().toList(),
                task.hasReadUntrusted()),
        "tool", List.of(call.tool().name(), call.tool().pin()),
        "arguments", call.arguments(),
        "target",
            List.of(
                target.ref().text(),
                target.tenant().value(),
                target.attributes(),
                target.boundFacts(),
                target.version(),
                target.seenAt().toString()),
        "tenant", question.tenant().id().value(),
        "scopeTruth", question.scopeTruth().text(),
        "approvals", Value.texts(question.approvals().stream().sorted().toList()),
        "at", question.at().toString());
  }

  /** From here on; what was decided before had another decision point. */
  private int from;

  private void trace() {
    from = world.ledgers.entries(HARBOR).size();
    world.releases.activate(FlowRelease.of("v1"), new Tracing(world.policy));
  }

  private List<Replay.Replayed> replayed() {
    var replay = new Replay(world.releases.active());
    var all = new ArrayList<Replay.Replayed>();
    for (Entry entry : world.ledgers.entries(HARBOR).stream().skip(from).toList()) {
      for (var body : Replay.recorded(entry.body())) {
        all.add(replay.again(entry.tenant(), entry.task().orElseThrow(), body));
      }
    }
    return all;
  }

  @Test
  void everyDecisionOfARunIsDecidedAgainByteForByte() {
    trace();
    var plan = granted(step(RESTART, OWN), step(WIPE, OWN_TOO));
    planned(resume(plan));
    world.pass(Duration.ofMinutes(2));
    world.call(HEALTH, OWN);
    world.call(RESTART, OWN_TOO);
    world.policy.deny(SCAN, ReasonCode.GUARDRAIL);
    world.call(SCAN, OWN);

    var replayed = replayed();

    assertThat(world.entries(Kind.REFUSAL)).isNotEmpty();
    assertThat(world.entries(Kind.DECISION)).isNotEmpty();
    assertThat(world.intents()).hasSizeGreaterThanOrEqualTo(4);
    assertThat(replayed).hasSizeGreaterThanOrEqualTo(7).allMatch(Replay.Same.class::isInstance);
  }

  @Test
  void anApprovalThatWasHeldIsHeldAgain() {
    trace();
    var plan = granted(step(WIPE, OWN_TOO));
    planned(resume(plan));

    var body = world.intents().getLast().body();

    assertThat(body.object("asked").orElseThrow().items("approvals")).isNotEmpty();
    assertThat(body.object("decided").orElseThrow().text("decision")).contains("permit");
    var without =
        body.with(
            "asked", body.object("asked").orElseThrow().with("approvals", Value.texts(List.of())));
    assertThat(new Replay(world.releases.active()).again(HARBOR, "task", without))
        .isInstanceOf(Replay.Other.class);
  }

  @Test
  void anotherVersionShowsWhatItWouldDecideOtherwise() {
    trace();
    world.call(RESTART, OWN);
    var body = world.intents().getLast().body();
    world.policy.deny(RESTART, ReasonCode.GUARDRAIL);

    var again = new Replay(new Releases.Active(FlowRelease.of("v2"), world.policy));

    assertThat(again.again(HARBOR, "task", body))
        .isInstanceOfSatisfying(
            Replay.Other.class,
            other -> {
              assertThat(other.recorded().text("decision")).contains("permit");
              assertThat(other.now().text("reason")).contains("guardrail");
            });
  }

  @Test
  void aVersionWithoutTheTenantIsNotAsked() {
    trace();
    world.call(RESTART, OWN);
    var body = world.intents().getLast().body();

    assertThat(
            new Replay(world.releases.active())
                .again(new dev.remit.core.tenant.TenantId("nobody"), "task", body))
        .isInstanceOf(Replay.Unasked.class);
  }

  @Test
  void aRecordThatSaysTooLittleIsRefused() {
    trace();
    world.call(RESTART, OWN);
    var body = world.intents().getLast().body();
    var replay = new Replay(world.releases.active());

    for (String member : List.of("asked", "decided", "at", "arguments", "taskClass")) {
      assertThatThrownBy(() -> replay.again(HARBOR, "task", body.without(member)))
          .as(member)
          .isInstanceOf(InvalidValueException.class);
    }
    assertThatThrownBy(() -> replay.again(HARBOR, "task", body.with("at", Value.of("yesterday"))))
        .isInstanceOf(InvalidValueException.class);
  }

  /** Whoever gives policy another fact writes it down as well, and says so here. */
  @Test
  void everyFactOfAQuestionIsKnownHere() {
    assertThat(components(Question.class))
        .containsExactlyInAnyOrder(
            "call",
            "agentClass",
            "autonomy",
            "taskClass",
            "tenant",
            "scopeTruth",
            "target",
            "approvals",
            "at");
    var notAsked =
        Set.of("id", "tenant", "ground", "callLimit", "deadline", "state", "prompt", "taskClass");
    assertThat(components(Task.class).stream().filter(name -> !notAsked.contains(name)))
        .containsExactlyInAnyOrder(
            "environment",
            "agent",
            "instance",
            "targets",
            "tools",
            "openedAt",
            "hasReadUntrusted",
            "lineage");
  }

  private static List<String> components(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList();
  }
}
