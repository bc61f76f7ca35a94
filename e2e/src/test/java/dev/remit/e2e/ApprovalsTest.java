package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What two people granted happens once, whatever dies meanwhile, and what they did not grant never.
 * The deaths come first: their recovery runs while the other claims are tried.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApprovalsTest {

  /** A domain controller: its restart waits for one of the MSP and one of the client. */
  private static final int DEVICE = 1010;

  private static final Duration BACK = Duration.ofSeconds(30);

  /** What the agent waits for. */
  private record Asked(String task, String handle) {
    List<Value.Obj> trail() {
      return estate.server().trail(Estate.HARBOR, Optional.of(task));
    }

    String state() {
      return people.approver().card(Estate.HARBOR, handle).object().text("state").orElse("");
    }
  }

  /** A death while an approval was used. */
  private record Death(String place, Asked asked, long effects) {}

  private static final List<Death> DEATHS = new ArrayList<>();
  private static Estate estate;
  private static People people;

  @BeforeAll
  static void dieWhileApprovalsAreUsed() {
    estate = Estate.shared().withServer("approvals");
    people = People.gather(estate);
    for (var place : List.of("after-intent", "before-send", "after-send")) {
      var asked = granted();
      long before = effects();
      var told =
          new Intruder(estate.server())
              .withLockOn(
                  asked.handle(),
                  () -> begin(estate.server(), asked),
                  () -> estate.server().failAt(place));
      awaitDeath(told);
      DEATHS.add(new Death(place, asked, effects() - before));
      estate.server().restart();
    }
  }

  private static void awaitDeath(CompletableFuture<Agent.Result> call) {
    assertThat(call).failsWithin(Duration.ofSeconds(10));
    assertThat(estate.server().process().awaitExit(Duration.ofSeconds(10))).isEqualTo(137);
  }

  @AfterAll
  static void stop() {
    if (estate != null) {
      estate.server().close();
    }
  }

  @Test
  @Order(1)
  void anApprovalOutlivesTheServerAndIsUsedOnce() {
    var asked = granted();
    long before = effects();
    killAndRestart();
    assertThat(asked.state()).isEqualTo("granted");
    assertThat(effects()).isEqualTo(before);
    assertThat(resume(asked).outcome()).isEqualTo("succeeded");
    assertThat(effects()).isEqualTo(before + 1);
    killAndRestart();
    assertThat(resume(asked).outcome()).isEqualTo("succeeded");
    assertThat(asked.state()).isEqualTo("consumed");
    assertThat(effects()).isEqualTo(before + 1);
    assertThat(Leaves.outcomesOfIntents(asked.trail()).values()).containsExactly(1L);
  }

  /** Before the approved call itself the targets are read again, which has an intent of its own. */
  @Test
  @Order(1)
  void aDeathWhileTargetsAreReadAgainUsesNothingUp() {
    var asked = granted();
    long before = effects();
    estate.server().failAt("after-intent");
    awaitDeath(begin(estate.server(), asked));
    estate.server().restart();
    assertThat(asked.state()).isEqualTo("granted");
    assertThat(effects()).isEqualTo(before);
    assertThat(resume(asked).outcome()).isEqualTo("succeeded");
    assertThat(effects()).isEqualTo(before + 1);
  }

  @Test
  @Order(2)
  void twoReplicasUseOneApprovalOnce() {
    try (var second = Replica.of(estate.server(), "approvals-second", optionsOfSecond())) {
      var asked = granted();
      long before = effects();
      var told =
          Stream.of(estate.server(), second, second, estate.server())
              .map(server -> begin(server, asked))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .map(Agent.Result::outcome)
              .toList();
      assertThat(told).contains("succeeded").isSubsetOf("succeeded", "joined");
      assertThat(effects()).isEqualTo(before + 1);
      assertThat(Leaves.outcomesOfIntents(asked.trail()).values()).containsExactly(1L);
      for (var server : List.of(estate.server(), second)) {
        assertThat(begin(server, asked).join().outcome()).isEqualTo("succeeded");
      }
      assertThat(effects()).isEqualTo(before + 1);
    }
  }

  @Test
  @Order(3)
  void anApprovalIsNotUsedWithoutTheDatabase() {
    var asked = granted();
    long before = effects();
    var database = new Postmaster(estate.server().data().resolve("postgres/cluster"));
    database.crash();
    try {
      var told = resume(asked);
      assertThat(told.outcome()).isEqualTo("refused");
      assertThat(told.reason()).isEqualTo("evidence-unavailable");
      assertThat(told.words()).doesNotContainIgnoringCase("sql").doesNotContain("Exception");
      var card = people.approver().card(Estate.HARBOR, asked.handle());
      assertThat(card.status()).isEqualTo(503);
      assertThat(card.text()).doesNotContain("Exception").doesNotContain("postgres");
      assertThat(effects()).isEqualTo(before);
    } finally {
      database.start();
    }
    Eventually.holds("it is ready again", BACK, () -> estate.server().isReady());
    assertThat(resume(asked).outcome()).isEqualTo("succeeded");
    assertThat(effects()).isEqualTo(before + 1);
  }

  @Test
  @Order(4)
  void anApproverOfAnotherClientFindsNothing() {
    var asked = ask();
    assertThat(people.approver().read("/v1/approvals").text()).contains(asked.handle());
    var stranger = people.stranger();
    assertThat(stranger.read("/v1/me").status()).isEqualTo(200);
    var inbox = stranger.read("/v1/approvals");
    assertThat(inbox.status()).isEqualTo(200);
    assertThat(inbox.object().items("approvals")).isEmpty();
    for (var tenant : List.of(Estate.HARBOR, Estate.NORTHWIND)) {
      assertThat(stranger.card(tenant, asked.handle()).status()).isEqualTo(404);
    }
    for (var path : List.of("/v1/trail?tenant=" + Estate.HARBOR, "/v1/evidence/" + Estate.HARBOR)) {
      assertThat(stranger.read(path).status()).as(path).isIn(403, 404);
    }
    var challenge = people.approver().challenge(Estate.HARBOR, asked.handle()).orElseThrow();
    var given = stranger.give(Estate.HARBOR, asked.handle(), stranger.sign(challenge));
    assertThat(given.status()).isEqualTo(404);
    assertThat(given.text()).doesNotContain("domain-controller").doesNotContain(asked.task());
    assertThat(asked.state()).isEqualTo("open");
  }

  @Test
  @Order(5)
  void aSignatureOfAnotherCardOrPersonDoesNotCount() {
    var asked = ask();
    var other = ask();
    var approver = people.approver();
    var foreign = approver.challenge(Estate.HARBOR, other.handle()).orElseThrow();
    assertThat(approver.give(Estate.HARBOR, asked.handle(), approver.sign(foreign)).status())
        .isEqualTo(409);
    var own = approver.challenge(Estate.HARBOR, asked.handle()).orElseThrow();
    assertThat(approver.give(Estate.HARBOR, asked.handle(), people.technician().sign(own)).status())
        .isEqualTo(409);
    assertThat(asked.state()).isEqualTo("open");
    assertThat(resume(asked).outcome()).isNotEqualTo("succeeded");
  }

  /** Rows that are written by hand order things; only people's signatures release. */
  @Test
  @Order(6)
  void rowsThatAnAdministratorWritesReleaseNothing() {
    var intruder = new Intruder(estate.server());
    long before = effects();
    var unanswered = ask();
    intruder.declareGranted(unanswered.handle());
    assertStale(unanswered);

    var copied = ask();
    intruder.copyAnswers(DEATHS.getFirst().asked().handle(), copied.handle());
    intruder.declareGranted(copied.handle());
    assertStale(copied);

    var half = ask();
    people.approver().grant(Estate.HARBOR, half.handle());
    intruder.declareGranted(half.handle());
    assertStale(half);
    assertThat(effects()).isEqualTo(before);
  }

  @Test
  @Order(7)
  void aUsedApprovalThatAnAdministratorDeclaresGrantedIsNotUsedAgain() {
    var asked = granted();
    assertThat(resume(asked).outcome()).isEqualTo("succeeded");
    long before = effects();
    new Intruder(estate.server()).declareGranted(asked.handle());
    assertThat(resume(asked).outcome()).isIn("succeeded", "joined");
    assertThat(effects()).isEqualTo(before);
    new Intruder(estate.server()).hideUse(asked.handle());
    assertThat(resume(asked).outcome()).isNotEqualTo("succeeded");
    assertThat(effects()).isEqualTo(before);
    assertThat(Leaves.outcomesOfIntents(asked.trail()).values()).containsExactly(1L);
  }

  /** Nor does the person's own key where no server sealed the row; what the server took does. */
  @Test
  @Order(8)
  void aKeyThatAnAdministratorGivesToAnotherPersonSignsNothing() {
    var intruder = new Intruder(estate.server());
    long before = effects();
    var technician = people.technician();
    var stranger = people.stranger();
    intruder.giveKey(stranger.keyId(), stranger.id(), technician.id());
    assertStale(writtenByHand(intruder, stranger));
    assertThat(effects()).isEqualTo(before);

    assertStale(writtenByHand(intruder, technician));
    assertThat(effects()).isEqualTo(before);

    assertThat(resume(granted()).outcome()).isEqualTo("succeeded");
    assertThat(effects()).isEqualTo(before + 1);
  }

  /** The approver grants; somebody signs for the technician, and the rows are written by hand. */
  private static Asked writtenByHand(Intruder intruder, Person signer) {
    var asked = ask();
    people.approver().grant(Estate.HARBOR, asked.handle());
    var technician = people.technician();
    var challenge = technician.challenge(Estate.HARBOR, asked.handle()).orElseThrow();
    intruder.writeAnswer(asked.handle(), technician.id(), signer.sign(challenge));
    intruder.declareGranted(asked.handle());
    return asked;
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void anApprovalIsUsedUpByADeathWhileItIsUsed() {
    Eventually.holds(
        "recovery is over",
        Estate.SEND_WITHIN.plus(Estate.SKEW).plusSeconds(20),
        () -> DEATHS.stream().allMatch(death -> outcome(death).isPresent()));
    long before = effects();
    for (var death : DEATHS) {
      assertThat(outcome(death)).as(death.place()).contains("unknown");
      assertThat(death.asked().state()).as(death.place()).isEqualTo("consumed");
      assertThat(Leaves.outcomesOfIntents(death.asked().trail()).values()).containsExactly(1L);
      assertThat(death.effects())
          .as(death.place())
          .isEqualTo(death.place().equals("after-send") ? 1 : 0);
      for (int again = 0; again < 2; again++) {
        assertThat(resume(death.asked()).outcome()).as(death.place()).isEqualTo("unknown");
      }
    }
    assertThat(effects()).isEqualTo(before);
    assertThat(estate.verify(Estate.HARBOR).isVerified()).isTrue();
  }

  private static Optional<String> outcome(Death death) {
    return Leaves.outcome(death.asked().trail());
  }

  private static void assertStale(Asked asked) {
    var told = resume(asked);
    assertThat(told.outcome()).isEqualTo("refused");
    assertThat(told.reason()).isEqualTo("approval-stale");
    assertThat(Leaves.outcomesOfIntents(asked.trail())).isEmpty();
  }

  private static Asked ask() {
    var agent = estate.agent(Estate.CHANGE);
    var ticket = estate.lab().ticket(1, DEVICE);
    var task = agent.open("restart-service", ticket, Calls.device(DEVICE));
    var told = agent.call(Calls.RESTART, Calls.restart(task, DEVICE));
    var handle =
        told.result().object("_meta").flatMap(meta -> meta.text("dev.remit/handle")).orElse("");
    assertThat(handle).as(told.toString()).isNotEmpty();
    return new Asked(task, handle);
  }

  private static Asked granted() {
    var asked = ask();
    assertThat(people.technician().grant(Estate.HARBOR, asked.handle())).isEqualTo("open");
    assertThat(people.approver().grant(Estate.HARBOR, asked.handle())).isEqualTo("granted");
    return asked;
  }

  private static Agent.Result resume(Asked asked) {
    return resume(estate.server(), asked);
  }

  private static Agent.Result resume(Server server, Asked asked) {
    return estate
        .agent(Estate.CHANGE)
        .callOn(server, "remit_continue", Value.object("handle", asked.handle()));
  }

  private static CompletableFuture<Agent.Result> begin(Server server, Asked asked) {
    return CompletableFuture.supplyAsync(
        () -> resume(server, asked), Executors.newVirtualThreadPerTaskExecutor());
  }

  private static void killAndRestart() {
    estate.server().process().kill();
    estate.server().restart();
  }

  private static long effects() {
    return estate.lab().effects(DEVICE);
  }

  /** People find both replicas under one site, and keys are bound to that. */
  private static List<String> optionsOfSecond() {
    try {
      var config =
          Json.parseObject(Files.readAllBytes(Estate.CONFIG))
              .with("people", Value.object("url", estate.server().site()));
      var file = Home.TARGET.resolve("second.json");
      Files.writeString(file, Json.text(config));
      var lab = estate.lab().file().toString();
      return List.of(
          "--workspace", Estate.WORKSPACE.toString(), "--config", file.toString(), "--lab", lab);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
