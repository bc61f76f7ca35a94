package dev.remit.lab;

import static dev.remit.lab.TestLab.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeopleIssuerTest {
  private TestLab lab;
  private Browser msp;
  private Browser harbor;

  @BeforeEach
  void reset() {
    lab = TestLab.shared();
    msp = new Browser(lab, "msp");
    harbor = new Browser(lab, "harbor-dental");
  }

  @ParameterizedTest
  @CsvSource({
    "msp, senior-technicians",
    "msp, service-managers",
    "msp, platform-engineers",
    "harbor-dental, it-approvers",
    "northwind-legal, it-approvers",
    "summit-freight, it-approvers"
  })
  void aPersonSignsInWithTheirGroups(String organisation, String group) throws Exception {
    Browser browser = new Browser(lab, organisation);
    String subject = browser.member(group);
    JWTClaimsSet claims = browser.verify(browser.idToken(subject));
    assertThat(claims.getSubject()).isEqualTo(subject);
    assertThat(claims.getStringListClaim("groups")).contains(group);
    assertThat(claims.getExpirationTime().toInstant())
        .isEqualTo(claims.getIssueTime().toInstant().plusSeconds(300));
  }

  @Test
  void discoveryNamesWhatTheIssuerDoes() {
    URI uri = URI.create(harbor.issuer() + "/.well-known/openid-configuration");
    assertThat(object(lab.send(HttpRequest.newBuilder(uri))))
        .containsEntry("issuer", harbor.issuer())
        .containsEntry("jwks_uri", harbor.issuer() + "/jwks")
        .containsEntry("code_challenge_methods_supported", List.of("S256"))
        .containsEntry("response_types_supported", List.of("code"))
        .containsEntry("authorization_response_iss_parameter_supported", true);
  }

  @Test
  void theAnswerCarriesTheStateAndTheIssuer() {
    Map<String, String> answer = Browser.answer(harbor.choose(harbor.member("it-approvers")));
    assertThat(answer)
        .containsEntry("state", "the state & more")
        .containsEntry("iss", harbor.issuer())
        .containsKey("code");
  }

  @Test
  void thePageHasNoScriptAndIsFramedByNobody() {
    HttpResponse<String> page = msp.authorize(msp.parameters());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).doesNotContain("<script").contains("senior-technicians");
    String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertThat(policy)
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .contains("form-action 'self' http://localhost:8471")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8471/signin/callback/staff/",
        "http://localhost:8471/signin/callback/staff?x=1",
        "http://localhost:8471/signin/callback/staff#x",
        "http://localhost:8471/signin/callback/Staff",
        "http://LOCALHOST:8471/signin/callback/staff",
        "http://localhost:8472/signin/callback/staff",
        "https://localhost:8471/signin/callback/staff",
        "http://localhost:8471/signin/callback/../callback/staff",
        "http://localhost:8471@evil.example/signin/callback/staff",
        "http://localhost:8471/signin/callback/harbor-dental",
        "//evil.example/",
        "javascript:alert(1)",
        ""
      })
  void nobodyIsSentWhereNothingIsRegistered(String uri) {
    HttpResponse<String> page = msp.authorize(msp.parameters("redirect_uri", uri));
    assertThat(page.statusCode()).isEqualTo(400);
    assertThat(page.headers().firstValue("Location")).isEmpty();
    assertThat(page.body()).doesNotContain("name=\"request\"");
  }

  @Test
  void anotherClientIsUnknown() {
    HttpResponse<String> page = msp.authorize(msp.parameters("client_id", "<b>other</b>"));
    assertThat(page.statusCode()).isEqualTo(400);
    assertThat(page.headers().firstValue("Location")).isEmpty();
    assertThat(page.body()).doesNotContain("<b>");
  }

  @ParameterizedTest
  @CsvSource({
    "code_challenge_method, plain, invalid_request",
    "code_challenge_method, '', invalid_request",
    "code_challenge, short, invalid_request",
    "nonce, '', invalid_request",
    "scope, profile, invalid_scope",
    "response_type, token, unsupported_response_type",
    "response_type, code id_token, unsupported_response_type",
    "response_mode, fragment, invalid_request",
    "request, eyJhbGciOiJub25lIn0.e30., request_not_supported",
    "request_uri, http://evil.example/, request_uri_not_supported",
    "prompt, none, login_required"
  })
  void aWrongRequestIsToldToTheClient(String name, String value, String error) {
    HttpResponse<String> answer = msp.authorize(msp.parameters(name, value));
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(Browser.answer(answer))
        .containsEntry("error", error)
        .containsEntry("iss", msp.issuer())
        .doesNotContainKey("code");
  }

  @Test
  void aRepeatedParameterIsRefused() {
    String query = Browser.form(msp.parameters()) + "&nonce=another";
    assertThat(
            lab.send(HttpRequest.newBuilder(URI.create(msp.issuer() + "/authorize?" + query)))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void aStateCannotBreakTheLocation() {
    String state = "a\r\nSet-Cookie: x=1&code=forged";
    String request = Browser.request(msp.authorize(msp.parameters("state", state)));
    HttpResponse<String> answer = msp.post("/login", Map.of("request", request, "deny", "1"));
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(Browser.answer(answer))
        .containsEntry("state", state)
        .containsEntry("error", "access_denied")
        .doesNotContainKey("code");
  }

  @Test
  void aPageWorksOnceAndOnlyAtItsIssuer() {
    String subject = harbor.member("it-approvers");
    String request = Browser.request(harbor.authorize(harbor.parameters()));
    Map<String, String> form = Map.of("request", request, "person", subject);
    assertThat(msp.post("/login", form).statusCode()).isEqualTo(400);
    assertThat(harbor.post("/login", form).statusCode()).isEqualTo(303);
    assertThat(harbor.post("/login", form).statusCode()).isEqualTo(400);
  }

  @Test
  void nobodySignsInAtTheIssuerOfAnotherOrganisation() {
    for (String subject : List.of(msp.member("senior-technicians"), "nobody", "")) {
      assertThat(harbor.choose(subject).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void aCodeIsGoodOnce() {
    String code = msp.code(msp.member("senior-technicians"));
    assertThat(msp.redeem(code).statusCode()).isEqualTo(200);
    assertThat(object(msp.redeem(code))).containsEntry("error", "invalid_grant");
  }

  @Test
  void aCodeOfOneIssuerIsNoneAtAnother() {
    String code = harbor.code(harbor.member("it-approvers"));
    assertThat(object(msp.redeem(code))).containsEntry("error", "invalid_grant");
    assertThat(harbor.redeem(code).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "code_verifier, wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
    "code_verifier, ''",
    "redirect_uri, http://127.0.0.1:8471/signin/callback/staff",
    "redirect_uri, ''"
  })
  void aCodeWithoutItsProofIsUsedUp(String name, String value) {
    String code = msp.code(msp.member("senior-technicians"));
    Map<String, String> form = new HashMap<>(msp.redemption(code));
    form.put(name, value);
    assertThat(object(msp.post("/token", form))).containsEntry("error", "invalid_grant");
    assertThat(object(msp.redeem(code))).containsEntry("error", "invalid_grant");
  }

  @Test
  void theChallengeItselfIsNoVerifier() {
    String code = msp.code(msp.member("senior-technicians"));
    Map<String, String> form = new HashMap<>(msp.redemption(code));
    form.put("code_verifier", Browser.challenge(Browser.VERIFIER));
    assertThat(msp.post("/token", form).statusCode()).isEqualTo(400);
  }

  @Test
  void aStrangerToTheClientsSecretDoesNotUseUpACode() {
    String code = msp.code(msp.member("senior-technicians"));
    Map<String, String> form = new HashMap<>(msp.redemption(code));
    form.put("client_secret", harbor.secret());
    assertThat(msp.post("/token", form).statusCode()).isEqualTo(401);
    form.remove("client_secret");
    assertThat(msp.post("/token", form).statusCode()).isEqualTo(401);
    assertThat(msp.redeem(code).statusCode()).isEqualTo(200);
  }

  @Test
  void onlyCodesAreRedeemed() {
    for (String grant : List.of("client_credentials", "password", "refresh_token", "")) {
      Map<String, String> form = new HashMap<>(msp.redemption("x"));
      form.put("grant_type", grant);
      assertThat(object(msp.post("/token", form))).containsEntry("error", "unsupported_grant_type");
    }
  }

  @Test
  void anIssuersKeysAreItsOwn() {
    String token = harbor.idToken(harbor.member("it-approvers"));
    assertThatThrownBy(() -> msp.verify(token)).isInstanceOf(Exception.class);
    assertThatThrownBy(() -> new Browser(lab, "northwind-legal").verify(token))
        .isInstanceOf(Exception.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no-nonce",
        "other-nonce",
        "other-audience",
        "two-audiences",
        "other-issuer",
        "expired",
        "no-expiry",
        "no-subject",
        "other-key",
        "broken-signature",
        "alg-none",
        "hs256-client-secret",
        "hs256-public-key"
      })
  void aFaultyIdTokenDoesNotVerifyAndTheNextOneDoes(String fault) throws Exception {
    String subject = msp.member("senior-technicians");
    String json = "{\"fault\":\"" + fault + "\"}";
    assertThat(lab.control("POST", "/v1/people/msp/faults", json).statusCode()).isEqualTo(204);
    String faulty = msp.idToken(subject);
    assertThatThrownBy(() -> msp.verify(faulty)).isInstanceOf(Exception.class);
    assertThat(msp.verify(msp.idToken(subject)).getSubject()).isEqualTo(subject);
  }

  @Test
  void groupsChangeBehindASignedInPerson() throws Exception {
    String subject = harbor.member("it-approvers");
    String path = "/v1/people/harbor-dental/accounts/" + subject;
    lab.control("POST", path, "{\"groups\":[\"staff\"]}");
    assertThat(harbor.verify(harbor.idToken(subject)).getStringListClaim("groups"))
        .containsExactly("staff");
    lab.control("POST", path, "{\"active\":false}");
    assertThat(harbor.choose(subject).statusCode()).isEqualTo(400);
    assertThat(harbor.authorize(harbor.parameters()).body()).doesNotContain(subject);
  }

  @Test
  void whoIsLockedOutAfterTheCodeGetsNoToken() {
    String subject = harbor.member("it-approvers");
    String code = harbor.code(subject);
    lab.control("POST", "/v1/people/harbor-dental/accounts/" + subject, "{\"active\":false}");
    assertThat(object(harbor.redeem(code))).containsEntry("error", "invalid_grant");
  }

  @Test
  void aConsoleOnAnyPortCanBeRegistered() {
    String uri =
        "http://127.0.0.1:54321/console/" + java.util.UUID.randomUUID(); // kept between runs
    assertThat(msp.authorize(msp.parameters("redirect_uri", uri)).statusCode()).isEqualTo(400);
    lab.control("POST", "/v1/people/redirects", "{\"redirectUri\":\"" + uri + "\"}");
    assertThat(msp.authorize(msp.parameters("redirect_uri", uri)).statusCode()).isEqualTo(200);
    assertThat(harbor.authorize(harbor.parameters("redirect_uri", uri)).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redirects|{\"redirectUri\":\"http://console.example/x\"}|400",
        "redirects|{\"redirectUri\":\"https://a@console.example/x\"}|400",
        "redirects|{\"redirectUri\":\"https://console.example/x#y\"}|400",
        "redirects|{\"redirectUri\":7}|400",
        "msp/faults|{\"fault\":\"wrong\"}|400",
        "nobody/faults|{\"fault\":\"none\"}|404",
        "msp/accounts/nobody|{\"active\":true}|404",
        "msp/accounts/nobody|{\"groups\":\"all\"}|400",
      })
  void wrongControlOfPeopleIsRefused(String path, String json, int status) {
    assertThat(lab.control("POST", "/v1/people/" + path, json).statusCode()).isEqualTo(status);
  }

  @Test
  void theDescriptionTellsWhoIsWhereButNoKey() {
    assertThat(lab.part("people", "msp")).containsEntry("name", "staff");
    assertThat(harbor.accounts()).hasSize(6);
    assertThat(lab.part("people", "msp").toString()).doesNotContain("\"d\"");
    assertThat(harbor.secret()).isNotEqualTo(msp.secret()).hasSizeGreaterThan(30);
  }
}
