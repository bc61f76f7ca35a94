package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens with something wrong in them, made by the issuer itself. */
class TokensTest {

  private static final Estate ESTATE = Estate.shared();
  private static final int DEVICE = 1001;

  private final Agent agent = ESTATE.agent(Estate.CHANGE);

  private Agent.Result call(String token) {
    return agent.rpc(
        ESTATE.server(),
        token,
        "tools/call",
        Value.object("name", Calls.RESTART, "arguments", Calls.restart("any-task", DEVICE)));
  }

  private static int entries() {
    return ESTATE.server().trail(Estate.HARBOR).size();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expired",
        "not-yet-valid",
        "no-expiry",
        "no-subject",
        "no-audience",
        "other-audience",
        "other-issuer",
        "other-typ",
        "other-kid",
        "other-key",
        "broken-signature",
        "alg-none",
        "hs256-public-key"
      })
  void aFaultyTokenIsRefusedAndNothingIsExecuted(String fault) {
    var token = ESTATE.lab().faultyToken(Estate.CHANGE, fault);
    long effects = ESTATE.lab().effects(DEVICE);
    int entries = entries();
    assertThat(call(token).status()).isEqualTo(401);
    assertThat(ESTATE.lab().effects(DEVICE)).isEqualTo(effects);
    assertThat(entries()).isEqualTo(entries);
  }

  @Test
  void theSameTokenWithoutAFaultIsTaken() {
    var told = call(ESTATE.lab().faultyToken(Estate.CHANGE, "none"));
    assertThat(told.status()).isEqualTo(200);
    assertThat(told.reason()).isEqualTo("no-task");
  }

  @Test
  void noTokenIsNobody() {
    assertThat(call("").status()).isEqualTo(401);
    assertThat(call("x".repeat(9_000)).status()).isEqualTo(401);
  }

  @Test
  void aWorkloadsTokenOpensNothingForPeople() {
    var answer = Http.get(ESTATE.server().peopleUrl() + "/v1/leases", agent.token());
    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void theOperatorsTokenOpensNothingForMachines() {
    assertThat(call(ESTATE.server().operator()).status()).isEqualTo(401);
  }
}
