package dev.remit.lab.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * An OAuth client's proof of itself at a token endpoint: `client_secret_basic` or
 * `client_secret_post` (RFC 6749 §2.3.1).
 */
public record ClientLogin(String id, String secret) {

  /** Reads either form; both at once are refused. */
  public static ClientLogin of(Call call, Map<String, String> form) {
    Optional<String> basic = call.authorization().filter(a -> a.startsWith("Basic "));
    if (basic.isPresent()) {
      if (form.containsKey("client_secret")) {
        throw Refusal.badRequest("authenticate in one way only");
      }
      return basic(basic.get().substring(6));
    }
    String id = form.get("client_id");
    String secret = form.get("client_secret");
    if (id == null || secret == null) {
      throw unknown();
    }
    return new ClientLogin(id, secret);
  }

  private static ClientLogin basic(String encoded) {
    try {
      String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      if (colon < 0) {
        throw unknown();
      }
      return new ClientLogin(
          URLDecoder.decode(text.substring(0, colon), StandardCharsets.UTF_8),
          URLDecoder.decode(text.substring(colon + 1), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw unknown();
    }
  }

  /** Refuses the client unless its secret is the expected one. */
  public void check(Optional<String> expected) {
    byte[] given = secret.getBytes(StandardCharsets.UTF_8);
    byte[] right = expected.orElse("").getBytes(StandardCharsets.UTF_8);
    if (expected.isEmpty() || !MessageDigest.isEqual(given, right)) {
      throw unknown();
    }
  }

  private static Refusal unknown() {
    return new Refusal(401, "invalid_client", "unknown client or wrong secret");
  }
}
