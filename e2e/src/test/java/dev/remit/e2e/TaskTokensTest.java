package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import dev.remit.identity.binding.DpopKey;
import dev.remit.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tokens of tasks from a running server: for whom, for what, and what they say. */
class TaskTokensTest {

  private static final Estate ESTATE = Estate.shared();
  private static final int DEVICE = 1001;
  private static final String DESK = "service-desk/harbor-dental/production/change";
  private static final String HELPER = "device-helper/harbor-dental/production/observe";
  private static final String BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private static final TokenHolder DISPATCHER = new TokenHolder(ESTATE);

  private final TokenHolder desk = new TokenHolder(ESTATE);
  private final TokenHolder helper = new TokenHolder(ESTATE);

  /** A task that the orchestrator opened for an agent, which nobody works on yet. */
  private static String task(String agent, String taskClass, int organisation, int device) {
    var wish =
        Value.object(
            "agent",
            agent,
            "taskClass",
            taskClass,
            "ticket",
            ESTATE.lab().ticket(organisation, device),
            "targets",
            List.of(Calls.device(device)));
    var answer = DISPATCHER.post("/v1/tasks", DISPATCHER.own("dispatcher"), wish);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.object().text("task").orElseThrow();
  }

  private static Value.Obj of(String task) {
    return Value.object("task", task);
  }

  private static String token(Http.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.object().text("access_token").orElseThrow();
  }

  private static void assertError(Http.Answer answer, String error) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.object().text("error")).as(answer.text()).contains(error);
    assertThat(answer.object().get("access_token")).isEmpty();
  }

  private static Value.Obj claims(String token) {
    var payload = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    return Json.parseObject(new String(payload, StandardCharsets.UTF_8));
  }

  /** Who acts, the present one first. */
  private static List<String> actors(String token) {
    var actors = new ArrayList<String>();
    for (var act = claims(token).object("act"); act.isPresent(); ) {
      actors.add(act.get().text("sub").orElseThrow());
      act = act.get().object("act");
    }
    return actors;
  }

  private static Agent.Result look(TokenHolder holder, String token, int device) {
    return holder.call(token, "rmm_get_device", Value.object("device", "" + device));
  }

  // ---- an agent that signs for itself

  private Map<String, String> signed(DpopKey key, String kid, Map<String, Object> changes) {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", TestWorkspace.CLIENT);
    claims.put("sub", TestWorkspace.CLIENT);
    claims.put("aud", helper.issuer());
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", Instant.now().getEpochSecond());
    claims.put("exp", Instant.now().getEpochSecond() + 120);
    claims.putAll(changes);
    var all = new ArrayList<Object>();
    claims.forEach((name, value) -> all.addAll(List.of(name, value)));
    var header = Value.object("alg", "ES256", "kid", kid);
    return Map.of(
        "client_assertion_type",
        BEARER,
        "client_assertion",
        key.signed(header, Value.object(all.toArray())));
  }

  private Map<String, String> signed() {
    return signed(TestWorkspace.SIGNER, "now", Map.of());
  }

  @Test
  void anAgentThatSignsForItselfWorksOnTheTaskThatWasOpenedForIt() {
    var task =
        task("device-helper/northwind-legal/production/observe", "read-device-health", 2, 2001);
    var assertion = signed();
    var token = token(helper.exchange(of(task), assertion));
    assertThat(actors(token)).containsExactly("device-helper/northwind-legal/production/observe");
    assertThat(claims(token).object("cnf").flatMap(cnf -> cnf.text("jkt")))
        .contains(helper.thumbprint());
    assertThat(look(helper, token, 2001).outcome()).isEqualTo("succeeded");
    assertThat(look(helper, token, DEVICE).reason()).isEqualTo("target-not-available");
    assertThat(look(desk, token, 2001).status()).isEqualTo(401);
    assertError(helper.exchange(of(task), assertion), "invalid_client");
    var again = new LinkedHashMap<>(signed());
    again.put("client_id", TestWorkspace.CLIENT);
    token(helper.exchange(of(task), again));
    again.putAll(signed());
    again.put("subject_token", String.valueOf(again.get("client_assertion")));
    again.put("subject_token_type", "urn:ietf:params:oauth:token-type:jwt");
    token(helper.exchange(of(task), again));
  }

  @Test
  void noTokenIsMadeForSomebodyElse() {
    var task =
        task("device-helper/northwind-legal/production/observe", "read-device-health", 2, 2001);
    for (var field : List.of("resource", "audience")) {
      var asked = new LinkedHashMap<>(signed());
      asked.put(field, "https://other.example");
      assertError(helper.exchange(of(task), asked), "invalid_target");
      asked.putAll(signed());
      asked.put(field, helper.issuer());
      token(helper.exchange(of(task), asked));
    }
  }

  @Test
  void aWrongAssertionGetsNothing() {
    var task =
        task("device-helper/northwind-legal/production/observe", "read-device-health", 2, 2001);
    for (var wrong :
        List.of(
            signed(TestWorkspace.OLD, "gone", Map.of()),
            signed(TestWorkspace.OLD, "now", Map.of()),
            signed(TestWorkspace.SIGNER, "gone", Map.of()),
            signed(TestWorkspace.SIGNER, "now", Map.of("aud", "https://other.example")),
            signed(TestWorkspace.SIGNER, "now", Map.of("aud", List.of(helper.issuer()))),
            signed(TestWorkspace.SIGNER, "now", Map.of("iss", "device-helper")),
            signed(
                TestWorkspace.SIGNER, "now", Map.of("exp", Instant.now().getEpochSecond() + 3600)),
            signed(
                TestWorkspace.SIGNER,
                "now",
                Map.of("cnf", Value.object("jkt", desk.thumbprint()))))) {
      var answer = helper.exchange(of(task), wrong);
      assertThat(answer.status()).as(answer.text()).isEqualTo(400);
      assertThat(answer.object().text("error").orElse("")).startsWith("invalid_");
    }
    var both = new LinkedHashMap<>(signed());
    both.putAll(TokenHolder.subject(helper.own(HELPER)));
    assertError(helper.exchange(of(task), both), "invalid_request");
    var other = new LinkedHashMap<>(signed());
    other.put("client_id", "another");
    assertError(helper.exchange(of(task), other), "invalid_client");
    other.putAll(signed());
    other.remove("client_id");
    other.put("client_assertion_type", "jwt");
    assertError(helper.exchange(of(task), other), "invalid_client");
    var asBearer = String.valueOf(signed().get("client_assertion"));
    assertThat(Http.post(helper.issuer() + "/v1/tasks", asBearer, of(task)).status())
        .isEqualTo(401);
  }

  // ---- work that is taken over

  private Http.Answer parent(String task, String mayAct) {
    return desk.of(DESK, of(task).with("mayAct", Value.of(mayAct)));
  }

  private static Value.Obj part() {
    return Value.object(
        "taskClass", "read-device-health", "targets", List.of(Calls.device(DEVICE)));
  }

  @Test
  void workIsTakenOverByTheAgentThatTheTokenNamesAndNarrowsOnly() {
    var task = task(DESK, "restart-service", 1, DEVICE);
    var parent = token(parent(task, HELPER));
    assertThat(claims(parent).object("may_act").flatMap(may -> may.text("sub"))).contains(HELPER);
    var given = helper.exchange(part(), TokenHolder.taken(parent, helper.own(HELPER)));
    var token = token(given);
    assertThat(actors(token)).containsExactly(HELPER, DESK);
    assertThat(claims(token).text("sub")).isEqualTo(claims(parent).text("sub"));
    assertThat(claims(token).object("cnf").flatMap(cnf -> cnf.text("jkt")))
        .contains(helper.thumbprint());
    assertThat(look(helper, token, DEVICE).outcome()).isEqualTo("succeeded");
    assertThat(look(desk, token, DEVICE).status()).isEqualTo(401);

    var own = helper.own(HELPER);
    assertError(
        helper.exchange(
            part().with("targets", Value.texts(List.of(Calls.device(1002)))),
            TokenHolder.taken(parent, own)),
        "invalid_authorization_details");
    assertError(
        helper.exchange(part().with("calls", Value.of(100_000)), TokenHolder.taken(parent, own)),
        "invalid_authorization_details");
    assertError(
        helper.exchange(
            part().with("tools", Value.texts(List.of("rmm_reboot_device"))),
            TokenHolder.taken(parent, own)),
        "invalid_authorization_details");
    assertError(
        helper.exchange(
            part().with("deadline", Value.of("2099-01-01T00:00:00Z")),
            TokenHolder.taken(parent, own)),
        "invalid_authorization_details");
    assertError(
        helper.exchange(
            part().with("taskClass", Value.of("reboot-device")), TokenHolder.taken(parent, own)),
        "invalid_authorization_details");
    assertError(
        helper.exchange(part().with("task", Value.of(task)), TokenHolder.taken(parent, own)),
        "invalid_authorization_details");

    var child = claims(token).items("authorization_details").getFirst();
    var renewed = token(helper.of(HELPER, of(((Value.Obj) child).text("task").orElseThrow())));
    assertThat(actors(renewed)).containsExactly(HELPER, DESK);
    DISPATCHER.post(
        "/v1/tasks/" + task + "/close",
        DISPATCHER.own("dispatcher"),
        Value.object("state", "done"));
    assertThat(look(helper, token, DEVICE).status()).isEqualTo(401);
    assertThat(look(helper, renewed, DEVICE).status()).isEqualTo(401);
    assertError(helper.exchange(part(), TokenHolder.taken(parent, own)), "invalid_request");
  }

  @Test
  void nobodyElseTakesWorkOverByAnothersToken() {
    var task = task(DESK, "restart-service", 1, DEVICE);
    var silent = token(desk.of(DESK, of(task)));
    var named = token(parent(task, HELPER));
    var other = "device-helper/harbor-dental/production/change";
    var theirs = "service-desk/northwind-legal/production/observe";
    assertError(
        helper.exchange(part(), TokenHolder.taken(silent, helper.own(HELPER))), "invalid_request");
    assertError(
        helper.exchange(part(), TokenHolder.taken(named, helper.own(other))), "invalid_request");
    assertError(
        helper.exchange(part(), TokenHolder.taken(named, helper.own(theirs))), "invalid_request");
    assertError(
        helper.exchange(part(), TokenHolder.taken(named, helper.own(DESK))), "invalid_request");
    assertError(
        helper.exchange(part(), TokenHolder.taken(named, helper.own("dispatcher"))),
        "unauthorized_client");
    assertError(helper.exchange(part(), TokenHolder.taken(named, named)), "invalid_request");
    assertError(helper.exchange(part(), TokenHolder.taken(named, silent)), "invalid_request");
    assertError(helper.exchange(part(), TokenHolder.subject(named)), "invalid_request");
    assertError(
        helper.exchange(part(), TokenHolder.taken(named, desk.own(HELPER))), "invalid_dpop_proof");
    assertError(
        helper.exchange(part(), TokenHolder.taken(desk.own(DESK), helper.own(HELPER))),
        "invalid_request");
    assertError(
        helper.exchange(part(), TokenHolder.taken(named, helper.faulty(HELPER, "expired"))),
        "invalid_request");
    assertError(
        helper.exchange(
            part(),
            TokenHolder.taken(named.substring(0, named.length() - 4) + "AAAA", helper.own(HELPER))),
        "invalid_request");

    var forTheirs = token(parent(task, theirs));
    assertError(
        helper.exchange(part(), TokenHolder.taken(forTheirs, helper.own(theirs))),
        "invalid_authorization_details");
    var forItself = token(parent(task, DESK));
    assertError(
        desk.exchange(part(), TokenHolder.taken(forItself, desk.own(DESK))),
        "invalid_authorization_details");
    assertThat(desk.revoke(named).status()).isEqualTo(200);
    assertError(
        helper.exchange(part(), TokenHolder.taken(named, helper.own(HELPER))), "invalid_request");
  }

  // ---- an agent of several clients

  @Test
  void anAgentOfSeveralClientsHasATokenOfOneTaskOfOneClient() {
    var here =
        task("triage-reader/harbor-dental/production/observe", "read-device-health", 1, DEVICE);
    var there =
        task("triage-reader/northwind-legal/production/observe", "read-device-health", 2, 2001);
    var reader = "triage-reader/production/observe";
    var token = token(desk.of(reader, of(here)));
    assertThat(actors(token)).containsExactly("triage-reader/harbor-dental/production/observe");
    var looked = look(desk, token, DEVICE);
    assertThat(looked.outcome()).isEqualTo("succeeded");
    assertThat(looked.words()).isEqualTo("of the client `harbor-dental`:");
    assertThat(looked.result().object("_meta").flatMap(meta -> meta.text("dev.remit/tenant")))
        .contains("harbor-dental");
    assertThat(look(desk, token, 2001).reason()).isEqualTo("target-not-available");
    assertThat(
            desk.call(token, "rmm_get_device", Value.object("device", "2001", "remit_task", there))
                .reason())
        .isEqualTo("no-task");
    assertThat(look(desk, token(desk.of(reader, of(there))), 2001).words())
        .isEqualTo("of the client `northwind-legal`:");
    assertError(helper.of(reader, of(here)), "invalid_authorization_details");
    assertError(desk.of(reader, of("nothing")), "invalid_authorization_details");
    var desks = task(DESK, "restart-service", 1, DEVICE);
    assertError(desk.of(reader, of(desks)), "invalid_authorization_details");
    var handing = token(desk.of(reader, of(here).with("mayAct", Value.of(HELPER))));
    assertError(
        helper.exchange(part(), TokenHolder.taken(handing, helper.own(HELPER))),
        "invalid_authorization_details");
  }
}
