package dev.remit.evidence.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.value.InvalidValueException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconciliationTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String RULES =
      """
      {"connectors": ["rmm"], "principals": ["17", "svc-remit*"], "windowSeconds": 60,
       "tools": {"rmm_restart_service": ["SCRIPTING"], "rmm_reboot": ["SYSTEM", "SCRIPTING"]},
       "from": "2026-03-01T00:00:00Z", "until": "2026-03-02T00:00:00Z"}\
      """;

  private final List<Receipted> calls = new ArrayList<>();
  private final List<Act> acts = new ArrayList<>();

  private Receipted call(String name, int minute, String tool, String target) {
    Instant at = NOON.plusSeconds(60L * minute);
    return new Receipted(
        name,
        at,
        at.plusSeconds(20),
        "rmm",
        tool,
        "agent-1",
        Set.of(target),
        Optional.empty(),
        false,
        true,
        Set.of());
  }

  private static Receipted with(Receipted call, boolean isRead, boolean isDone, String principal) {
    return new Receipted(
        call.call(),
        call.from(),
        call.until(),
        call.connector(),
        call.tool(),
        call.agent(),
        call.targets(),
        principal.isEmpty() ? Optional.empty() : Optional.of(principal),
        isRead,
        isDone,
        call.references());
  }

  private void act(String id, int second, String principal, String target, String kind) {
    acts.add(
        new Act(
            id,
            NOON.plusSeconds(second),
            principal.isEmpty() ? Set.of() : Set.of(principal),
            Set.of(target),
            kind,
            ""));
  }

  private Reconciliation run() {
    return run(RULES);
  }

  private Reconciliation run(String rules) {
    var pack = new Receipted.OfPack(calls, NOON.minusSeconds(3600), NOON.plusSeconds(7200));
    return Reconciliation.of(pack, new VendorLog(acts), Rules.parse(rules));
  }

  private static String act(Reconciliation result, String call) {
    Act act = result.pairs().get(call);
    return act == null ? "none" : act.id();
  }

  private static List<String> around(Reconciliation result) {
    return result.around().stream().map(Act::id).toList();
  }

  private static List<String> unanswered(Reconciliation result) {
    return result.unanswered().stream().map(Reconciliation.Unanswered::call).toList();
  }

  @Test
  void everyActWithItsReceiptIsClean() {
    calls.add(call("a", 0, "rmm_restart_service", "42"));
    calls.add(call("b", 10, "rmm_reboot", "43"));
    act("1", 5, "17", "42", "SCRIPTING");
    act("2", 605, "17", "43", "SYSTEM");

    var result = run();

    assertThat(result.isClean()).isTrue();
    assertThat(result.pairs()).hasSize(2);
    assertThat(act(result, "b")).isEqualTo("2");
  }

  @Test
  void aChangeMadeAroundRemitIsFound() {
    calls.add(call("a", 0, "rmm_restart_service", "42"));
    act("1", 5, "17", "42", "SCRIPTING");
    act("2", 900, "17", "42", "SCRIPTING");
    act("3", 10, "17", "99", "SCRIPTING");

    var result = run();

    assertThat(around(result)).containsExactly("3", "2");
    assertThat(result.lines().getFirst())
        .isEqualTo("2 acts without a receipt, 0 receipts without an act");
  }

  @Test
  void aSecondActUnderCoverOfOneReceiptIsFound() {
    calls.add(call("a", 0, "rmm_restart_service", "42"));
    act("1", 5, "17", "42", "SCRIPTING");
    act("2", 6, "17", "42", "SCRIPTING");

    assertThat(around(run())).containsExactly("2");
  }

  private static Receipted named(Receipted call, String reference) {
    return new Receipted(
        call.call(),
        call.from(),
        call.until(),
        call.connector(),
        call.tool(),
        call.agent(),
        call.targets(),
        call.principal(),
        call.isRead(),
        call.isDone(),
        Set.of(reference));
  }

  private void namedAct(String id, int second, String target, String kind, String reference) {
    acts.add(
        new Act(
            id,
            NOON.plusSeconds(second),
            Set.of("17"),
            Set.of(target),
            kind,
            "",
            Set.of(reference)));
  }

  @Test
  void whatTheVendorReportsLateIsThatOfTheCallWhoseNameItBears() {
    calls.add(named(call("a", 0, "rmm_restart_service", "42"), "job-7"));
    namedAct("1", 3000, "42", "SCRIPTING", "job-7");

    var result = run();

    assertThat(result.isClean()).isTrue();
    assertThat(act(result, "a")).isEqualTo("1");
  }

  @Test
  void anActAroundRemitIsNotCoveredByTheReceiptOfOneThatIsNamed() {
    calls.add(named(call("a", 0, "rmm_restart_service", "42"), "job-7"));
    namedAct("around", 4, "42", "SCRIPTING", "job-6");
    namedAct("ours", 5, "42", "SCRIPTING", "job-7");
    namedAct("again", 6, "42", "SCRIPTING", "job-7");

    assertThat(around(run())).containsExactly("around", "again");
  }

  @Test
  void aNameThatIsBorrowedCoversNoOtherDeviceAndNoOtherKind() {
    calls.add(named(call("a", 0, "rmm_restart_service", "42"), "job-7"));
    namedAct("device", 4, "43", "SCRIPTING", "job-7");
    namedAct("kind", 5, "42", "REMOTE_TOOLS", "job-7");

    assertThat(around(run())).containsExactly("device", "kind");
  }

  @Test
  void anActOfAnotherKindThanTheToolMakesIsFound() {
    calls.add(call("a", 0, "rmm_restart_service", "42"));
    act("1", 5, "17", "42", "REMOTE_TOOLS");

    var result = run();

    assertThat(around(result)).containsExactly("1");
    assertThat(unanswered(result)).containsExactly("a");
  }

  @Test
  void aReceiptWithoutAnActIsFoundOnlyWhereSomethingShouldHaveBeenDone() {
    calls.add(call("done", 0, "rmm_reboot", "42"));
    calls.add(with(call("read", 1, "rmm_list", "42"), true, true, ""));
    calls.add(with(call("unknown", 2, "rmm_reboot", "42"), false, false, ""));

    assertThat(unanswered(run())).containsExactly("done");
    assertThat(
            unanswered(
                run(RULES.replace("\"windowSeconds\"", "\"reads\": true, \"windowSeconds\""))))
        .containsExactly("done", "read");
  }

  @Test
  void aReceiptOfAReadCoversNoChange() {
    calls.add(with(call("read", 0, "rmm_get_device", "42"), true, true, ""));
    calls.add(with(call("leased", 9, "rmm_get_device", "43"), true, true, "remit_a"));
    act("1", 5, "17", "42", "SYSTEM");
    act("2", 545, "remit_a", "43", "SYSTEM");

    assertThat(around(run())).containsExactly("1", "2");
    assertThat(
            run(RULES.replace("\"windowSeconds\"", "\"reads\": true, \"windowSeconds\"")).pairs())
        .containsOnlyKeys("read", "leased");
  }

  @Test
  void anActMayAnswerACallWhoseOutcomeIsUnknown() {
    calls.add(with(call("unknown", 0, "rmm_reboot", "42"), false, false, ""));
    act("1", 5, "17", "42", "SYSTEM");

    assertThat(run().isClean()).isTrue();
  }

  @Test
  void aPrincipalMadeForOneCallAnswersForNoOther() {
    calls.add(with(call("a", 0, "rmm_reboot", "42"), false, true, "remit_a"));
    calls.add(call("b", 0, "rmm_reboot", "42"));
    act("1", 5, "remit_a", "42", "SYSTEM");
    act("2", 6, "remit_a", "42", "SYSTEM");

    var result = run();

    assertThat(result.pairs().keySet()).containsExactly("a");
    assertThat(around(result)).containsExactly("2");
    assertThat(unanswered(result)).containsExactly("b");
  }

  @Test
  void actsOfOthersAndOfTheSystemAreCountedAndNotJudged() {
    act("1", 5, "99", "42", "SCRIPTING");
    act("2", 5, "", "42", "SYSTEM");

    var result = run();

    assertThat(result.isClean()).isTrue();
    assertThat(result.notJudged())
        .anyMatch(line -> line.startsWith("1 acts that the log gives no principal"))
        .anyMatch(line -> line.startsWith("1 acts of principals that the rules do not give"));
  }

  @Test
  void principalsAreNamedWithStarsAndInAnyCase() {
    act("1", 5, "SVC-Remit-rmm@msp.example", "42", "SCRIPTING");
    act("2", 5, "other-svc-remit", "42", "SCRIPTING");

    assertThat(around(run())).containsExactly("1");
  }

  @Test
  void theWindowIsABoundAndPairsAreMadeInTime() {
    calls.add(call("early", 0, "rmm_reboot", "42"));
    calls.add(call("late", 2, "rmm_reboot", "42"));
    act("1", 79, "17", "42", "SYSTEM");
    act("2", 200, "17", "42", "SYSTEM");
    act("3", 201, "17", "42", "SYSTEM");

    var result = run();

    assertThat(act(result, "early")).isEqualTo("1");
    assertThat(act(result, "late")).isEqualTo("2");
    assertThat(around(result)).containsExactly("3");
  }

  @Test
  void whatLiesOutsideThePackOrTheLogIsSaidAndNotJudged() {
    calls.add(call("a", 0, "rmm_reboot", "42"));
    act("1", 8000, "17", "42", "SYSTEM");
    act("2", -4000, "17", "42", "SYSTEM");
    String short_ = RULES.replace("2026-03-01T00:00:00Z", "2026-03-01T12:30:00Z");

    var result = run(short_);

    assertThat(result.isClean()).isTrue();
    assertThat(result.notJudged())
        .anyMatch(line -> line.startsWith("2 acts of the MSP's principals outside"))
        .anyMatch(line -> line.startsWith("1 receipts outside the time of the log"));
  }

  @Test
  void receiptsOfOtherConnectorsDoNotAnswer() {
    var other = call("a", 0, "rmm_restart_service", "42");
    calls.add(
        new Receipted(
            "a",
            other.from(),
            other.until(),
            "entra",
            other.tool(),
            "x",
            Set.of("42"),
            Optional.empty(),
            false,
            true,
            Set.of()));
    act("1", 5, "17", "42", "SCRIPTING");

    var result = run();

    assertThat(around(result)).containsExactly("1");
    assertThat(unanswered(result)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"principals\": []}",
        "{\"principals\": \"17\"}",
        "{\"principals\": [17]}",
        "{\"principals\": [\"\"]}",
        "{\"principals\": [\"17\"], \"window\": 3}",
        "{\"principals\": [\"17\"], \"windowSeconds\": 90000}",
        "{\"principals\": [\"17\"], \"windowSeconds\": -1}",
        "{\"principals\": [\"17\"], \"from\": \"yesterday\"}",
        "{\"principals\": [\"17\"], \"columns\": {\"time\": 1}}"
      })
  void rulesThatAreNoneAreRefused(String rules) {
    assertThatThrownBy(() -> Rules.parse(rules)).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void aStarIsTheOnlySignWithAMeaning() {
    var rules = Rules.parse("{\"principals\": [\"a.b*c\", \"\\\\Q*\"]}");

    assertThat(rules.isOfMsp(new Act("1", NOON, Set.of("a.b--c"), Set.of(), "", ""))).isTrue();
    assertThat(rules.isOfMsp(new Act("1", NOON, Set.of("a.bc"), Set.of(), "", ""))).isTrue();
    assertThat(rules.isOfMsp(new Act("1", NOON, Set.of("axb-c"), Set.of(), "", ""))).isFalse();
    assertThat(rules.isOfMsp(new Act("1", NOON, Set.of("a.bcd"), Set.of(), "", ""))).isFalse();
    assertThat(rules.isOfMsp(new Act("1", NOON, Set.of("\\Qx"), Set.of(), "", ""))).isTrue();
  }
}
