package dev.remit.web.people;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Bearer;
import dev.remit.web.http.Exchange;
import dev.remit.web.http.Fields;
import dev.remit.web.http.Refusal;
import dev.remit.web.http.Route;
import java.util.List;
import java.util.Set;

/** Where a command line takes its session, and gives it back. The page before it is a browser's. */
final class CliRoutes {

  private static final String CHALLENGE = "Bearer realm=\"remit people\"";

  private final CliSignIn signIn;
  private final Sessions sessions;

  CliRoutes(CliSignIn signIn, Sessions sessions) {
    this.signIn = signIn;
    this.sessions = sessions;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", "/v1/cli/token", this::token), Route.of("POST", "/v1/cli/end", this::end));
  }

  private void token(Exchange exchange) {
    exchange.onlyQuery(Set.of());
    Fields fields;
    String code;
    String verifier;
    String redirect;
    try {
      fields =
          new Fields(Json.parseObject(exchange.jsonBody()), Set.of("code", "verifier", "redirect"));
      code = fields.text("code", 200);
      verifier = fields.text("verifier", 200);
      redirect = fields.text("redirect", 200);
    } catch (InvalidValueException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
    var signedIn =
        signIn
            .redeem(code, verifier, redirect)
            .orElseThrow(() ->
                new Refusal(
                    401, "code-invalid", "the code was not accepted; run `remit login` again"));
    exchange.send(
        Answer.json(
            200,
            Value.object(
                "token", signedIn.token(),
                "person", signedIn.person().id().text(),
                "name", signedIn.person().name(),
                "endsAt", signedIn.endsAt().toString())));
  }

  private void end(Exchange exchange) {
    exchange.onlyQuery(Set.of());
    sessions.endCli(Bearer.of(exchange, CHALLENGE));
    exchange.send(Answer.empty(204));
  }
}
