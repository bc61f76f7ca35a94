package dev.remit.log;

import java.util.Base64;

/**
 * Standard base64 (RFC 4648 §4) in which every byte string has exactly one spelling: padding is
 * required and unused bits are zero, so that text that was changed never decodes to the same bytes.
 */
final class StrictBase64 {
  private StrictBase64() {}

  static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static byte[] decode(String text, String what) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidLogDataException("the " + what + " is not base64");
    }
    if (!encode(bytes).equals(text)) {
      throw new InvalidLogDataException("the " + what + " is not in canonical base64");
    }
    return bytes;
  }
}
