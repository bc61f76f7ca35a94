package dev.remit.lab.people;

import dev.remit.lab.http.Call;
import dev.remit.lab.http.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a client asks for a person (OpenID Connect Core §3.1.2.1, RFC 7636).
 *
 * @param challenge SHA-256 of the verifier, base64url
 */
record AuthorizationRequest(
    String clientId, String redirectUri, Optional<String> state, String nonce, String challenge) {

  /** A request that is told to the client, at a redirect URI that is known to be its own. */
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;
    private final String error;

    Wrong(String error, String words) {
      super(words, null, false, false);
      this.error = error;
    }

    String error() {
      return error;
    }
  }

  /** Only the client and where to send the person; refused towards the browser, never sent on. */
  static String redirectUri(Call call, String clientId, Predicate<String> registered) {
    if (!call.query("client_id").filter(clientId::equals).isPresent()) {
      throw Refusal.badRequest("unknown `client_id`");
    }
    return call.query("redirect_uri")
        .filter(registered)
        .orElseThrow(() -> Refusal.badRequest("`redirect_uri` is not one that is registered"));
  }

  static AuthorizationRequest of(Call call, String clientId, String redirectUri) throws Wrong {
    if (call.query("request").isPresent()) {
      throw new Wrong("request_not_supported", "request objects are not supported");
    }
    if (call.query("request_uri").isPresent()) {
      throw new Wrong("request_uri_not_supported", "request objects are not supported");
    }
    if (!call.query("response_type").filter("code"::equals).isPresent()) {
      throw new Wrong("unsupported_response_type", "only response_type=code");
    }
    if (call.query("response_mode").filter(mode -> !mode.equals("query")).isPresent()) {
      throw new Wrong("invalid_request", "only response_mode=query");
    }
    List<String> scopes = Arrays.asList(call.query("scope").orElse("").split(" ", -1));
    if (!scopes.contains("openid")) {
      throw new Wrong("invalid_scope", "ask for the scope openid");
    }
    if (call.query("prompt").filter("none"::equals).isPresent()) {
      throw new Wrong("login_required", "nobody stays signed in here");
    }
    if (!call.query("code_challenge_method").filter("S256"::equals).isPresent()) {
      throw new Wrong("invalid_request", "code_challenge_method must be S256");
    }
    String challenge =
        call.query("code_challenge")
            .filter(text -> text.matches("[A-Za-z0-9_-]{43}"))
            .orElseThrow(() -> new Wrong("invalid_request", "code_challenge must be a SHA-256"));
    String nonce =
        call.query("nonce")
            .filter(text -> !text.isEmpty() && text.length() <= 255)
            .orElseThrow(() -> new Wrong("invalid_request", "a nonce is needed"));
    return new AuthorizationRequest(clientId, redirectUri, call.query("state"), nonce, challenge);
  }
}
