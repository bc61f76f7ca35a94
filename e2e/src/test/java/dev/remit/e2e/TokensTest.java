package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.net.http.HttpRequest;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens with something wrong in them, made by the issuer itself. */
class TokensTest {

  private static final Estate ESTATE = Estate.shared();
  private static final int DEVICE = 1001;

  private final Agent agent = ESTATE.agent(Estate.CHANGE);

  private static final Value.Obj CALL =
      Value.object("name", Calls.RESTART, "arguments", Calls.restart("any-task", DEVICE));

  private Agent.Result call(String token) {
    return agent.rpc(ESTATE.server(), token, "tools/call", CALL);
  }

  private Agent.Result callAsBearer(String token) {
    return agent.rpcAsBearer(ESTATE.server(), token, "tools/call", CALL);
  }

  private String token(String subject, String fault) {
    return ESTATE.lab().faultyToken(subject, fault, agent.holder());
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
    var token = token(Estate.CHANGE, fault);
    long effects = ESTATE.lab().effects(DEVICE);
    long entries = entries();
    assertThat(call(token).status()).isEqualTo(401);
    assertThat(ESTATE.lab().effects(DEVICE)).isEqualTo(effects);
    assertThat(entries()).isEqualTo(entries);
  }

  @Test
  void theSameTokenWithoutAFaultIsTaken() {
    var told = call(token(Estate.CHANGE, "none"));
    assertThat(told.status()).isEqualTo(200);
    assertThat(told.reason()).isEqualTo("no-task");
  }

  @Test
  void aBoundTokenWithoutItsKeyIsRefused() {
    var good = token(Estate.CHANGE, "none");
    long entries = entries();
    assertThat(callAsBearer(good).status()).isEqualTo(401);
    var thief = new Holder();
    var url = ESTATE.server().machines() + "/mcp";
    var bytes = HttpRequest.BodyPublishers.ofByteArray(Json.bytes(CALL));
    assertThat(thief.post(url, good, () -> Http.request(url, "").POST(bytes)).status())
        .isEqualTo(401);
    assertThat(entries()).isEqualTo(entries);
  }

  private int pingAsBearer(String token) {
    return agent.rpcAsBearer(ESTATE.server(), token, "ping", Value.Obj.EMPTY).status();
  }

  /** {@code bearer: legacy} in {@code examples/msp} is of one agent. */
  @Test
  void thePostureNamesTheOneAgentThatShowsNoKeyAndNoOtherIsTakenWithoutOne() {
    assertThat(ESTATE.server().people("/v1/posture").object().items("unbound"))
        .containsExactly(Value.of(Estate.CLERK.replace('.', '/')));
    var clerk = ESTATE.lab().bearerToken(Estate.CLERK);
    assertThat(pingAsBearer(clerk)).isEqualTo(200);
    assertThat(pingAsBearer(ESTATE.lab().bearerToken(Estate.CHANGE))).isEqualTo(401);
    assertThat(pingAsBearer(ESTATE.lab().bearerToken("dispatcher"))).isEqualTo(401);
    var gateway = ESTATE.lab().bearerToken(GATEWAY);
    var url = ESTATE.server().machines() + "/access/v1/evaluation";
    assertThat(Http.post(url, gateway, mayRead(DEVICE)).status()).isEqualTo(401);
  }

  @Test
  void noTokenIsNobody() {
    assertThat(callAsBearer("").status()).isEqualTo(401);
    assertThat(callAsBearer("x".repeat(9_000)).status()).isEqualTo(401);
    assertThat(call("x".repeat(9_000)).status()).isEqualTo(401);
  }

  @Test
  void aWorkloadsTokenOpensNothingForPeople() {
    var answer = Http.get(ESTATE.server().peopleUrl() + "/v1/leases", agent.token());
    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void theOperatorsTokenOpensNothingForMachines() {
    assertThat(callAsBearer(ESTATE.server().operator()).status()).isEqualTo(401);
    assertThat(call(ESTATE.server().operator()).status()).isEqualTo(401);
  }

  /** The enforcement point of {@code examples/msp/remit.yaml}. */
  private static final String GATEWAY = "client-gateway";

  private Http.Answer access(String token, String path, Value.Obj body) {
    var url = ESTATE.server().machines() + path;
    var bytes = HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body));
    return agent.holder().post(url, token, () -> Http.request(url, "").POST(bytes));
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
    var token = token(GATEWAY, "none");
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
    var stranger = token("some-gateway", "none");
    assertThat(access(stranger, path, mayRead(DEVICE)).status()).isEqualTo(401);
    assertThat(Http.post(ESTATE.server().machines() + path, "", mayRead(DEVICE)).status())
        .isEqualTo(401);
    assertThat(access(agent.token(), path, mayRead(DEVICE)).status()).isEqualTo(403);
    var gateway = token(GATEWAY, "none");
    var other = "/tenants/northwind-legal/access/v1/evaluation";
    assertThat(access(gateway, other, mayRead(2001)).status()).isEqualTo(403);
    assertThat(call(gateway).status()).isEqualTo(403);
  }
}
