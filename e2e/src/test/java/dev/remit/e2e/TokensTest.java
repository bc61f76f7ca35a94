package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import java.util.Set;
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

  /** What the server enters by itself, whoever calls meanwhile: a look of ours, too, is entered. */
  private static final Set<String> OF_THE_SERVER = Set.of("read", "policy-in-force");

  private static long entries() {
    return ESTATE.server().trail(Estate.HARBOR).stream()
        .filter(leaf -> !OF_THE_SERVER.contains(leaf.text("kind").orElseThrow()))
        .count();
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
    long entries = entries();
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

  /** The enforcement point of {@code examples/msp/remit.yaml}. */
  private static final String GATEWAY = "client-gateway";

  private static Http.Answer access(String token, String path, Value.Obj body) {
    return Http.post(ESTATE.server().machines() + path, token, body);
  }

  private static Value.Obj mayRead(int device) {
    return Value.object(
        "subject",
        Value.object("type", "agent", "id", "service-desk/harbor-dental/production/change"),
        "action",
        Value.object("name", "rmm_list_services"),
        "resource",
        Value.object("type", "device", "id", Calls.device(device)));
  }

  private static Object decision(Http.Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    return answer.object().get("decision").orElseThrow();
  }

  @Test
  void aRegisteredEnforcementPointIsAdvisedOnWhatTheInventoryKnowsAndNothingIsDone() {
    var token = ESTATE.lab().faultyToken(GATEWAY, "none");
    long entries = entries();
    var evaluation = "/access/v1/evaluation";
    assertThat(decision(access(token, evaluation, mayRead(DEVICE)))).isEqualTo(Value.of(true));
    var foreign = access(token, evaluation, mayRead(2001));
    var unknown = access(token, evaluation, mayRead(99_999));
    assertThat(decision(foreign)).isEqualTo(Value.of(false));
    assertThat(foreign.body()).isEqualTo(unknown.body());
    var found = access(token, "/access/v1/search/resource", mayRead(DEVICE)).object();
    assertThat(found.items("results"))
        .contains(Value.object("type", "device", "id", Calls.device(DEVICE)))
        .doesNotContain(Value.object("type", "device", "id", Calls.device(2001)));
    assertThat(entries()).isEqualTo(entries);
  }

  @Test
  void whoeverIsNoEnforcementPointOfTheTenantIsToldNothing() {
    var path = "/tenants/harbor-dental/access/v1/evaluation";
    var stranger = ESTATE.lab().faultyToken("some-gateway", "none");
    assertThat(access(stranger, path, mayRead(DEVICE)).status()).isEqualTo(401);
    assertThat(access("", path, mayRead(DEVICE)).status()).isEqualTo(401);
    assertThat(access(agent.token(), path, mayRead(DEVICE)).status()).isEqualTo(403);
    var gateway = ESTATE.lab().faultyToken(GATEWAY, "none");
    var other = "/tenants/northwind-legal/access/v1/evaluation";
    assertThat(access(gateway, other, mayRead(2001)).status()).isEqualTo(403);
    assertThat(call(gateway).status()).isEqualTo(403);
  }
}
