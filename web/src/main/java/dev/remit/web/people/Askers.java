package dev.remit.web.people;

import dev.remit.core.release.People;
import dev.remit.core.value.InvalidValueException;
import dev.remit.web.http.Bearer;
import dev.remit.web.http.Endpoint;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.OperatorToken;
import dev.remit.web.http.Refusal;
import io.helidon.http.HeaderNames;
import java.util.function.Supplier;

/**
 * Tells who asks: a bearer token is the machine administrator's or nobody's, and without one it is
 * the person of the session. A workload's token is neither, and nothing else is asked about it.
 */
final class Askers {

  private static final String CHALLENGE = "Bearer realm=\"remit people\"";

  private final OperatorToken operator;
  private final SignedIn signedIn;
  private final Supplier<People> people;

  Askers(OperatorToken operator, SignedIn signedIn, Supplier<People> people) {
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
      if (!operator.matches(Bearer.of(exchange, CHALLENGE))) {
        throw Bearer.invalid(CHALLENGE);
      }
      try {
        inner.handle(exchange, new Asker.Operator());
      } catch (InvalidValueException e) {
        throw Refusal.badRequest(String.valueOf(e.getMessage()));
      }
    };
  }

  /** For people alone: no token answers. */
  Endpoint people(SignedIn.PersonEndpoint inner) {
    var forPeople = signedIn.api(inner);
    return exchange -> {
      if (exchange.header(HeaderNames.AUTHORIZATION).isPresent()) {
        if (!operator.matches(Bearer.of(exchange, CHALLENGE))) {
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
