package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.MAIL;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static dev.remit.testkit.flow.FlowWorld.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.Decision;
import dev.remit.core.decision.Question;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry.Kind;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.Replay;
import dev.remit.core.identity.AgentId;
import dev.remit.core.kill.KillScope;
import dev.remit.core.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Calls in tasks that were handed on: who is asked, who is counted, who is told. */
class ChainTest extends HandingOn {

  private static List<AgentId> others(Question question) {
    return question.call().task().lineage().links().stream().map(link -> link.agent()).toList();
  }

  @Test
  void evidenceNamesEveryAgentOfTheChainWithItsCopy() {
    var parent = world.open();
    var child = handedOn(wish(parent, change));
    call(change, RESTART, child);
    var opened = world.entries(Kind.TASK_OPENED).getLast().leaf();
    assertThat(opened).contains("\"parent\":\"" + parent.id() + "\"", "\"instance\":\"one\"");
    assertThat(world.intents().getLast().leaf())
        .contains(
            "\"chain\":[{\"agent\":\"" + world.desk.id() + "\",\"instance\":\"one\"",
            "\"agent\":\"" + change.id() + "\"",
            "\"instance\":\"change-1\"");
  }

  @Test
  void aKillOfWhoeverHandedItOnStopsTheWorkBelow() {
    var parent = world.open();
    var child = handedOn(wish(parent, change));
    world.drivers().oversight().kill(new KillScope("instance:one"), "officer", "it was stolen");
    assertRefused(call(change, HEALTH, child), ReasonCode.KILLED);
    assertThat(world.ledgers.tasks().find(HARBOR, child.id()).orElseThrow().state())
        .isEqualTo(Task.State.KILLED);
  }

  @Test
  void aRunningCallBelowIsCutWhenItsParentEnds() throws Exception {
    var parent = world.open();
    var child = handedOn(wish(parent, change));
    var gate = world.queueScans();
    try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      var running =
          threads.submit(() -> world.call(change, "rmm_scan", on(OWN), Optional.of(child.id())));
      gate.awaitArrival();
      world.drivers().closeTask(world.desk, parent.id(), Task.State.DONE);
      assertThat(running.get()).isInstanceOf(CallResult.Answered.class);
    }
    assertThat(world.scans).hasValue(0);
  }

  @Test
  void callsBelowUseUpTheParentsCalls() {
    var parent = world.open(world.desk, "twice", "500", OWN);
    var child = handedOn(wish(parent, change).of("twice"));
    assertThat(call(change, HEALTH, child)).isInstanceOf(CallResult.Answered.class);
    assertThat(call(world.desk, HEALTH, parent)).isInstanceOf(CallResult.Answered.class);
    assertRefused(call(change, HEALTH, child), ReasonCode.LIMIT_EXCEEDED);
    assertRefused(call(world.desk, HEALTH, parent), ReasonCode.LIMIT_EXCEEDED);
  }

  @Test
  void anotherClassBelowIsNoWayAroundTheParentsLimit() {
    var parent = world.open(world.desk, "twice", "500", OWN);
    var child = handedOn(wish(parent, change));
    assertThat(child.callLimit()).isEqualTo(2);
    assertThat(call(change, HEALTH, child)).isInstanceOf(CallResult.Answered.class);
    assertThat(call(change, HEALTH, child)).isInstanceOf(CallResult.Answered.class);
    assertRefused(call(change, HEALTH, child), ReasonCode.LIMIT_EXCEEDED);
    world.drivers().closeTask(world.desk, parent.id(), Task.State.DONE);
    var again = world.open(world.desk, "twice", "500", OWN);
    assertRefused(call(world.desk, HEALTH, again), ReasonCode.LIMIT_EXCEEDED);
  }

  @Test
  void hostileCase22WhatOneOfTheChainMayNotDoNobodyOfItDoes() {
    var parent = world.open();
    var child = handedOn(wish(parent, change));
    world.policy.when(
        question ->
            question.call().caller().id().equals(world.desk.id())
                && question.call().tool().name().equals(RESTART),
        new Decision.Deny(ReasonCode.GUARDRAIL, List.of("not-the-desk"), "words"));
    assertRefused(call(change, RESTART, child), ReasonCode.GUARDRAIL);
    assertThat(call(change, HEALTH, child)).isInstanceOf(CallResult.Answered.class);
  }

  @Test
  void policyIsAskedForEachAgentAndSeesTheOthers() {
    var parent = world.open();
    var child = handedOn(wish(parent, change));
    call(change, HEALTH, child);
    var asked = world.policy.asked();
    assertThat(asked.stream().map(question -> question.call().caller().id()))
        .containsExactly(world.desk.id(), change.id());
    assertThat(asked.stream().map(ChainTest::others))
        .containsExactly(List.of(change.id()), List.of(world.desk.id()));
    assertThat(asked.stream().map(Question::autonomy).distinct()).hasSize(1);
  }

  @Test
  void rulesOfEveryAgentOfTheChainAsk() {
    var parent = world.open();
    var child = handedOn(wish(parent, change));
    world.policy.ask(RESTART, Duration.ofMinutes(30));
    assertThat(call(change, RESTART, child)).isInstanceOf(CallResult.Waiting.class);
    var proposal = world.ledgers.proposals().list(HARBOR, 10).getFirst();
    assertThat(proposal.parties().owners()).contains("ops");
    assertThat(proposal.facts().text("worker").orElseThrow())
        .isEqualTo(change.id() + ", handed on by " + world.desk.id());
    world.drivers().closeTask(world.desk, parent.id(), Task.State.DONE);
    assertThat(world.ledgers.proposals().find(HARBOR, proposal.id()).orElseThrow().state())
        .isEqualTo(dev.remit.core.approval.Proposal.State.WITHDRAWN);
  }

  @Test
  void wordsOfOutsidersReadBelowAreReadAbove() {
    var paced = world.open(world.desk, "paced", "500", OWN);
    var child = handedOn(wish(paced, change).of("paced"));
    world.vendor.on(MAIL, (request, cut) -> dev.remit.testkit.FakeConnector.done());
    assertThat(call(change, MAIL, child)).isInstanceOf(CallResult.Answered.class);
    assertThat(world.ledgers.tasks().find(HARBOR, paced.id()).orElseThrow().hasReadUntrusted())
        .isTrue();
    var late = handedOn(wish(paced, observe).of("paced"));
    assertThat(world.ledgers.tasks().find(HARBOR, late.id()).orElseThrow().hasReadUntrusted())
        .isTrue();
  }

  @Test
  void aDecisionOnAChainIsMadeAgainFromItsRecordAlone() {
    var child = handedOn(wish(world.open(), change));
    call(change, HEALTH, child);
    var intent = world.intents().getLast();
    var replay = new Replay(world.releases.active());
    var body = Replay.recorded(intent.body()).getFirst();
    assertThat(replay.again(HARBOR, child.id().value(), body)).isInstanceOf(Replay.Same.class);
    world.policy.when(
        question -> question.call().caller().id().equals(world.desk.id()),
        new Decision.Deny(ReasonCode.GUARDRAIL, List.of("not-the-desk"), "words"));
    assertThat(replay.again(HARBOR, child.id().value(), body)).isInstanceOf(Replay.Other.class);
  }
}
