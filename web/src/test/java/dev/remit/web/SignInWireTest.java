package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.Person;
import dev.remit.web.people.Sessions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-in as a browser goes through it, and as others would like it to go. */
class SignInWireTest {

  private final Rig rig = new Rig();

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void somebodyLeavesForTheirIssuerAndComesBackSignedIn() {
    var browser = rig.browser();
    var reply = browser.signIn(Team.HARBOR_APPROVER);
    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("Location")).isEqualTo("/console/");
    var me = browser.get("/v1/me").json();
    assertThat(me.text("person")).contains("harbor-dental/hanna");
    assertThat(me.text("organisation")).contains("client/harbor-dental");
    var attempt = rig.desk.signIn.begun.getFirst();
    assertThat(attempt.redirectUri())
        .isEqualTo(rig.web.peopleSite().origin() + "/signin/callback/harbor-dental");
    assertThat(attempt.verifier()).matches("[A-Za-z0-9_-]{43}");
    assertThat(attempt.nonce()).isNotEqualTo(attempt.verifier());
    assertThat(attempt.state()).doesNotContain(attempt.verifier()).doesNotContain(attempt.nonce());
    assertThat(rig.desk.signIn.completed).containsExactly(attempt);
  }

  @Test
  void eachAttemptHasItsOwnSecrets() {
    rig.browser().get("/signin/start/staff");
    rig.browser().get("/signin/start/staff");
    var begun = rig.desk.signIn.begun;
    assertThat(begun.get(0).state()).isNotEqualTo(begun.get(1).state());
    assertThat(begun.get(0).nonce()).isNotEqualTo(begun.get(1).nonce());
    assertThat(begun.get(0).verifier()).isNotEqualTo(begun.get(1).verifier());
  }

  @Test
  void anAnswerCountsInTheBrowserThatLeftAndInNoOther() {
    var attacker = rig.browser();
    String state = leave(attacker, Team.APPROVER);
    var victim = rig.browser();
    var callback = "/signin/callback/staff?code=code-1&state=" + state;
    assertThat(victim.get(callback).status()).isEqualTo(400);
    victim.get("/signin/start/staff");
    assertThat(victim.get(callback).status()).isEqualTo(400);
    assertThat(victim.cookies).doesNotContainKey(Sessions.COOKIE);
    assertThat(rig.desk.signIn.completed).isEmpty();
  }

  @Test
  void oneIssuersAnswerIsNoneOfAnothers() {
    var browser = rig.browser();
    String state = leave(browser, Team.HARBOR_APPROVER);
    var reply = browser.get("/signin/callback/staff?code=code-1&state=" + state);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(rig.desk.signIn.completed).isEmpty();
  }

  @Test
  void anAnswerIsTakenOnce() {
    var browser = rig.browser();
    String state = leave(browser, Team.APPROVER);
    var callback = "/signin/callback/staff?code=code-1&state=" + state;
    assertThat(browser.get(callback).status()).isEqualTo(303);
    assertThat(browser.get(callback).status()).isEqualTo(400);
  }

  @Test
  void anAnswerThatTookTooLongIsNone() {
    var browser = rig.browser();
    String state = leave(browser, Team.APPROVER);
    rig.clock.pass(Duration.ofMinutes(10));
    var reply = browser.get("/signin/callback/staff?code=code-1&state=" + state);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(browser.cookies).doesNotContainKey(Sessions.COOKIE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?code=code-1",
        "?state=x&code=code-1",
        "?state=.&code=code-1",
        "?state=AAAA.BBBB&code=code-1",
        "?state=%F0%9F&code=code-1"
      })
  void aStateThatIsNotOursBeginsNothing(String query) {
    var browser = rig.browser();
    leave(browser, Team.APPROVER);
    var reply = browser.get("/signin/callback/staff" + query);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(browser.cookies).isEmpty();
    Clean.check(reply.body());
  }

  @Test
  void anIssuerThatRefusesOrIsAwayBeginsNoSession() {
    var browser = rig.browser();
    String state = leave(browser, Team.APPROVER);
    var refused =
        browser.get(
            "/signin/callback/staff?error=access_denied&error_description=evil-words&state="
                + state);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).doesNotContain("evil-words").contains("did not sign you in");
    rig.desk.signIn.isAway = true;
    var away = browser.get("/signin/start/staff");
    assertThat(away.status()).isEqualTo(503);
    assertThat(away.body()).contains("cannot be reached");
    assertThat(away.header("Content-Type")).startsWith("text/html");
    assertThat(browser.cookies).isEmpty();
    assertThat(rig.desk.sessions.stored).isEmpty();
  }

  @Test
  void anIssuerThatGoesAwayInBetweenBeginsNoSession() {
    var browser = rig.browser();
    String state = leave(browser, Team.APPROVER);
    rig.desk.signIn.isAway = true;
    assertThat(browser.get("/signin/callback/staff?code=code-1&state=" + state).status())
        .isEqualTo(503);
    assertThat(rig.desk.sessions.stored).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example/",
        "/\\\\evil.example/",
        "/console/../../evil",
        "/console/%2e%2e/evil",
        "/console//evil.example",
        "/consolex",
        "/v1/kill",
        "/signout",
        "javascript:alert(1)",
        "/console/a\r\nSet-Cookie: x=y",
        "/console/?next=https://evil.example"
      })
  void nobodyIsSentElsewhere(String target) {
    var query =
        "?return=" + java.net.URLEncoder.encode(target, java.nio.charset.StandardCharsets.UTF_8);
    var reply = rig.browser().signIn(Team.APPROVER, query);
    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("Location")).isEqualTo("/console/");
    assertThat(rig.browser().get("/signin" + query).body()).doesNotContain("evil");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/console/", "/console/inbox", "/console/approvals/harbor-dental/proposal-1"})
  void pagesOfOursAreComeBackTo(String target) {
    var reply = rig.browser().signIn(Team.APPROVER, "?return=" + target);
    assertThat(reply.header("Location")).isEqualTo(target);
  }

  @Test
  void anUnknownIssuerIsNotThere() {
    assertThat(rig.browser().get("/signin/start/evil").status()).isEqualTo(404);
    assertThat(rig.browser().get("/signin/callback/evil?code=c&state=s").status()).isEqualTo(404);
  }

  @Test
  void underAnotherNameOfTheMachineNobodySignsIn() {
    var other = rig.web.peopleUrl();
    assertThat(other).contains("127.0.0.1");
    var reply = rig.browser().send("GET", other + "/signin/start/staff", "", Map.of());
    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("Location")).isEqualTo(rig.web.peopleSite().origin() + "/signin");
    assertThat(rig.desk.signIn.begun).isEmpty();
  }

  @Test
  void signingInAgainAsksTheIssuerToSeeThePersonAgain() {
    var browser = rig.browser(Team.APPROVER);
    browser.get("/signin/start/staff?again=1");
    assertThat(rig.desk.signIn.begun.getLast().freshWithin())
        .isEqualTo(Optional.of(Duration.ofMinutes(5)));
    assertThat(rig.desk.signIn.begun.getFirst().freshWithin()).isEmpty();
  }

  @Test
  void aClientsPeopleNameTheirOrganisationBecauseNobodyIsToldWhoTheClientsAre() {
    var known = rig.browser().get("/signin?organisation=Harbor%20Dental");
    assertThat(known.header("Location")).isEqualTo("/signin/start/harbor-dental");
    for (String typed : java.util.List.of("nobody", "..%2Fv1%2Fme", "%3Cb%3E")) {
      var page = rig.browser().get("/signin?organisation=" + typed);
      assertThat(page.status()).isEqualTo(404);
      assertThat(page.body()).doesNotContain("harbor").doesNotContain("<b>");
    }
  }

  @Test
  void thePageNamesTheMspsIssuersAloneAndHoldsNoScript() {
    var page = rig.browser().get("/signin");
    assertThat(page.body())
        .contains("/signin/start/staff")
        .doesNotContain("harbor")
        .doesNotContainPattern("<script(?![^>]* src=\"/)")
        .doesNotContainPattern("\\s(style|on[a-z]+)=");
  }

  /** Leaves for the issuer, who is ready to give {@code code-1} for it; answers the state. */
  private String leave(Browser browser, Person person) {
    var left = browser.get("/signin/start/" + person.id().issuer());
    rig.desk.signIn.byCode.put("code-1", person);
    return left.header("Location").replaceAll(".*s=", "");
  }
}
