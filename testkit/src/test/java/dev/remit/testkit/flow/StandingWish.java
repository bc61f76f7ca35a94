package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.SCAN;
import static dev.remit.testkit.flow.FlowRelease.WIPE;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.call.CallRequest;
import dev.remit.core.execution.Cut;
import dev.remit.core.flow.Approvals.Counted;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Waiting;
import dev.remit.core.flow.Standing;
import dev.remit.core.flow.Standing.Waits;
import dev.remit.core.flow.Standing.Wish;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/** A world in which restarts wait for people, and standing approvals are asked for. */
abstract class StandingWish {

  final FlowWorld world = new FlowWorld();
  final Crowd crowd = new Crowd(world);
  int calls;

  @BeforeEach
  void restartsWait() {
    world.open();
    for (var tool : List.of(RESTART, SCAN, WIPE)) {
      world.policy.ask(tool, rule(tool));
    }
  }

  static AskRule rule(String tool) {
    var both = WaitingWipe.BOTH;
    return new AskRule(
        "both-" + tool, both.condition(), both.from(), both.answerWithin(), both.useWithin());
  }

  Standing standing() {
    return world.drivers().oversight().standing();
  }

  Value.Obj spooler() {
    return FlowWorld.on(OWN).with("service", Value.of("spooler"));
  }

  Wish wish(int uses, String... free) {
    return wish(RESTART, spooler(), uses, Duration.ofDays(7), free);
  }

  Wish wish(String tool, Value.Obj arguments, int uses, Duration life, String... free) {
    return new Wish(
        HARBOR,
        world.desk.id(),
        "service",
        tool,
        arguments,
        Set.of(free),
        uses,
        life,
        "it hangs every morning");
  }

  Proposal ask(Wish wish) {
    var asked = standing().ask(crowd.olga.person(), wish);
    assertThat(asked).isInstanceOf(Waits.class);
    return ((Waits) asked).proposal();
  }

  Proposal granted(int uses, String... free) {
    var proposal = ask(wish(uses, free));
    assertThat(crowd.grant(crowd.sam, proposal.id())).isInstanceOf(Counted.class);
    assertThat(crowd.grant(crowd.hanna, proposal.id()))
        .isEqualTo(new Counted(Proposal.State.GRANTED));
    world.watch.forget();
    return proposal;
  }

  /** A call of its own each time, whatever was called before. */
  CallResult call(String tool, Value.Obj arguments) {
    return world
        .drivers()
        .call(
            new CallRequest(
                world.desk, tool, arguments, Optional.empty(), Optional.of("key-" + ++calls)),
            new Cut());
  }

  void assertDone(CallResult result) {
    assertThat(result).isInstanceOf(Answered.class);
  }

  void assertAsks(CallResult result) {
    assertThat(result).isInstanceOf(Waiting.class);
  }

  long restarts() {
    return world.vendor.sent().stream().filter(sent -> sent.tool().name().equals(RESTART)).count();
  }

  int used(ProposalId id) {
    return standing().of(HARBOR).stream()
        .filter(one -> one.proposal().id().equals(id))
        .findFirst()
        .orElseThrow()
        .used();
  }
}
