package dev.remit.identity.passkey;

import dev.remit.core.value.InvalidValueException;
import java.util.Base64;

/** Parts of a ceremony as they travel: base64url without padding, in one spelling. */
final class Parts {

  private Parts() {}

  static byte[] decoded(String text, int mostBytes, String what) {
    if (text.isEmpty() || text.length() > (mostBytes * 4 + 2) / 3) {
      throw new InvalidValueException("the " + what + " is empty or too long");
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException("the " + what + " is not base64url");
    }
    if (!encoded(bytes).equals(text)) {
      throw new InvalidValueException("the " + what + " is not in its one spelling");
    }
    return bytes;
  }

  static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
