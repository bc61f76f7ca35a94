package dev.remit.web.oauth;

import dev.remit.core.identity.TokenAuthority.Statement;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.web.http.Form;
import dev.remit.web.http.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What comes to the token endpoint, taken apart and not yet believed (RFC 8693, section 2.1; RFC
 * 7523, section 2.2; RFC 9396, section 2).
 *
 * @param subject whose work it is: the workload that asks, or the task token of an agent whose work
 *     is taken over
 * @param actor who takes it over
 * @param assertion the client's own signature
 * @param detail the one entry of {@code authorization_details}, without its type
 */
record ExchangeForm(
    Optional<Statement> subject,
    Optional<Statement> actor,
    Optional<Statement> assertion,
    Value.Obj detail) {

  static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

  private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final Set<String> TOKEN_TYPES =
      Set.of(ACCESS_TOKEN, "urn:ietf:params:oauth:token-type:jwt");
  private static final int LONGEST_TOKEN = 12_000;
  private static final int LONGEST_DETAILS = 16_000;

  /** Reads it; {@code base} is this server, the one place that its tokens are for. */
  static ExchangeForm read(Form form, String base) {
    if (!form.text("grant_type", 200).equals(EXCHANGE)) {
      throw new Refusal(400, "unsupported_grant_type", "use " + EXCHANGE);
    }
    requireResource(form, base);
    var assertion = assertion(form);
    return new ExchangeForm(
        token(form, "subject_token", assertion),
        token(form, "actor_token", assertion),
        assertion,
        detail(form));
  }

  /** The workload that asks for a token of its own task. */
  Optional<Statement> asker() {
    if (actor.isPresent()) {
      throw new Refusal(
          400, "invalid_request", "work is taken over by a live task token as `subject_token`");
    }
    return one(subject, assertion);
  }

  /** The workload that takes over the work of the subject. */
  Optional<Statement> taker() {
    return one(actor, assertion);
  }

  /** A client proves itself in one way (RFC 6749, section 2.3). */
  private static Optional<Statement> one(Optional<Statement> token, Optional<Statement> assertion) {
    if (token.isPresent() && assertion.isPresent() && !token.equals(assertion)) {
      throw new Refusal(
          400, "invalid_request", "send a token or a client assertion of yours, not both");
    }
    return token.or(() -> assertion);
  }

  private static Optional<Statement> assertion(Form form) {
    var type = form.first("client_assertion_type");
    if (type.isEmpty() && form.first("client_assertion").isEmpty()) {
      return Optional.empty();
    }
    if (!type.equals(Optional.of(JWT_BEARER))) {
      throw new Refusal(400, "invalid_client", "`client_assertion_type` must be " + JWT_BEARER);
    }
    return Optional.of(
        new Statement(
            Statement.Kind.ASSERTION,
            form.text("client_assertion", LONGEST_TOKEN),
            form.first("client_id")));
  }

  /** What is the client's assertion once more is that, not another token. */
  private static Optional<Statement> token(Form form, String field, Optional<Statement> assertion) {
    if (form.first(field).isEmpty()) {
      return Optional.empty();
    }
    if (!TOKEN_TYPES.contains(form.text(field + "_type", 200))) {
      throw new Refusal(400, "invalid_request", "`" + field + "_type` must be " + ACCESS_TOKEN);
    }
    var text = form.text(field, LONGEST_TOKEN);
    return assertion
        .filter(one -> one.text().equals(text))
        .or(() -> Optional.of(new Statement(Statement.Kind.TOKEN, text)));
  }

  /** The token is for this gateway, whatever it is named for (RFC 8693, section 2.1). */
  private static void requireResource(Form form, String base) {
    for (String field : List.of("resource", "audience")) {
      form.first(field)
          .filter(target -> !target.equals(base) && !target.startsWith(base + "/"))
          .ifPresent(_ -> {
            throw new Refusal(400, "invalid_target", "tokens are for this gateway only");
          });
    }
    form.first("requested_token_type")
        .filter(type -> !type.equals(ACCESS_TOKEN))
        .ifPresent(_ -> {
          throw new Refusal(400, "invalid_request", "ask for " + ACCESS_TOKEN);
        });
  }

  private static Value.Obj detail(Form form) {
    try {
      var details = Json.parse(form.text("authorization_details", LONGEST_DETAILS));
      if (details instanceof Value.Array(var items)
          && items.size() == 1
          && items.getFirst() instanceof Value.Obj detail
          && detail.text("type").equals(Optional.of("msp_task"))) {
        return detail.without("type");
      }
    } catch (InvalidValueException e) {
      // told below
    }
    throw wrongDetails("send one object of the type `msp_task` in a list");
  }

  static Refusal wrongDetails(String words) {
    return new Refusal(400, "invalid_authorization_details", words);
  }
}
