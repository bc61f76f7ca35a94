package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.PersonKey;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One's own keys over the wire, and the one-time code for a first one. */
class KeyWireTest {

  private static final Value.Obj GOOD =
      Value.object("clientDataJson", "e30", "attestationObject", "good");

  private final Rig rig = new Rig();

  @AfterEach
  void stop() {
    rig.close();
  }

  private static String challenge(Browser browser) {
    return browser.post("/v1/keys/options", Value.Obj.EMPTY).json().text("challenge").orElseThrow();
  }

  private static Value.Obj key(String challenge) {
    return Value.object("label", "blue key", "challenge", challenge, "attestation", GOOD);
  }

  private String code() {
    var file = rig.desk.firstKeyFile;
    return file == null ? "none" : file.lines().toList().getLast();
  }

  @Test
  void optionsAskForAVerifiedUserAtOurSite() {
    var options = rig.browser(Team.APPROVER).post("/v1/keys/options", Value.Obj.EMPTY).json();
    assertThat(options.object("rp").orElseThrow().text("id")).contains("localhost");
    assertThat(options.object("authenticatorSelection").orElseThrow().text("userVerification"))
        .contains("required");
    assertThat(options.items("pubKeyCredParams"))
        .extracting(item -> ((Value.Obj) item).integer("alg").orElseThrow())
        .containsExactly(-7L, -8L, -257L);
    assertThat(options.object("user").orElseThrow().text("id").orElseThrow())
        .doesNotContain("ann")
        .hasSize(43);
  }

  @Test
  void aKeyThatHoldsWaitsForSomebodyElse() {
    var browser = rig.browser(Team.APPROVER);
    String challenge = challenge(browser);
    var reply = browser.post("/v1/keys", key(challenge));
    assertThat(reply.status()).as(reply.body()).isEqualTo(202);
    assertThat(reply.json().text("waitsFor")).contains("key-proposal");
    assertThat(rig.desk.keys.challenges.getFirst())
        .isEqualTo(Base64.getUrlDecoder().decode(challenge));
  }

  @Test
  void aChallengeIsOfOneSessionAndFiveMinutes() {
    var browser = rig.browser(Team.APPROVER);
    String challenge = challenge(browser);
    var other = rig.browser(Team.APPROVER);
    assertThat(other.post("/v1/keys", key(challenge)).status()).isEqualTo(409);
    assertThat(browser.post("/v1/keys", key("A".repeat(75))).status()).isEqualTo(409);
    assertThat(browser.post("/v1/keys", key("!")).status()).isEqualTo(409);
    assertThat(browser.post("/v1/keys", key(changed(challenge, 0))).status()).isEqualTo(409);
    assertThat(browser.post("/v1/keys", key(changed(challenge, 25))).status()).isEqualTo(409);
    rig.clock.pass(Duration.ofMinutes(5));
    assertThat(browser.post("/v1/keys", key(challenge)).status()).isEqualTo(409);
    assertThat(rig.desk.keys.challenges).isEmpty();
  }

  private static String changed(String challenge, int at) {
    char other = challenge.charAt(at) == 'A' ? 'B' : 'A';
    return challenge.substring(0, at) + other + challenge.substring(at + 1);
  }

  @Test
  void aKeyThatDoesNotHoldIsRefusedInWords() {
    var browser = rig.browser(Team.APPROVER);
    var bad =
        key(challenge(browser))
            .with("attestation", GOOD.with("attestationObject", Value.of("bad")));
    var reply = browser.post("/v1/keys", bad);
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.json().text("detail")).contains("the key is not for this site");
  }

  @Test
  void theFirstKeyWantsTheCodeThatLiesOnTheMachine() {
    assertThat(rig.people("POST", "/v1/first-key", "{}").json().text("file")).contains("first-key");
    var browser = rig.browser(Team.ADMINISTRATOR);
    var body = key(challenge(browser)).with("code", Value.of(code()));
    var reply = browser.post("/v1/keys/first", body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    assertThat(rig.desk.keys.stored)
        .extracting(PersonKey::person)
        .containsExactly(Team.ADMINISTRATOR.id());
    assertThat(rig.desk.firstKeyFile).isNull();
    assertThat(rig.people("POST", "/v1/first-key", "{}").status()).isEqualTo(409);
  }

  @Test
  void aCodeIsTakenOnceAndAWrongGuessEndsIt() {
    rig.people("POST", "/v1/first-key", "{}");
    String code = code();
    var browser = rig.browser(Team.ADMINISTRATOR);
    var wrong = key(challenge(browser)).with("code", Value.of("A".repeat(43)));
    assertThat(browser.post("/v1/keys/first", wrong).status()).isEqualTo(403);
    var right = key(challenge(browser)).with("code", Value.of(code));
    assertThat(browser.post("/v1/keys/first", right).status()).isEqualTo(403);
    assertThat(rig.desk.firstKeyFile).isNull();
    assertThat(rig.desk.keys.stored).isEmpty();
  }

  @Test
  void aCodeEndsAfterTenMinutes() {
    rig.people("POST", "/v1/first-key", "{}");
    var browser = rig.browser(Team.ADMINISTRATOR);
    rig.clock.pass(Duration.ofMinutes(10));
    var body = key(challenge(browser)).with("code", Value.of(code()));
    assertThat(browser.post("/v1/keys/first", body).status()).isEqualTo(403);
    assertThat(rig.desk.keys.stored).isEmpty();
  }

  @Test
  void aCodeForTheMspIsNoneForAClientAndTheReverse() {
    rig.people("POST", "/v1/first-key", "{}");
    var client = rig.browser(Team.HARBOR_APPROVER);
    var body = key(challenge(client)).with("code", Value.of(code()));
    assertThat(client.post("/v1/keys/first", body).status()).isEqualTo(403);
    rig.people("POST", "/v1/first-key", "{\"tenant\":\"harbor-dental\"}");
    var msp = rig.browser(Team.ADMINISTRATOR);
    var other = key(challenge(msp)).with("code", Value.of(code()));
    assertThat(msp.post("/v1/keys/first", other).status()).isEqualTo(403);
    rig.people("POST", "/v1/first-key", "{\"tenant\":\"harbor-dental\"}");
    var summit = rig.browser(Team.SUMMIT_APPROVER);
    var third = key(challenge(summit)).with("code", Value.of(code()));
    assertThat(summit.post("/v1/keys/first", third).status()).isEqualTo(403);
    assertThat(rig.desk.keys.stored).isEmpty();
  }

  @Test
  void onlyTheOwnerOfTheMachineOpensACode() {
    var browser = rig.browser(Team.ADMINISTRATOR);
    assertThat(browser.post("/v1/first-key", Value.Obj.EMPTY).status()).isEqualTo(401);
    assertThat(
            browser
                .send("POST", "/v1/first-key", "{}", Map.of("Authorization", "Bearer agent-one"))
                .status())
        .isEqualTo(401);
    assertThat(rig.people("GET", "/v1/first-key", "").status()).isEqualTo(405);
    assertThat(rig.people("POST", "/v1/first-key", "{\"tenant\":\"no-such\"}").status())
        .isEqualTo(404);
    assertThat(rig.desk.firstKeyFile).isNull();
  }

  @Test
  void theAnswerNeverHoldsTheCode() {
    var reply = rig.people("POST", "/v1/first-key", "{}");
    assertThat(reply.body()).doesNotContain(code());
  }

  @Test
  void nobodyRemovesAnothersKey() {
    rig.people("POST", "/v1/first-key", "{}");
    var browser = rig.browser(Team.ADMINISTRATOR);
    browser.post("/v1/keys/first", key(challenge(browser)).with("code", Value.of(code())));
    var remove = Value.object("credentialId", "cred-1");
    assertThat(rig.browser(Team.APPROVER).post("/v1/keys/remove", remove).status()).isEqualTo(404);
    assertThat(rig.people("POST", "/v1/keys/remove", "{}").status()).isEqualTo(403);
    assertThat(browser.get("/v1/keys").json().items("keys")).hasSize(1);
    assertThat(browser.post("/v1/keys/remove", remove).status()).isEqualTo(200);
    assertThat(browser.get("/v1/keys").json().items("keys")).isEmpty();
  }

  @Test
  void noTokenRegistersAKey() {
    for (var path : new String[] {"/v1/keys", "/v1/keys/first", "/v1/keys/options"}) {
      assertThat(rig.people("POST", path, "{}").status()).as(path).isEqualTo(403);
    }
  }
}
