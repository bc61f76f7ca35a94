package dev.remit.web.people;

import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.PersonSignIn;
import dev.remit.core.identity.PersonSignIn.Attempt;
import dev.remit.core.identity.PersonSignIn.Returned;
import dev.remit.core.release.People;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Cookie;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Sign-in and sign-out.
 *
 * <p>Promises: a session begins only for a browser that left from here with a secret of its own,
 * came back with what the issuer gave for exactly that, and whose person the issuer vouches for;
 * each issuer has a redirect URI of its own, so that one's answer never passes for another's (RFC
 * 9700, section 4.4); nobody is sent anywhere but to an issuer and to paths of our own. What goes
 * wrong is a page with words and no session.
 */
public final class SignInRoutes {

  private static final System.Logger LOG = System.getLogger(SignInRoutes.class.getName());

  private static final Set<String> RETURNED =
      Set.of("code", "state", "iss", "error", "error_description", "error_uri", "session_state");

  private static final String UNKNOWN =
      "nobody signs in under that name: look at it again, or ask your service provider for it";

  private final PersonSignIn signIn;
  private final Supplier<People> people;
  private final Sessions sessions;
  private final SignedIn signedIn;
  private final SessionTimes times;
  private final Supplier<PeopleSite> site;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final SignInPage page;

  /**
   * @param random must be fit for secrets
   */
  public SignInRoutes(
      PersonSignIn signIn,
      Supplier<People> people,
      Sessions sessions,
      SignedIn signedIn,
      SessionTimes times,
      Supplier<PeopleSite> site,
      InstantSource clock,
      RandomGenerator random,
      SignInPage page) {
    this.signIn = signIn;
    this.people = people;
    this.sessions = sessions;
    this.signedIn = signedIn;
    this.times = times;
    this.site = site;
    this.clock = clock;
    this.random = random;
    this.page = page;
  }

  /** The routes. */
  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/signin", this::choose),
        Route.of("GET", "/signin/start/*", this::start),
        Route.of("GET", "/signin/callback/*", this::comeBack),
        Route.of(
            "POST",
            "/signout",
            signedIn.form((exchange, session, form) ->
                exchange.send(Answer.seeOther("/signin").withCookie(sessions.end(exchange))))));
  }

  private void choose(Exchange exchange) {
    exchange.onlyQuery(Set.of("return", "organisation"));
    if (!isAtOurSite(exchange)) {
      exchange.send(Answer.seeOther(site.get().origin() + "/signin"));
      return;
    }
    var wanted = exchange.query("return");
    var named = exchange.query("organisation").map(SignInRoutes::asName);
    exchange.send(
        named.isEmpty()
            ? page(200, wanted, Optional.empty())
            : named
                .filter(signIn.issuers()::contains)
                .map(name -> Answer.seeOther("/signin/start/" + name + query(wanted)))
                .orElseGet(() -> page(404, wanted, Optional.of(UNKNOWN))));
  }

  private static String asName(String typed) {
    return typed.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", "-");
  }

  private static String query(Optional<String> wanted) {
    String target = ReturnTarget.of(wanted);
    return target.equals(ReturnTarget.HOME) ? "" : "?return=" + target;
  }

  private Optional<Organisation> organisation(String issuer) {
    return people.get().organisationOf(issuer);
  }

  private Answer page(int status, Optional<String> wanted, Optional<String> message) {
    // Who the clients are is nobody's business: only the MSP's own issuers are listed.
    var choices =
        signIn.issuers().stream()
            .filter(
                name -> organisation(name).filter(Organisation.Msp.class::isInstance).isPresent())
            .map(name -> new SignInPage.Choice(name, "/signin/start/" + name + query(wanted)))
            .toList();
    return Answer.html(status, page.render(choices, message));
  }

  private void start(Exchange exchange) {
    exchange.onlyQuery(Set.of("return", "again"));
    if (!isAtOurSite(exchange)) {
      exchange.send(Answer.seeOther(site.get().origin() + "/signin"));
      return;
    }
    String issuer = known(exchange.variable());
    var secret = SignInSecret.fresh(random);
    var wanted =
        new SignInSecret.Wanted(
            issuer,
            ReturnTarget.of(exchange.query("return")),
            exchange.query("again").isPresent(),
            clock.instant().plus(SignInSecret.LIFE));
    exchange.send(
        switch (signIn.begin(attempt(secret, wanted, secret.state(wanted)))) {
          case PersonSignIn.Redirect(String url) ->
              Answer.seeOther(url).withCookie(secret.cookie());
          case PersonSignIn.Away(String why) -> failed(503, issuer, why, away(issuer));
          case PersonSignIn.Refused(String why) -> failed(503, issuer, why, away(issuer));
        });
  }

  private void comeBack(Exchange exchange) {
    exchange.onlyQuery(RETURNED);
    String issuer = known(exchange.variable());
    var now = clock.instant();
    var state = exchange.query("state").orElse("");
    var secret = SignInSecret.of(exchange);
    var wanted = secret.flatMap(it -> it.wanted(state, issuer, now));
    if (secret.isEmpty() || wanted.isEmpty() || !isAtOurSite(exchange)) {
      exchange.send(
          failed(400, issuer, "state", "this sign-in was not begun here, or too long ago"));
      return;
    }
    if (exchange.query("error").isPresent() || exchange.query("code").isEmpty()) {
      exchange.send(failed(403, issuer, "error", "`" + issuer + "` did not sign you in"));
      return;
    }
    var returned = new Returned(exchange.query("code").orElseThrow(), exchange.query("iss"));
    exchange.send(
        switch (signIn.complete(attempt(secret.get(), wanted.get(), state), returned)) {
          case PersonSignIn.SignedIn(var person) ->
              Answer.seeOther(wanted.get().target())
                  .withCookie(sessions.begin(person, Cookie.of(exchange, Sessions.COOKIE)))
                  .withCookie(Cookie.cleared(SignInSecret.COOKIE));
          case PersonSignIn.Refused(String why) ->
              failed(403, issuer, why, "what `" + issuer + "` said was not accepted: " + why);
          case PersonSignIn.Away(String why) -> failed(503, issuer, why, away(issuer));
        });
  }

  private Attempt attempt(SignInSecret secret, SignInSecret.Wanted wanted, String state) {
    return new Attempt(
        wanted.issuer(),
        site.get().origin() + "/signin/callback/" + wanted.issuer(),
        state,
        secret.nonce(),
        secret.verifier(),
        wanted.isAgain() ? Optional.of(times.stepUp()) : Optional.<Duration>empty());
  }

  private Answer failed(int status, String issuer, String why, String words) {
    LOG.log(System.Logger.Level.INFO, "sign-in at {0} failed: {1}", issuer, why);
    return page(status, Optional.empty(), Optional.of(words))
        .withCookie(Cookie.cleared(SignInSecret.COOKIE));
  }

  private static String away(String issuer) {
    return "`" + issuer + "` cannot be reached just now, so nobody of it can sign in; try again";
  }

  private String known(String issuer) {
    if (!signIn.issuers().contains(issuer)) {
      throw Refusal.notFound();
    }
    return issuer;
  }

  private boolean isAtOurSite(Exchange exchange) {
    return exchange.host().equalsIgnoreCase(site.get().host());
  }
}
