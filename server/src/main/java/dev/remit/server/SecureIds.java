package dev.remit.server;

import dev.remit.core.flow.Ids;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Names with 160 random bits, 27 characters. */
final class SecureIds implements Ids {

  private final SecureRandom random;

  SecureIds(SecureRandom random) {
    this.random = random;
  }

  @Override
  public String id() {
    byte[] bytes = new byte[20];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String salt() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
