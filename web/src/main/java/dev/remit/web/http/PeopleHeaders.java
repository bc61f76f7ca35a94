package dev.remit.web.http;

import java.util.Map;

/**
 * Header fields of every answer on the people's listener, refusals included: no script, style or
 * form of anybody else's, no frame around us, no word to other sites about where people come from.
 *
 * <p>{@code Referrer-Policy} is not {@code no-referrer}: browsers then send forms with {@code
 * Origin: null} (Fetch Standard, "append a request Origin header"), and the origin is what we
 * check.
 */
public final class PeopleHeaders {

  /** The content security policy (CSP Level 3): nothing inline, nothing from elsewhere. */
  public static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none';"
          + " base-uri 'none'";

  /** All of them; {@code Cache-Control} and {@code nosniff} are on every answer anyway. */
  public static final Map<String, String> ALL =
      Map.of(
          "Content-Security-Policy", POLICY,
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "same-origin",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Permissions-Policy",
              "publickey-credentials-get=(self), publickey-credentials-create=(self),"
                  + " camera=(), microphone=(), geolocation=()");

  private PeopleHeaders() {}
}
