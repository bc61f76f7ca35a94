package dev.remit.identity.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.identity.PersonId;
import dev.remit.core.identity.PersonSignIn.Attempt;
import dev.remit.core.identity.PersonSignIn.Away;
import dev.remit.core.identity.PersonSignIn.Completed;
import dev.remit.core.identity.PersonSignIn.Redirect;
import dev.remit.core.identity.PersonSignIn.Refused;
import dev.remit.core.identity.PersonSignIn.Returned;
import dev.remit.core.identity.PersonSignIn.SignedIn;
import dev.remit.core.release.People;
import dev.remit.core.release.Releases;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.identity.HttpJwksSource;
import dev.remit.identity.KeyTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-in at a real issuer over HTTP, which does not always say what it should. */
class OidcSignInTest {

  private static final TenantId HARBOR = new TenantId("harbor-dental");
  private static final Instant NOW = FakeIssuer.NOW;

  private final FakeIssuer issuer = new FakeIssuer();
  private final FakeIssuer other = new FakeIssuer();
  private final IssuerClient client = new IssuerClient(Duration.ofSeconds(2));
  private volatile Optional<People> people = Optional.of(people("staff", "harbor-dental"));
  private final OidcSignIn signIn = signIn(issuer.listed("staff"), other.listed("harbor-dental"));

  @AfterEach
  void stop() {
    issuer.close();
    other.close();
    client.close();
  }

  private static People people(String ours, String harbors) {
    return new People(
        Map.of("senior", new People.Group(ours, "senior", Set.of(PersonFunction.APPROVE))),
        Map.of(HARBOR, new People.Approvers(harbors, "it-approvers")));
  }

  private OidcSignIn signIn(PeopleIssuer... listed) {
    return new OidcSignIn(
        List.of(listed),
        () -> people.orElseThrow(() -> new Releases.PolicyUnavailableException("none")),
        client,
        new HttpJwksSource(Duration.ofSeconds(2)),
        KeyTimes.DEFAULT,
        InstantSource.fixed(NOW));
  }

  private static Attempt attempt(String issuer) {
    return attempt(issuer, Optional.empty());
  }

  private static Attempt attempt(String issuer, Optional<Duration> freshWithin) {
    return new Attempt(
        issuer,
        "http://localhost:8471/signin/callback/" + issuer,
        "state-1",
        "nonce-of-this-attempt",
        "verifier-of-this-attempt-43-characters-long-x",
        freshWithin);
  }

  private Completed whole(Attempt attempt, FakeIssuer at) {
    var begun = (Redirect) signIn.begin(attempt);
    return signIn.complete(
        attempt, new Returned(at.signsIn(attempt, begun.url()), Optional.of(at.url())));
  }

  @Test
  void aPersonIsWhoTheIssuerSaysAndOfTheOrganisationThatPolicySays() {
    var person = ((SignedIn) whole(attempt("staff"), issuer)).person();
    assertThat(person.id()).isEqualTo(new PersonId("staff", "u-1"));
    assertThat(person.organisation()).isEqualTo(new Organisation.Msp());
    assertThat(person.groups()).containsExactly("senior-technicians");
    assertThat(person.name()).isEqualTo("Ann Example");
    assertThat(person.email()).contains("ann@msp.example");
    assertThat(person.signedInAt()).isEqualTo(NOW);
    var theirs = ((SignedIn) whole(attempt("harbor-dental"), other)).person();
    assertThat(theirs.organisation()).isEqualTo(new Organisation.Client(HARBOR));
  }

  @Test
  void theBrowserLeavesWithAChallengeAndWithoutTheVerifier() {
    var attempt = attempt("staff");
    var url = ((Redirect) signIn.begin(attempt)).url();
    var query = FakeIssuer.query(url);
    assertThat(query)
        .containsEntry("response_type", "code")
        .containsEntry("tenant", "1")
        .containsEntry("redirect_uri", attempt.redirectUri())
        .containsEntry("state", "state-1")
        .containsEntry("nonce", attempt.nonce())
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("code_challenge", OidcIssuer.challenge(attempt.verifier()))
        .containsEntry("max_age", "43200")
        .doesNotContainKey("prompt");
    assertThat(query.get("scope")).contains("openid");
    assertThat(url).doesNotContain(attempt.verifier()).doesNotContain("s3cret");
  }

  @Test
  void signingInAgainAsksTheIssuerToSeeThePerson() {
    var attempt = attempt("staff", Optional.of(Duration.ofMinutes(5)));
    assertThat(FakeIssuer.query(((Redirect) signIn.begin(attempt)).url()))
        .containsEntry("prompt", "login")
        .containsEntry("max_age", "300");
    assertThat(whole(attempt, issuer)).isInstanceOf(SignedIn.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_600, -331, 31})
  void anIssuerThatDidNotAskAgainSignsNobodyInAgain(long seconds) {
    issuer.claims = it -> it.claim("auth_time", NOW.getEpochSecond() + seconds);
    assertThat(whole(attempt("staff", Optional.of(Duration.ofMinutes(5))), issuer))
        .isInstanceOf(Refused.class);
  }

  @Test
  void anIssuerThatDoesNotSayWhenNeverCountsAsFresh() {
    issuer.claims = it -> it.claim("auth_time", null);
    assertThat(whole(attempt("staff", Optional.of(Duration.ofMinutes(5))), issuer))
        .isInstanceOf(Refused.class);
    assertThat(((SignedIn) whole(attempt("staff"), issuer)).person().signedInAt())
        .isEqualTo(Instant.EPOCH);
  }

  static Stream<Arguments> wrongClaims() {
    return Stream.<Map.Entry<String, Change>>of(
            Map.entry("another nonce", it -> it.claim("nonce", "nonce-of-another")),
            Map.entry("no nonce", it -> it.claim("nonce", null)),
            Map.entry("a nonce that is no text", it -> it.claim("nonce", 7)),
            Map.entry("another audience", it -> it.audience("other")),
            Map.entry("two audiences", it -> it.audience(List.of(FakeIssuer.CLIENT, "other"))),
            Map.entry("no audience", it -> it.claim("aud", null)),
            Map.entry("another party", it -> it.claim("azp", "other")),
            Map.entry("a party that is no text", it -> it.claim("azp", 1)),
            Map.entry("another issuer", it -> it.issuer("https://evil.example")),
            Map.entry("no issuer", it -> it.issuer(null)),
            Map.entry("no subject", it -> it.subject(null)),
            Map.entry("an empty subject", it -> it.subject("")),
            Map.entry("a long subject", it -> it.subject("x".repeat(256))),
            Map.entry("a subject with a line", it -> it.subject("u-1\nadmin")),
            Map.entry("over", it -> it.expirationTime(Date.from(NOW.minusSeconds(31)))),
            Map.entry("no end", it -> it.expirationTime(null)),
            Map.entry("from the future", it -> it.issueTime(Date.from(NOW.plusSeconds(31)))),
            Map.entry("not yet", it -> it.notBeforeTime(Date.from(NOW.plusSeconds(31)))),
            Map.entry("lives a day", it -> it.expirationTime(Date.from(NOW.plusSeconds(86_400)))),
            Map.entry("groups as text", it -> it.claim("groups", "senior-technicians")),
            Map.entry("groups of objects", it -> it.claim("groups", List.of(Map.of("a", 1)))),
            Map.entry("seen at a word", it -> it.claim("auth_time", "now")),
            Map.entry("bound to a key", it -> it.claim("cnf", Map.of("jkt", "x"))))
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  /** A change of claims. */
  interface Change
      extends java.util.function.UnaryOperator<com.nimbusds.jwt.JWTClaimsSet.Builder> {}

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongClaims")
  void aTokenThatIsWrongSignsNobodyIn(String name, Change change) {
    issuer.claims = change;
    var result = whole(attempt("staff"), issuer);
    assertThat(result).as(name).isInstanceOf(Refused.class);
    assertThat(((Refused) result).why()).doesNotContain("nonce-of", "eyJ", "Exception");
  }

  static Stream<Arguments> wrongSignatures() {
    var stranger = FakeIssuer.key("key-1");
    return Stream.<Map.Entry<String, FakeIssuer.Signing>>of(
            Map.entry(
                "another key of the same name",
                set -> FakeIssuer.signed(set, stranger, JOSEObjectType.JWT)),
            Map.entry(
                "an unknown key",
                set -> FakeIssuer.signed(set, FakeIssuer.key("key-2"), JOSEObjectType.JWT)),
            Map.entry(
                "a key of a lab",
                set -> FakeIssuer.signed(set, FakeIssuer.key("lab-1"), JOSEObjectType.JWT)),
            Map.entry("no signature", FakeIssuer::plain),
            Map.entry("the client's secret", set -> FakeIssuer.hmac(set, FakeIssuer.SECRET)),
            Map.entry("no token", set -> "not-a-token"),
            Map.entry("an empty token", set -> ".."),
            Map.entry("a huge token", set -> "e".repeat(100_000)))
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongSignatures")
  void aTokenThatTheIssuerDidNotSignSignsNobodyIn(String name, FakeIssuer.Signing signing) {
    issuer.signing = signing;
    assertThat(whole(attempt("staff"), issuer)).as(name).isInstanceOf(Refused.class);
  }

  @Test
  void anAccessTokenIsNoIdToken() {
    issuer.signing = set -> FakeIssuer.signed(set, issuer.key, new JOSEObjectType("at+jwt"));
    assertThat(whole(attempt("staff"), issuer)).isInstanceOf(Refused.class);
  }

  @Test
  void aCodeIsRedeemedAtTheIssuerOfTheAttemptAlone() {
    var attempt = attempt("staff");
    var url = ((Redirect) signIn.begin(attempt)).url();
    String code = issuer.signsIn(attempt, url);
    assertThat(signIn.complete(attempt, new Returned(code, Optional.of(other.url()))))
        .isInstanceOf(Refused.class);
    assertThat(signIn.complete(attempt, new Returned(code, Optional.empty())))
        .isInstanceOf(Refused.class);
    assertThat(
            signIn.complete(attempt("harbor-dental"), new Returned(code, Optional.of(other.url()))))
        .isInstanceOf(Refused.class);
    assertThat(signIn.complete(attempt, new Returned(code, Optional.of(issuer.url()))))
        .isInstanceOf(SignedIn.class);
    assertThat(signIn.complete(attempt, new Returned(code, Optional.of(issuer.url()))))
        .isInstanceOf(Refused.class);
  }

  @Test
  void anIssuerThatDoesNotNameItselfMayStayUnnamed() {
    issuer.metadata = it -> it.without("authorization_response_iss_parameter_supported");
    var attempt = attempt("staff");
    String code = issuer.signsIn(attempt, ((Redirect) signIn.begin(attempt)).url());
    assertThat(signIn.complete(attempt, new Returned(code, Optional.empty())))
        .isInstanceOf(SignedIn.class);
  }

  @Test
  void aStolenCodeIsNothingWithoutTheVerifier() {
    var attempt = attempt("staff");
    String code = issuer.signsIn(attempt, ((Redirect) signIn.begin(attempt)).url());
    var thief =
        new Attempt(
            "staff",
            attempt.redirectUri(),
            "state-2",
            attempt.nonce(),
            "another-verifier-43-characters-long-xxxxxxxxx",
            Optional.empty());
    assertThat(signIn.complete(thief, new Returned(code, Optional.of(issuer.url()))))
        .isInstanceOf(Refused.class);
  }

  @Test
  void anIssuerThatVouchesForNobodyOrForTwoSignsNobodyIn() {
    people = Optional.of(People.NONE);
    assertThat(whole(attempt("staff"), issuer)).isInstanceOf(Refused.class);
    people = Optional.of(people("staff", "staff"));
    assertThat(whole(attempt("staff"), issuer)).isInstanceOf(Refused.class);
    people = Optional.empty();
    assertThat(whole(attempt("staff"), issuer)).isInstanceOf(Away.class);
  }

  @Test
  void anIssuerThatIsAwaySignsNobodyIn() {
    issuer.close();
    assertThat(signIn.begin(attempt("staff"))).isInstanceOf(Away.class);
    assertThat(signIn.complete(attempt("staff"), new Returned("c", Optional.empty())))
        .isInstanceOf(Away.class);
    assertThat(whole(attempt("harbor-dental"), other)).isInstanceOf(SignedIn.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 429})
  void anIssuerInTroubleIsAway(int status) {
    issuer.tokenStatus = status;
    assertThat(whole(attempt("staff"), issuer)).isInstanceOf(Away.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"id_token\":7}", "{\"id_token\":null}", "{\"access_token\":\"x\"}"})
  void anAnswerWithoutAnIdTokenSignsNobodyIn(String body) {
    issuer.tokenBody = body;
    assertThat(whole(attempt("staff"), issuer)).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "[]", "{\"id_token\":\"a\",\"id_token\":\"b\"}"})
  void anAnswerThatIsNoObjectIsNone(String body) {
    issuer.tokenBody = body;
    assertThat(whole(attempt("staff"), issuer)).isInstanceOf(Away.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "issuer=https://evil.example",
        "token_endpoint=http://evil.example/token",
        "authorization_endpoint=javascript:alert(1)",
        "jwks_uri=file:///etc/passwd",
        "token_endpoint=https://user:pass@evil.example/"
      })
  void metadataThatPointsElsewhereIsNotBelieved(String change) {
    var parts = change.split("=", 2);
    issuer.metadata = it -> it.with(parts[0], Value.of(parts[1]));
    assertThat(signIn.begin(attempt("staff"))).isInstanceOf(Away.class);
  }

  @Test
  void anIssuerWithoutSha256IsNotUsed() {
    issuer.metadata =
        it -> it.with("code_challenge_methods_supported", Value.texts(List.of("plain")));
    assertThat(signIn.begin(attempt("staff"))).isInstanceOf(Away.class);
  }

  @Test
  void anIssuerThatIsNotListedIsUnknown() {
    assertThat(signIn.begin(attempt("evil"))).isInstanceOf(Refused.class);
    assertThat(signIn.complete(attempt("evil"), new Returned("c", Optional.empty())))
        .isInstanceOf(Refused.class);
    assertThat(signIn.issuers()).containsExactly("staff", "harbor-dental");
  }

  @Test
  void noIssuerIsListedTwiceAndNoneInTheOpen() {
    assertThatThrownBy(() -> signIn(issuer.listed("a"), issuer.listed("b")))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> signIn(issuer.listed("a"), other.listed("a")))
        .isInstanceOf(InvalidValueException.class);
    for (var url : List.of("http://issuer.example", "ftp://x", "not a url", "https://a#b")) {
      assertThatThrownBy(
              () -> new PeopleIssuer("a", url, "c", () -> "s", PeopleIssuer.GROUPS, false))
          .isInstanceOf(InvalidValueException.class);
    }
    assertThatThrownBy(() ->
            new PeopleIssuer(
                "A/b", "https://a.example", "c", () -> "s", PeopleIssuer.GROUPS, false))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void aNameIsShownWithoutWhatCannotBeSeen() {
    issuer.claims = it -> it.claim("name", "Ann\u202e\u0000\u200b\n " + "x".repeat(500));
    var name = ((SignedIn) whole(attempt("staff"), issuer)).person().name();
    assertThat(name).startsWith("Ann x").hasSizeLessThanOrEqualTo(200);
  }

  @Test
  void anAddressThatIsDoubtedIsNone() {
    issuer.claims = it -> it.claim("email_verified", false);
    assertThat(((SignedIn) whole(attempt("staff"), issuer)).person().email()).isEmpty();
  }

  @Test
  void nothingShowsASecret() {
    assertThat(issuer.listed("staff").toString()).doesNotContain("s3cret");
    assertThat(attempt("staff").toString()).doesNotContain("verifier-of");
    assertThat(new Returned("code-7", Optional.empty()).toString()).doesNotContain("code-7");
  }
}
