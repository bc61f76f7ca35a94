package dev.remit.testkit.flow;

import static dev.remit.testkit.flow.FlowRelease.HARBOR;
import static dev.remit.testkit.flow.FlowRelease.HEALTH;
import static dev.remit.testkit.flow.FlowRelease.NORTHWIND;
import static dev.remit.testkit.flow.FlowRelease.RESTART;
import static dev.remit.testkit.flow.FlowRelease.SCAN;
import static dev.remit.testkit.flow.FlowWorld.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.Entry;
import dev.remit.core.execution.Execution;
import dev.remit.core.flow.CallResult;
import dev.remit.core.flow.CallResult.Answered;
import dev.remit.core.flow.CallResult.Refused;
import dev.remit.core.identity.GradeFamily;
import dev.remit.core.secret.Tries;
import dev.remit.core.target.Reading;
import dev.remit.core.task.Task;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import dev.remit.testkit.FakeConnector;
import dev.remit.testkit.FakeCredential;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is leased just now is found exactly, whatever its form and whoever holds it. */
class LiveSecretsTest {
  private final FlowWorld world = new FlowWorld();

  /** The secret of the lease of the last intent of this tenant. */
  private String secretOf(TenantId tenant) {
    var intent =
        world.ledgers.entries(tenant).stream()
            .filter(entry -> entry.kind() == Entry.Kind.INTENT && entry.task().isPresent())
            .toList()
            .getLast();
    return FakeCredential.secretOf(intent.fields().text("principal").orElseThrow());
  }

  /** A read of the task has happened, so that its lease is live until the task ends. */
  private String leased() {
    assertThat(world.call(HEALTH, OWN)).isInstanceOf(Answered.class);
    return secretOf(HARBOR);
  }

  private static Execution.Done saying(String words) {
    return new Execution.Done(
        Value.object(
            "content",
            List.of(Value.object("type", "text", "text", words)),
            "structuredContent",
            Value.object("status", words)),
        List.of());
  }

  private void assertNowhere(String secret) {
    var kept =
        Stream.of(HARBOR, NORTHWIND)
            .flatMap(tenant -> world.ledgers.entries(tenant).stream())
            .map(entry ->
                new String(CanonicalJson.bytes(entry.fields()), StandardCharsets.UTF_8)
                    + new String(CanonicalJson.bytes(entry.body()), StandardCharsets.UTF_8));
    assertThat(kept).isNotEmpty().noneMatch(text -> text.contains(secret));
  }

  private static void assertRefused(CallResult result, ReasonCode reason) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  @Test
  void hostileCase21TheSecretOfAnotherClientsLeaseIsRefusedLikeOnesOwn() {
    world.open();
    var own = leased();
    world.openForeign();
    var other = world.agent(FlowRelease.DESK, NORTHWIND, GradeFamily.DESTRUCTIVE, "two");
    assertThat(world.call(other, HEALTH, FlowWorld.on(FlowWorld.FOREIGN), Optional.empty()))
        .isInstanceOf(Answered.class);
    var foreign = secretOf(NORTHWIND);
    assertThat(foreign).isNotEqualTo(own);
    var first = world.call(SCAN, own);
    var second = world.call(SCAN, foreign);
    assertRefused(first, ReasonCode.SECRET_IN_ARGUMENTS);
    assertRefused(second, ReasonCode.SECRET_IN_ARGUMENTS);
    var refusals = world.entries(Entry.Kind.REFUSAL);
    assertThat(refusals).hasSize(2);
    assertThat(refusals.getFirst().body()).isEqualTo(refusals.getLast().body());
    assertNowhere(own);
    assertNowhere(foreign);
  }

  @Test
  void aSecretInBase64IsFoundAsWell() {
    world.open();
    var basic =
        Base64.getEncoder().encodeToString(("remit:" + leased()).getBytes(StandardCharsets.UTF_8));
    assertRefused(world.call(SCAN, "Basic " + basic), ReasonCode.SECRET_IN_ARGUMENTS);
    assertThat(world.vendor.sent()).hasSize(1);
  }

  @Test
  void whatIsNoLongerLiveIsJustAText() {
    var task = world.open();
    var secret = leased();
    world.drivers().closeTask(world.desk, task.id(), Task.State.DONE);
    world.open();
    assertRefused(world.call(HEALTH, secret), ReasonCode.TARGET_UNKNOWN);
  }

  @Test
  void anAnswerThatShowsTheLeaseLosesItBeforeAnybodySeesIt() {
    world.open();
    var secret = leased();
    world.vendor.on(RESTART, (request, cut) -> saying("sent with " + secret + " ok"));
    var told = (Answered) world.call(RESTART, OWN);
    assertThat(CanonicalJson.text(told.result()))
        .contains("sent with [removed] ok")
        .doesNotContain(secret);
    assertThat(world.entries(Entry.Kind.OUTCOME).getLast().fields().object("withheld"))
        .hasValueSatisfying(withheld -> assertThat(withheld.integer("secrets")).contains(2L));
    assertNowhere(secret);
  }

  @Test
  void anEffectsOwnLeaseIsWatchedForFromItsFirstMoment() {
    world.open();
    world.vendor.on(RESTART, (request, cut) -> saying(FakeCredential.secretOf(last())));
    var told = (Answered) world.call(RESTART, OWN);
    assertThat(CanonicalJson.text(told.result())).contains("[removed]").doesNotContain("kept-");
    assertThat(last()).isEmpty();
  }

  /** The principal that is there just now; empty when there is none. */
  private String last() {
    return world.vendor.broker().principals().stream().findFirst().orElse("");
  }

  @Test
  void errorsLoseItToo() {
    world.open();
    var secret = leased();
    world.vendor.on(RESTART, (request, cut) -> new Execution.Unknown("lost after " + secret));
    var told = world.call(RESTART, OWN);
    assertThat(told.toString()).doesNotContain(secret);
    world.vendor.on(
        SCAN,
        (request, cut) -> new Execution.Rejected("said " + secret, saying(secret).result(), false));
    assertThat(world.call(SCAN, OWN).toString()).doesNotContain(secret);
    assertNowhere(secret);
  }

  @Test
  void aKeyOfAKnownMakerIsRemovedFromAnAnswer() {
    world.open();
    var key = "gh" + "p_" + "b".repeat(36);
    world.vendor.on(RESTART, (request, cut) -> saying("export TOKEN=" + key));
    var told = (Answered) world.call(RESTART, OWN);
    assertThat(CanonicalJson.text(told.result())).contains("export TOKEN=[removed]");
    assertNowhere(key);
  }

  @Test
  void aRecordIsStoredWithoutIt() {
    world.open();
    var secret = leased();
    world.put(
        new Reading(
            FlowWorld.device(OWN), "1", Value.object("note", "has " + secret), Set.of(), "2"));
    assertThat(world.drivers().refreshInventory(FlowRelease.RMM)).isTrue();
    assertThat(
            world
                .ledgers
                .inventory()
                .resolve(FlowWorld.device(OWN), Duration.ofHours(1), world.clock.instant())
                .toString())
        .contains("has [removed]")
        .doesNotContain(secret);
  }

  @Test
  void whoAsksForATaskByASecretIsRefusedBeforeAnybodyIsAskedForIt() {
    world.open();
    var secret = leased();
    int before = world.ledgers.entries(HARBOR).size();
    world.wish(world.desk, "service", secret, OWN);
    world.wish(world.desk, "service", "501", secret);
    world.wish(world.desk, secret, "501", OWN);
    assertNowhere(secret);
    assertThat(world.ledgers.entries(HARBOR).subList(before, before + 3))
        .allSatisfy(entry -> {
          assertThat(entry.kind()).isEqualTo(Entry.Kind.TASK_REFUSED);
          assertThat(entry.fields().text("reason")).contains("secret-in-arguments");
        });
  }

  @Test
  void whoComesWithSecretsAgainAndAgainIsHeardNoMoreForAWhile() {
    world.open();
    var secret = leased();
    for (int i = 0; i < Tries.AT_MOST; i++) {
      assertRefused(world.call(SCAN, secret), ReasonCode.SECRET_IN_ARGUMENTS);
    }
    assertRefused(world.call(SCAN, secret), ReasonCode.LIMIT_EXCEEDED);
    assertRefused(world.call(HEALTH, OWN), ReasonCode.LIMIT_EXCEEDED);
    assertNowhere(secret);
    world.pass(Duration.ofMinutes(10));
    assertThat(world.call(HEALTH, OWN).toString()).doesNotContain("LIMIT_EXCEEDED");
  }

  @Test
  void aLeaseThatLingersIsWatchedForUntilItIsGone() {
    world.open();
    world.vendor.broker().linger(1);
    world.vendor.on(RESTART, (request, cut) -> FakeConnector.done());
    world.call(RESTART, OWN);
    var secret = secretOf(HARBOR);
    assertRefused(world.call(SCAN, secret), ReasonCode.SECRET_IN_ARGUMENTS);
    world.sweepFor(Duration.ofMinutes(2));
    assertThat(world.vendor.broker().principals()).isEmpty();
    assertThat(world.call(SCAN, secret))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.reason()).isNotEqualTo(ReasonCode.SECRET_IN_ARGUMENTS));
  }
}
