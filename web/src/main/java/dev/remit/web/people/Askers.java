package dev.remit.web.people;

import dev.remit.core.release.People;
import dev.remit.core.value.InvalidValueException;
import dev.remit.web.http.Bearer;
import dev.remit.web.http.Endpoint;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.OperatorToken;
import dev.remit.web.http.Refusal;
import dev.remit.web.people.Rights.Verb;
import io.helidon.http.HeaderNames;
import java.util.function.Supplier;

/**
 * Tells who asks: a bearer token is the machine administrator's or nobody's, and without one it is
 * the person of the session. A workload's token is neither, and nothing else is asked about it.
 */
final class Askers {

  private static final String CHALLENGE = "Bearer realm=\"remit people\"";

  private final OperatorToken operator;
  private final Sessions sessions;
  private final SignedIn signedIn;
  private final Supplier<People> people;

  Askers(OperatorToken operator, Sessions sessions, SignedIn signedIn, Supplier<People> people) {
    this.sessions = sessions;
    this.operator = operator;
    this.signedIn = signedIn;
    this.people = people;
  }

  /** What answers an asker. */
  @FunctionalInterface
  interface AskerEndpoint {
    void handle(Exchange exchange, Asker asker);
  }

  /** For the administrator of the machine and for people. */
  Endpoint either(AskerEndpoint inner) {
    var forPeople =
        signedIn.api(
            (exchange, session) -> inner.handle(exchange, new Asker.OfPerson(session, people)));
    return exchange -> {
      if (exchange.header(HeaderNames.AUTHORIZATION).isEmpty()) {
        forPeople.handle(exchange);
        return;
      }
      String token = Bearer.of(exchange, CHALLENGE);
      var asker =
          operator.matches(token) ? new Asker.Operator() : new Asker.OfPerson(ofCli(token), people);
      translated(() -> inner.handle(exchange, asker));
    };
  }

  /**
   * For people, in a browser or through a command line that may do this: what a command line may
   * not do is never wrapped by this.
   */
  Endpoint worker(Verb verb, SignedIn.PersonEndpoint inner) {
    if (!Rights.OF_CLI.contains(verb)) {
      throw new IllegalStateException("no command line does " + verb);
    }
    var forPeople = people(inner);
    return exchange -> {
      var field = exchange.header(HeaderNames.AUTHORIZATION);
      if (field.isEmpty() || operator.matches(Bearer.of(exchange, CHALLENGE))) {
        forPeople.handle(exchange);
        return;
      }
      var session = ofCli(Bearer.of(exchange, CHALLENGE));
      translated(() -> inner.handle(exchange, session));
    };
  }

  private Session ofCli(String token) {
    return sessions.ofCli(token).orElseThrow(() -> Bearer.invalid(CHALLENGE));
  }

  private static void translated(Runnable handling) {
    try {
      handling.run();
    } catch (InvalidValueException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }

  /** For people alone, in a browser: no token answers. */
  Endpoint people(SignedIn.PersonEndpoint inner) {
    var forPeople = signedIn.api(inner);
    return exchange -> {
      if (exchange.header(HeaderNames.AUTHORIZATION).isPresent()) {
        String token = Bearer.of(exchange, CHALLENGE);
        if (!operator.matches(token) && sessions.ofCli(token).isEmpty()) {
          throw Bearer.invalid(CHALLENGE);
        }
        throw Rights.peopleOnly();
      }
      forPeople.handle(exchange);
    };
  }

  /** For the administrator of the machine, on the machine. */
  Endpoint onTheMachine(AskerEndpoint inner) {
    return exchange -> {
      if (!operator.matches(Bearer.of(exchange, CHALLENGE))) {
        throw Bearer.invalid(CHALLENGE);
      }
      if (!exchange.isFromThisMachine()) {
        throw new Refusal(403, "not-from-here", "this is done on the server's own machine");
      }
      try {
        inner.handle(exchange, new Asker.Operator());
      } catch (InvalidValueException e) {
        throw Refusal.badRequest(String.valueOf(e.getMessage()));
      }
    };
  }
}
