package dev.remit.core.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * How a secret looks where it is carried: itself, percent-encoded as in a form, and inside base64
 * at each of the three places where it may begin there, as in a header of basic authentication.
 */
final class Guises {
  private static final String PLAIN = "*-._";

  private Guises() {}

  static Set<String> of(String secret) {
    var guises = new LinkedHashSet<String>();
    guises.add(secret);
    guises.add(percent(secret));
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    for (int before = 0; before < 3; before++) {
      var padded = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, padded, before, bytes.length);
      guises.add(whole(before, padded.length, Base64.getEncoder().encodeToString(padded)));
      guises.add(whole(before, padded.length, Base64.getUrlEncoder().encodeToString(padded)));
    }
    guises.removeIf(guise -> guise.length() < LiveSecrets.SHORTEST);
    return guises;
  }

  /** The characters that hold no bit of what stands before and behind. */
  private static String whole(int before, int bytes, String encoded) {
    return encoded.substring((before * 8 + 5) / 6, bytes * 8 / 6);
  }

  private static String percent(String secret) {
    var encoded = new StringBuilder();
    for (byte b : secret.getBytes(StandardCharsets.UTF_8)) {
      boolean isPlain = (Character.isLetterOrDigit(b) && b > 0) || PLAIN.indexOf(b) >= 0;
      encoded.append(isPlain ? String.valueOf((char) b) : "%" + hex(b));
    }
    return encoded.toString();
  }

  private static String hex(byte b) {
    return HexFormat.of().withUpperCase().toHexDigits(b);
  }
}
