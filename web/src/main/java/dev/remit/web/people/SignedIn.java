package dev.remit.web.people;

import dev.remit.core.value.InvalidValueException;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Endpoint;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Form;
import dev.remit.web.http.Refusal;
import io.helidon.http.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Wraps what only signed-in people reach; gives it the {@link Session}.
 *
 * <p>How a page is made:
 *
 * <pre>{@code
 * Route.of("GET", "/console/inbox", signedIn.page((exchange, session) -> ...));
 * Route.of("POST", "/console/task/hold", signedIn.form((exchange, session, form) -> ...));
 * }</pre>
 *
 * <p>Promises: nobody without a session gets through ({@link #page} sends them to sign in, the
 * others answer 401); a request that changes something comes from a page of our own origin ({@code
 * Origin}, {@code Sec-Fetch-Site}) and carries the session's own token, or is refused with 403
 * before the handler sees it. It does not say what the person may do: that is {@link Rights}.
 */
public final class SignedIn {

  /** The header that carries {@link Session#csrf} where there is no form. */
  public static final String CSRF_HEADER = "X-Remit-Csrf";

  /** The form field that carries it. */
  public static final String CSRF_FIELD = "csrf";

  private static final Set<String> SAFE = Set.of("GET", "HEAD");

  private final Sessions sessions;
  private final Supplier<PeopleSite> site;

  /**
   * @param site known once the listener is open
   */
  public SignedIn(Sessions sessions, Supplier<PeopleSite> site) {
    this.sessions = sessions;
    this.site = site;
  }

  /** What answers a signed-in person. */
  @FunctionalInterface
  public interface PersonEndpoint {
    /** Reads the request and answers it. */
    void handle(Exchange exchange, Session session);
  }

  /** What takes a form of a signed-in person. */
  @FunctionalInterface
  public interface FormEndpoint {
    /** Reads the request and answers it. */
    void handle(Exchange exchange, Session session, Form form);
  }

  /** A page that is only read. Whoever is not signed in is sent to sign in and comes back. */
  public Endpoint page(PersonEndpoint inner) {
    return exchange -> {
      if (!SAFE.contains(exchange.method())) {
        throw new IllegalStateException("a page is only read; wrap what changes by form or api");
      }
      var session = of(exchange);
      if (session.isPresent()) {
        translated(() -> inner.handle(exchange, session.get()));
      } else {
        exchange.send(Answer.seeOther(ReturnTarget.signIn(exchange.path())));
      }
    };
  }

  /** A form of a page, sent by the browser itself or by htmx. Its token is checked already. */
  public Endpoint form(FormEndpoint inner) {
    return exchange -> {
      var session = of(exchange).orElseThrow(SignedIn::signInFirst);
      requireOwnPage(exchange);
      var form = exchange.formBody();
      requireToken(session, form.first(CSRF_FIELD).or(() -> header(exchange)));
      translated(() -> inner.handle(exchange, session, form));
    };
  }

  /** Anything else, such as JSON. The token is in the header when something is changed. */
  public Endpoint api(PersonEndpoint inner) {
    return exchange -> {
      var session = of(exchange).orElseThrow(SignedIn::signInFirst);
      if (!SAFE.contains(exchange.method())) {
        requireOwnPage(exchange);
        requireToken(session, header(exchange));
      }
      translated(() -> inner.handle(exchange, session));
    };
  }

  /** The session of a request whose wrapper is not one of these. */
  public Optional<Session> of(Exchange exchange) {
    return sessions.of(exchange);
  }

  /** Refuses a request that no page of our own origin sent. */
  void requireOwnPage(Exchange exchange) {
    var origin = exchange.header(HeaderNames.ORIGIN);
    var fetchSite = exchange.header(HeaderNames.create("Sec-Fetch-Site"));
    boolean isOurs = origin.isPresent() && origin.get().equals(site.get().origin());
    boolean isSame = fetchSite.isEmpty() || fetchSite.get().equals("same-origin");
    if (!isOurs || !isSame || !exchange.host().equalsIgnoreCase(site.get().host())) {
      throw new Refusal(
          403,
          "other-site",
          "only pages of " + site.get().origin() + " change anything; open the console there");
    }
  }

  private static void requireToken(Session session, Optional<String> sent) {
    byte[] wanted = session.csrf().getBytes(StandardCharsets.US_ASCII);
    byte[] given = sent.orElse("").getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(wanted, given)) {
      throw new Refusal(
          403, "csrf", "the form is of another session or an old page; load the page again");
    }
  }

  private static Optional<String> header(Exchange exchange) {
    return exchange.header(HeaderNames.create(CSRF_HEADER));
  }

  private static Refusal signInFirst() {
    return new Refusal(
        401,
        "sign-in-needed",
        "sign in at `/signin` first",
        Map.of("WWW-Authenticate", "Bearer realm=\"remit people\""));
  }

  private static void translated(Runnable handling) {
    try {
      handling.run();
    } catch (InvalidValueException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }
}
