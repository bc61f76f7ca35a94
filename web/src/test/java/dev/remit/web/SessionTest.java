package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.release.People;
import dev.remit.core.value.Value;
import dev.remit.web.people.Sessions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People's sessions against those who want one without signing in, or want to use another's. */
class SessionTest {

  private final Rig rig = new Rig();

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void theCookieIsOfThisHostAloneAndOutOfScriptsReach() {
    var reply = rig.browser().signIn(Team.APPROVER);
    var cookie =
        reply.response().headers().allValues("Set-Cookie").stream()
            .filter(it -> it.startsWith("__Host-remit="))
            .findFirst()
            .orElseThrow();
    assertThat(cookie)
        .contains("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=28800")
        .doesNotContain("Domain");
    assertThat(cookie.split(";", 2)[0]).hasSize("__Host-remit=".length() + 43);
  }

  @Test
  void theStoreHoldsNothingThatOpensASession() {
    var browser = rig.browser(Team.APPROVER);
    var stored = rig.desk.sessions.stored.values().iterator().next();
    assertThat(stored.digest()).doesNotContain(browser.cookies.get(Sessions.COOKIE));
    browser.cookies.put(Sessions.COOKIE, stored.digest().replaceAll("[^A-Za-z0-9]", ""));
    assertThat(browser.get("/v1/me").status()).isEqualTo(401);
  }

  @Test
  void anIdThatSomebodyBroughtIsNeverTaken() {
    var browser = rig.browser();
    browser.cookies.put(Sessions.COOKIE, "A".repeat(43));
    browser.signIn(Team.APPROVER);
    assertThat(browser.cookies.get(Sessions.COOKIE)).isNotEqualTo("A".repeat(43));
    var fixed = rig.browser();
    fixed.cookies.put(Sessions.COOKIE, "A".repeat(43));
    assertThat(fixed.get("/v1/me").status()).isEqualTo(401);
  }

  @Test
  void signingInAgainEndsTheSessionBefore() {
    var browser = rig.browser(Team.APPROVER);
    var old = browser.cookies.get(Sessions.COOKIE);
    browser.signIn(Team.APPROVER);
    assertThat(browser.get("/v1/me").status()).isEqualTo(200);
    var thief = rig.browser();
    thief.cookies.put(Sessions.COOKIE, old);
    assertThat(thief.get("/v1/me").status()).isEqualTo(401);
    assertThat(rig.desk.sessions.stored).hasSize(1);
  }

  @Test
  void aSessionEndsWhenIdle() {
    var browser = rig.browser(Team.APPROVER);
    rig.clock.pass(Duration.ofMinutes(29));
    assertThat(browser.get("/v1/me").status()).isEqualTo(200);
    rig.clock.pass(Duration.ofMinutes(29));
    assertThat(browser.get("/v1/me").status()).isEqualTo(200);
    rig.clock.pass(Duration.ofMinutes(30));
    assertThat(browser.get("/v1/me").status()).isEqualTo(401);
  }

  @Test
  void aSessionEndsAfterItsWholeTimeHoweverBusy() {
    var browser = rig.browser(Team.APPROVER);
    for (int i = 0; i < 23; i++) {
      rig.clock.pass(Duration.ofMinutes(20));
      assertThat(browser.get("/v1/me").status()).isEqualTo(200);
    }
    rig.clock.pass(Duration.ofMinutes(20));
    assertThat(browser.get("/v1/me").status()).isEqualTo(401);
  }

  @Test
  void signOutEndsItAtTheServerToo() {
    var browser = rig.browser(Team.APPROVER);
    var id = browser.cookies.get(Sessions.COOKIE);
    var reply = browser.form("/signout", "csrf=" + browser.csrf());
    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("Location")).isEqualTo("/signin");
    assertThat(browser.cookies).doesNotContainKey(Sessions.COOKIE);
    browser.cookies.put(Sessions.COOKIE, id);
    assertThat(browser.get("/v1/me").status()).isEqualTo(401);
  }

  @Test
  void aSessionEndsWhenItsIssuerNoLongerVouchesForTheOrganisation() {
    var browser = rig.browser(Team.HARBOR_APPROVER);
    rig.desk.people =
        Optional.of(
            new People(
                Team.people().groups(),
                Map.of(Team.SUMMIT, new People.Approvers("harbor-dental", "it-approvers"))));
    assertThat(browser.get("/v1/me").status()).isEqualTo(401);
    rig.desk.people = Optional.of(Team.people());
    assertThat(browser.get("/v1/me").status()).isEqualTo(401);
  }

  @Test
  void withoutPolicyNobodyIsKnown() {
    var browser = rig.browser(Team.APPROVER);
    rig.desk.people = Optional.empty();
    var reply = browser.get("/v1/me");
    assertThat(reply.status()).isEqualTo(503);
    Clean.check(reply.body());
    assertThat(rig.people("GET", "/v1/posture", "").status()).isEqualTo(200);
  }

  @Test
  void twoCookiesOfOneNameAreNone() {
    var browser = rig.browser(Team.APPROVER);
    var id = browser.cookies.get(Sessions.COOKIE);
    var headers =
        Map.of(
            "Cookie", Sessions.COOKIE + "=" + id + "; " + Sessions.COOKIE + "=" + "B".repeat(43));
    assertThat(browser.send("GET", "/v1/me", "", headers).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", "../../etc/passwd", "A A", "{}", "AAAAAAAAAAAAAAAAAAAAAAAA"})
  void whatIsNoSessionIdOpensNothing(String value) {
    var headers = Map.of("Cookie", Sessions.COOKIE + "=" + value);
    assertThat(rig.browser().send("GET", "/v1/me", "", headers).status()).isEqualTo(401);
  }

  /** Each line takes one thing from a request that would be served. */
  @ParameterizedTest
  @CsvSource({
    "Origin,",
    "Origin,null",
    "Origin,https://evil.example",
    "Origin,http://localhost",
    "Origin,http://localhost:1",
    "Origin,http://127.0.0.1",
    "Sec-Fetch-Site,cross-site",
    "Sec-Fetch-Site,same-site",
    "Sec-Fetch-Site,none",
    "X-Remit-Csrf,",
    "X-Remit-Csrf,x",
    "X-Remit-Csrf,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
  })
  void whatNoPageOfOursSentChangesNothing(String field, String value) {
    var browser = rig.browser(Team.OPERATOR);
    var headers = new LinkedHashMap<>(browser.ownPage());
    var kill = "{\"scope\":\"everything\",\"reason\":\"exercise\"}";
    headers.remove(field);
    if (value != null) {
      headers.put(field, value);
    }
    var reply = browser.send("POST", "/v1/kill", kill, headers);
    assertThat(reply.status()).isEqualTo(403);
    assertThat(rig.desk.operating.done).isEmpty();
    assertThat(browser.send("POST", "/v1/kill", kill, browser.ownPage()).status()).isEqualTo(200);
    assertThat(rig.desk.operating.done).containsExactly("kill everything by staff/otto");
  }

  @Test
  void theTokenOfOneSessionIsNoneOfAnother() {
    var browser = rig.browser(Team.OPERATOR);
    var headers = new LinkedHashMap<>(browser.ownPage());
    headers.put("X-Remit-Csrf", rig.browser(Team.OPERATOR).csrf());
    var reply =
        browser.send("POST", "/v1/kill", "{\"scope\":\"everything\",\"reason\":\"x\"}", headers);
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.json().text("code")).contains("csrf");
  }

  @Test
  void aFormOfAnotherSiteSignsNobodyOut() {
    var browser = rig.browser(Team.OPERATOR);
    var headers =
        Map.of(
            "Origin", "https://evil.example",
            "Content-Type", "application/x-www-form-urlencoded");
    assertThat(browser.send("POST", "/signout", "csrf=x", headers).status()).isEqualTo(403);
    assertThat(browser.form("/signout", "").status()).isEqualTo(403);
    assertThat(browser.form("/signout", "csrf=x").status()).isEqualTo(403);
    assertThat(browser.get("/v1/me").status()).isEqualTo(200);
  }

  @Test
  void everyAnswerRefusalsIncludedHasThePolicyOfPages() {
    var browser = rig.browser(Team.OPERATOR);
    for (var path : new String[] {"/signin", "/v1/me", "/nothing", "/v1/trail", "/health/live"}) {
      var reply = browser.get(path);
      assertThat(reply.header("Content-Security-Policy"))
          .as(path)
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .contains("form-action 'self'", "base-uri 'none'")
          .doesNotContain("unsafe");
      assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
      assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(reply.header("Referrer-Policy")).isEqualTo("same-origin");
      assertThat(reply.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
      assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
    }
    try (var raw = new Raw(rig.web.peopleUrl())) {
      raw.send("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n");
      assertThat(raw.untilClosed()).contains("Content-Security-Policy");
    }
  }

  @Test
  void aSessionIsNothingOnTheMachinesListener() {
    var browser = rig.browser(Team.OPERATOR);
    var reply =
        rig.send(
            rig.mcp(),
            "POST",
            java.net.http.HttpRequest.BodyPublishers.ofString(
                dev.remit.json.Json.text(
                    Value.object("jsonrpc", "2.0", "id", 1, "method", "tools/list"))),
            Map.of("Cookie", Sessions.COOKIE + "=" + browser.cookies.get(Sessions.COOKIE)));
    assertThat(reply.status()).isEqualTo(401);
  }
}
