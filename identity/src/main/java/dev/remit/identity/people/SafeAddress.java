package dev.remit.identity.people;

import dev.remit.core.value.InvalidValueException;
import java.net.URI;
import java.util.Set;

/** Addresses that secrets may be sent to: https, or http on this machine. */
final class SafeAddress {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  private SafeAddress() {}

  static URI of(String text, String what) {
    try {
      var uri = URI.create(text);
      boolean isLocal = "http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost());
      if (uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawFragment() == null
          && (isLocal || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new InvalidValueException(what + " must be at an https address, or http on loopback");
  }
}
