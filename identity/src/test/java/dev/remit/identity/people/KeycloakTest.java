package dev.remit.identity.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.identity.PersonSignIn.Attempt;
import dev.remit.core.identity.PersonSignIn.Away;
import dev.remit.core.identity.PersonSignIn.Redirect;
import dev.remit.core.identity.PersonSignIn.Refused;
import dev.remit.core.identity.PersonSignIn.Returned;
import dev.remit.core.identity.PersonSignIn.SignedIn;
import dev.remit.core.release.People;
import dev.remit.core.tenant.TenantId;
import dev.remit.identity.HttpJwksSource;
import dev.remit.identity.KeyTimes;
import dev.remit.testkit.people.Keycloak;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Sign-in at a real Keycloak, one realm for the MSP and one for a client. */
@Tag("keycloak")
@EnabledIfSystemProperty(named = "remit.keycloak", matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeycloakTest {

  private static final String BACK = "http://localhost:8471/signin/callback/";
  private static final TenantId HARBOR = new TenantId("harbor-dental");
  private static final Pattern ACTION = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final IssuerClient client = new IssuerClient(Duration.ofSeconds(10));
  private Keycloak keycloak;
  private OidcSignIn signIn;
  private int attempts;

  @BeforeAll
  void start() {
    keycloak = Keycloak.in(Path.of(System.getProperty("remit.keycloak"))).start(BACK);
    signIn = signIn("staff");
  }

  private OidcSignIn signIn(String ours) {
    var people =
        new People(
            Map.of(
                "senior",
                new People.Group(ours, "senior-technicians", Set.of(PersonFunction.APPROVE))),
            Map.of(HARBOR, new People.Approvers("harbor-dental", "it-approvers")));
    return new OidcSignIn(
        List.of(listed("staff", "msp"), listed("harbor-dental", "harbor-dental")),
        () -> people,
        client,
        new HttpJwksSource(Duration.ofSeconds(10)),
        KeyTimes.DEFAULT,
        InstantSource.system());
  }

  private PeopleIssuer listed(String name, String realm) {
    return new PeopleIssuer(
        name,
        keycloak.issuer(realm),
        Keycloak.CLIENT,
        () -> Keycloak.SECRET,
        PeopleIssuer.GROUPS,
        false);
  }

  @AfterAll
  void stop() {
    if (keycloak != null) {
      keycloak.close();
    }
    client.close();
    http.close();
  }

  private Attempt attempt(String issuer, Optional<Duration> freshWithin) {
    attempts++;
    return new Attempt(
        issuer,
        BACK + issuer,
        "state-" + attempts,
        "nonce-" + attempts,
        ("verifier-" + attempts + "-").repeat(5),
        freshWithin);
  }

  /** What a browser does: cookies of one realm, and forms that are sent back as they came. */
  private final class Visitor {

    private final Map<String, String> cookies = new TreeMap<>();

    HttpResponse<String> send(String address, String form) {
      var request =
          HttpRequest.newBuilder(URI.create(address))
              .header(
                  "Cookie",
                  String.join(
                      "; ",
                      cookies.entrySet().stream()
                          .map(it -> it.getKey() + "=" + it.getValue())
                          .toList()));
      if (form.isEmpty()) {
        request.GET();
      } else {
        request
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
      }
      try {
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        for (var cookie : answer.headers().allValues("set-cookie")) {
          var pair = cookie.split(";", 2)[0].split("=", 2);
          cookies.put(pair[0], pair[1]);
        }
        return answer;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    HttpResponse<String> login(String page, String password) {
      var action = ACTION.matcher(page);
      assertThat(action.find()).as(page).isTrue();
      return send(
          action.group(1).replace("&amp;", "&"),
          "username=ann&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8));
    }
  }

  private static Returned returned(HttpResponse<String> answer, Attempt attempt) {
    String location = answer.headers().firstValue("location").orElse("");
    assertThat(location).startsWith(attempt.redirectUri() + "?");
    var query = FakeIssuer.query(location);
    assertThat(query).containsEntry("state", attempt.state());
    return new Returned(query.getOrDefault("code", ""), Optional.ofNullable(query.get("iss")));
  }

  private String leave(Attempt attempt) {
    return ((Redirect) signIn.begin(attempt)).url();
  }

  private Person whole(Visitor visitor, String issuer) {
    var attempt = attempt(issuer, Optional.empty());
    var page = visitor.send(leave(attempt), "");
    var back = page.statusCode() == 200 ? visitor.login(page.body(), Keycloak.PASSWORD) : page;
    return ((SignedIn) signIn.complete(attempt, returned(back, attempt))).person();
  }

  @Test
  void peopleOfBothRealmsSignInEachForTheirOrganisation() {
    var ours = whole(new Visitor(), "staff");
    assertThat(ours.organisation()).isEqualTo(new Organisation.Msp());
    assertThat(ours.groups()).containsExactly("senior-technicians");
    assertThat(ours.name()).isEqualTo("Ann Example");
    assertThat(ours.email()).contains("ann@msp.example");
    var theirs = whole(new Visitor(), "harbor-dental");
    assertThat(theirs.organisation()).isEqualTo(new Organisation.Client(HARBOR));
    assertThat(theirs.groups()).containsExactly("it-approvers");
    assertThat(theirs.id()).isNotEqualTo(ours.id());
  }

  @Test
  void aCodeIsRedeemedOnceAndAtItsOwnRealm() {
    var visitor = new Visitor();
    var attempt = attempt("staff", Optional.empty());
    var page = visitor.send(leave(attempt), "");
    var back = returned(visitor.login(page.body(), Keycloak.PASSWORD), attempt);
    assertThat(back.iss()).contains(keycloak.issuer("msp"));
    var mixed = new Returned(back.code(), Optional.of(keycloak.issuer("harbor-dental")));
    assertThat(signIn.complete(attempt, mixed)).isInstanceOf(Refused.class);
    assertThat(signIn.complete(attempt, back)).isInstanceOf(SignedIn.class);
    assertThat(signIn.complete(attempt, back)).isInstanceOf(Refused.class);
    assertThat(signIn.complete(attempt("harbor-dental", Optional.empty()), mixed))
        .isInstanceOf(Refused.class);
  }

  @Test
  void aStolenCodeIsNothingWithoutTheVerifier() {
    var visitor = new Visitor();
    var attempt = attempt("staff", Optional.empty());
    var page = visitor.send(leave(attempt), "");
    var back = returned(visitor.login(page.body(), Keycloak.PASSWORD), attempt);
    var thief =
        new Attempt(
            "staff",
            attempt.redirectUri(),
            attempt.state(),
            attempt.nonce(),
            "another-verifier-of-at-least-43-characters-xxx",
            Optional.empty());
    assertThat(signIn.complete(thief, back)).isInstanceOf(Refused.class);
  }

  @Test
  void signingInAgainShowsTheFormThoughTheRealmKnowsTheBrowser() {
    var visitor = new Visitor();
    var first = whole(visitor, "staff");
    var silent = attempt("staff", Optional.empty());
    assertThat(visitor.send(leave(silent), "").statusCode()).isEqualTo(302);
    var again = attempt("staff", Optional.of(Duration.ofMinutes(5)));
    var page = visitor.send(leave(again), "");
    assertThat(page.statusCode()).isEqualTo(200);
    var back = returned(visitor.login(page.body(), Keycloak.PASSWORD), again);
    var person = ((SignedIn) signIn.complete(again, back)).person();
    assertThat(person.id()).isEqualTo(first.id());
    assertThat(person.signedInAt()).isAfterOrEqualTo(first.signedInAt());
  }

  @Test
  void aWrongPasswordLeadsNowhere() {
    var visitor = new Visitor();
    var page = visitor.send(leave(attempt("staff", Optional.empty())), "");
    var answer = visitor.login(page.body(), "wrong");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("location")).isEmpty();
  }

  @Test
  void theRealmSendsNobodyToAnotherAddress() {
    var attempt =
        new Attempt(
            "staff",
            "http://localhost:8471/signin/callback/staff/../evil",
            "s",
            "n",
            "verifier-of-at-least-43-characters-long-xxxxxx",
            Optional.empty());
    assertThat(new Visitor().send(leave(attempt), "").statusCode()).isEqualTo(400);
  }

  @Test
  void anIssuerThatPolicyDoesNotNameSignsNobodyIn() {
    var strict = signIn("another-name");
    var visitor = new Visitor();
    var attempt = attempt("staff", Optional.empty());
    var page = visitor.send(((Redirect) strict.begin(attempt)).url(), "");
    var back = returned(visitor.login(page.body(), Keycloak.PASSWORD), attempt);
    assertThat(strict.complete(attempt, back))
        .isInstanceOf(Refused.class)
        .isNotInstanceOf(Away.class);
  }
}
