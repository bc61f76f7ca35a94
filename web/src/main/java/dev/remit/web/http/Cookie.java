package dev.remit.web.http;

import io.helidon.http.HeaderNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Cookies that belong to this host and path {@code /} alone (RFC 6265bis, section 4.1.3.2, {@code
 * __Host-}). Values are base64url.
 */
public final class Cookie {

  private Cookie() {}

  /** A {@code Set-Cookie} value; scripts never see it, other sites' forms never send it. */
  public static String host(String name, String value, Duration life) {
    if (!name.startsWith("__Host-") || !value.matches("[A-Za-z0-9_-]*")) {
      throw new IllegalArgumentException("a cookie here is __Host- and base64url");
    }
    return name
        + "="
        + value
        + "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age="
        + life.toSeconds();
  }

  /** A {@code Set-Cookie} value that removes it. */
  public static String cleared(String name) {
    return host(name, "", Duration.ZERO);
  }

  /** The one value of this name; one that came twice with different values is none. */
  public static Optional<String> of(Exchange exchange, String name) {
    var found = new ArrayList<String>();
    for (var field : exchange.headers(HeaderNames.COOKIE)) {
      for (var pair : field.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
          found.add(pair.substring(equals + 1).strip());
        }
      }
    }
    return found.stream().distinct().count() == 1
        ? Optional.of(found.getFirst()).filter(value -> value.matches("[A-Za-z0-9_-]{1,512}"))
        : Optional.empty();
  }
}
