package dev.remit.web.people;

import dev.remit.core.value.InvalidValueException;
import java.net.URI;
import java.util.Set;

/**
 * Where people's browsers find this installation: the one origin that pages, sign-in and keys are
 * bound to.
 *
 * <p>Over plain HTTP it is {@code localhost} and nothing else: a browser gives keys (Web
 * Authentication Level 2, section 5.1.2) to no address without a name.
 *
 * @param origin scheme, host and port as a browser writes them in {@code Origin}
 */
public record PeopleSite(String origin) {

  /** The installation that people reach on the same machine. */
  public static PeopleSite loopback(int port) {
    return new PeopleSite("http://localhost:" + port);
  }

  public PeopleSite {
    var uri = URI.create(origin);
    boolean isBare =
        uri.getHost() != null
            && uri.getRawPath().isEmpty()
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && uri.getRawUserInfo() == null
            && origin.equals(origin.toLowerCase(java.util.Locale.ROOT));
    boolean isSafe =
        "https".equals(uri.getScheme())
            || ("http".equals(uri.getScheme()) && Set.of("localhost").contains(uri.getHost()));
    if (!isBare || !isSafe) {
      throw new InvalidValueException(
          "the people's site `"
              + origin
              + "` must be https://HOST or http://localhost:PORT, in small letters, without a path");
    }
  }

  /** The relying party's id for keys: the host alone. */
  public String rpId() {
    return URI.create(origin).getHost();
  }

  /** The authority as a browser writes it in {@code Host}. */
  public String host() {
    return URI.create(origin).getRawAuthority();
  }
}
