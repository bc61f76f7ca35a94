package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command line is signed in by its person in a browser, and by nothing less. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CliSignInTest {
  private final Rig rig = new Rig();
  private Browser browser = new Browser(rig, "http://localhost");

  @BeforeAll
  void signIn() {
    browser = rig.browser(Team.OPERATOR);
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  private Rig.Reply ask(String method, String path, String body, String token) {
    return new Browser(rig, rig.web.peopleSite().origin())
        .send(method, path, body, Map.of("Authorization", "Bearer " + token));
  }

  private Rig.Reply me(String token) {
    return ask("GET", "/v1/me", "", token);
  }

  private void assertRefused(Rig.Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(401);
    assertThat(reply.body()).doesNotContain("remit_cli_");
    Clean.check(reply.body());
  }

  @Test
  void aPersonAgreesAndTheCommandLineActsForThem() {
    var page = browser.get(Clis.path());
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("staff/otto").contains(Clis.REDIRECT);
    assertThat(page.header("Content-Security-Policy"))
        .contains("form-action 'self' http://127.0.0.1:49152;")
        .contains("frame-ancestors 'none'");
    var agreed = Clis.agree(browser);
    assertThat(agreed.status()).isEqualTo(303);
    assertThat(agreed.header("Location"))
        .startsWith(Clis.REDIRECT + "?code=")
        .endsWith("&state=" + Clis.STATE);
    var token = Clis.redeem(rig, Clis.code(agreed), Clis.VERIFIER, Clis.REDIRECT).json();
    assertThat(token.text("person")).contains("staff/otto");
    var me = me(token.text("token").orElseThrow());
    assertThat(me.json().text("person")).contains("staff/otto");
    assertThat(me.json().text("kind")).contains("cli");
    assertThat(me.json().text("csrf")).contains("");
  }

  @Test
  void whoIsNotSignedInIsAskedToAndComesBack() {
    var reply = new Browser(rig, rig.web.peopleSite().origin()).get(Clis.path());
    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("Location")).isEqualTo("/signin?return=" + Clis.path());
  }

  @Test
  void aCodeThatComesTwiceEndsTheSessionThatBeganByIt() {
    var code = Clis.code(Clis.agree(browser));
    var token =
        Clis.redeem(rig, code, Clis.VERIFIER, Clis.REDIRECT).json().text("token").orElseThrow();
    assertThat(me(token).status()).isEqualTo(200);
    assertRefused(Clis.redeem(rig, code, Clis.VERIFIER, Clis.REDIRECT));
    assertRefused(me(token));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "another-secret-of-somebody-who-saw-the-code-only",
        "",
        " ",
        "short",
        "a-secret-that-the-command-line-alone-has-0123456\\u0000"
      })
  void aCodeWithoutItsSecretIsWorthNothingAndGone(String verifier) {
    var code = Clis.code(Clis.agree(browser));
    assertThat(Clis.redeem(rig, code, verifier, Clis.REDIRECT).status()).isIn(400, 401);
    if (verifier.length() > 10) {
      assertRefused(Clis.redeem(rig, code, Clis.VERIFIER, Clis.REDIRECT));
    }
  }

  @Test
  void theChallengeItselfIsNoSecret() {
    var code = Clis.code(Clis.agree(browser));
    assertRefused(Clis.redeem(rig, code, Clis.challenge(Clis.VERIFIER), Clis.REDIRECT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:49153/callback",
        "http://localhost:49152/callback",
        "https://127.0.0.1:49152/callback",
        "http://evil.example/callback",
        "http://127.0.0.1:49152/callback/../x"
      })
  void aCodeServesForNoOtherAddress(String redirect) {
    var code = Clis.code(Clis.agree(browser));
    assertRefused(Clis.redeem(rig, code, Clis.VERIFIER, redirect));
    assertRefused(Clis.redeem(rig, code, Clis.VERIFIER, Clis.REDIRECT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/signin/cli/evil.example/CHALLENGE/a-state-of-22-characters",
        "/signin/cli/80/CHALLENGE/a-state-of-22-characters",
        "/signin/cli/70000/CHALLENGE/a-state-of-22-characters",
        "/signin/cli/49152@evil.example/CHALLENGE/a-state-of-22-characters",
        "/signin/cli/49152/short/a-state-of-22-characters",
        "/signin/cli/49152/CHALLENGE/x",
        "/signin/cli/49152/CHALLENGE",
        "/signin/cli/49152/CHALLENGE/"
      })
  void aWishWithoutPortChallengeOrStateIsNone(String path) {
    var wish = path.replace("CHALLENGE", Clis.challenge(Clis.VERIFIER));
    assertThat(browser.get(wish).status()).isIn(400, 404);
    var reply = browser.form(wish, "csrf=" + browser.csrf());
    assertThat(reply.status()).isIn(400, 404);
    assertThat(reply.response().headers().firstValue("Location")).isEmpty();
  }

  @Test
  void aPageOfAnotherSiteAgreesToNothing() {
    var reply =
        browser.send(
            "POST",
            Clis.path(),
            "csrf=" + browser.csrf(),
            Map.of(
                "Origin", "http://evil.example",
                "Content-Type", "application/x-www-form-urlencoded"));
    assertThat(reply.status()).isEqualTo(403);
    assertThat(browser.form(Clis.path(), "csrf=wrong").status()).isEqualTo(403);
    assertThat(browser.form(Clis.path(), "").status()).isIn(400, 403);
  }

  @Test
  void aCodeIsWorthNothingAfterAMinute() {
    var code = Clis.code(Clis.agree(browser));
    rig.clock.pass(Duration.ofMinutes(1));
    try {
      assertRefused(Clis.redeem(rig, code, Clis.VERIFIER, Clis.REDIRECT));
    } finally {
      rig.clock.pass(Duration.ofMinutes(-1));
    }
  }

  @Test
  void aCommandLineIsSignedInForAnHour() {
    var token = Clis.signIn(rig, Team.OPERATOR);
    try {
      for (int i = 0; i < 5; i++) {
        rig.clock.pass(Duration.ofMinutes(11));
        assertThat(me(token).status()).isEqualTo(200);
      }
      rig.clock.pass(Duration.ofMinutes(11));
      assertRefused(me(token));
    } finally {
      rig.clock.pass(Duration.ofMinutes(-66));
    }
  }

  @Test
  void signingOutEndsItAtOnce() {
    var token = Clis.signIn(rig, Team.OPERATOR);
    assertThat(ask("POST", "/v1/cli/end", "", token).status()).isEqualTo(204);
    assertRefused(me(token));
    assertThat(browser.get("/v1/me").status()).as("the browser's own session stays").isEqualTo(200);
  }

  @Test
  void aCommandLineAnswersNothing() {
    var approver = Clis.signIn(rig, Team.APPROVER);
    var answer =
        "{\"verdict\":\"grant\",\"assertion\":{\"credentialId\":\"a\",\"clientDataJson\":\"a\","
            + "\"authenticatorData\":\"a\",\"signature\":\"good\"}}";
    var path = "/v1/approvals/harbor-dental/proposal-1/answer";
    var reply = ask("POST", path, answer, approver);
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.body()).contains("people-only");
    for (var key : new String[] {"/v1/keys", "/v1/keys/options", "/v1/keys/remove"}) {
      assertThat(ask("POST", key, "{}", approver).status()).as(key).isEqualTo(403);
    }
  }

  @Test
  void noPageTakesACommandLinesToken() {
    var token = Clis.signIn(rig, Team.OPERATOR);
    assertThat(ask("GET", "/console/inbox", "", token).status()).isEqualTo(303);
    assertThat(ask("POST", Clis.path(), "csrf=", token).status()).isEqualTo(401);
    var cookie =
        new Browser(rig, rig.web.peopleSite().origin())
            .send("GET", "/v1/me", "", Map.of("Cookie", "__Host-remit=" + token.substring(10)));
    assertThat(cookie.status()).isEqualTo(401);
  }

  @Test
  void aBrowsersSessionIsNoToken() {
    var id = String.valueOf(browser.cookies.get("__Host-remit"));
    assertRefused(me(id));
    assertRefused(me("remit_cli_" + id));
  }

  @Test
  void noCommandLinesTokenPassesOnTheMachinesListener() {
    var token = Clis.signIn(rig, Team.OPERATOR);
    var headers = Map.of("Authorization", "Bearer " + token);
    for (var path : new String[] {"/mcp", "/v1/tasks"}) {
      var reply = rig.post(URI.create(rig.web.machinesUrl() + path), "{}", headers);
      assertThat(reply.status()).as(path).isEqualTo(401);
    }
  }

  @Test
  void aPersonsCallGoesByTheCommandLine() {
    var token = Clis.signIn(rig, Team.OPERATOR);
    var call =
        Value.object(
            "tenant",
            "harbor-dental",
            "task",
            "task-1",
            "tool",
            FakeOwnCalls.RESTART,
            "arguments",
            Value.object("device", "1"));
    var made = ask("POST", "/v1/calls", Json.text(call), token);
    assertThat(made.status()).as(made.body()).isEqualTo(200);
    assertThat(made.json().text("outcome")).contains("succeeded");
    assertThat(rig.desk.ownCalls.done).anyMatch(done -> done.endsWith("by staff/otto"));
    var waits =
        ask("POST", "/v1/calls", Json.text(call.with("tool", Value.of(FakeOwnCalls.WIPE))), token);
    assertThat(waits.status()).as(waits.body()).isEqualTo(202);
    assertThat(waits.json().text("card")).contains("/console/card/harbor-dental/proposal-1");
    var refused =
        ask(
            "POST",
            "/v1/calls",
            Json.text(call.with("arguments", Value.object("device", "9"))),
            token);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).contains("target-not-available").doesNotContain("tenant-mismatch");
  }

  @Test
  void whatCannotBeTakenBackWantsAFreshSignIn() {
    var token = Clis.signIn(rig, Team.OPERATOR);
    var call = Value.object("tenant", "harbor-dental", "task", "task-1", "tool", FakeOwnCalls.WIPE);
    rig.clock.pass(Duration.ofMinutes(6));
    try {
      var late = ask("POST", "/v1/calls", Json.text(call), token);
      assertThat(late.status()).isEqualTo(403);
      assertThat(late.body()).contains("sign-in-again");
      rig.desk.ownCalls.isBlind = true;
      assertThat(ask("POST", "/v1/calls", Json.text(call), token).body()).contains("sign-in-again");
    } finally {
      rig.desk.ownCalls.isBlind = false;
      rig.clock.pass(Duration.ofMinutes(-6));
    }
  }
}
