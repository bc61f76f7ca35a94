package dev.remit.log;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Where this package gets its SHA-256. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this runtime has no sha-256", e);
    }
  }
}
