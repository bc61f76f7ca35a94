package dev.remit.web.http;

import io.helidon.http.HeaderNames;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The bearer token of a request and the challenges that ask for one (RFC 6750, sections 2.1 and 3).
 *
 * <p>Taken from the {@code Authorization} field only, never from the URL or the body.
 */
public final class Bearer {

  private static final Pattern FORM =
      Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]{1,12000}=*)");

  private Bearer() {}

  /** The token; a missing one is challenged without an error code, as section 3.1 asks for. */
  public static String of(Exchange exchange, String challenge) {
    var field = exchange.header(HeaderNames.AUTHORIZATION);
    if (field.isEmpty()) {
      throw new Refusal(
          401,
          "token-missing",
          "send a bearer token in `Authorization`",
          Map.of("WWW-Authenticate", challenge));
    }
    var match = FORM.matcher(field.get());
    if (!match.matches()) {
      throw new Refusal(
          400,
          "token-malformed",
          "`Authorization` must be the word Bearer and a token",
          Map.of("WWW-Authenticate", challenge + ", error=\"invalid_request\""));
    }
    return match.group(1);
  }

  /** A token that proves nothing here; it says no more than that. */
  public static Refusal invalid(String challenge) {
    return new Refusal(
        401,
        "token-invalid",
        "the token was not accepted",
        Map.of("WWW-Authenticate", challenge + ", error=\"invalid_token\""));
  }
}
