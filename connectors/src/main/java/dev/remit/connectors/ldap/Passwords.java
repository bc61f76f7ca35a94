package dev.remit.connectors.ldap;

import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Random passwords: for accounts that live for a moment, and for people to type once. */
final class Passwords {
  /** 32 of them, without most that look alike. */
  private static final String TYPED = "abcdefghijkmnpqrstuvwxyz23456789";

  private static final int SALT_BYTES = 16;
  private static final int SHA1_BYTES = 20;
  private final SecureRandom random;

  Passwords(SecureRandom random) {
    this.random = random;
  }

  /** 192 bits that nobody types. */
  String ofAccount() {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Five groups of four, 100 bits and more, of all four kinds of characters. */
  String ofPerson() {
    var text = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      if (i > 0 && i % 4 == 0) {
        text.append('-');
      }
      text.append(TYPED.charAt(random.nextInt(TYPED.length())));
    }
    char upper = (char) ('A' + random.nextInt(26));
    return text.append(upper).append(random.nextInt(10)).toString();
  }

  /**
   * The salted SHA-1 form that OpenLDAP and its relatives store ({@code {SSHA}}), so that a
   * password of an account stands in no log of requests. SHA-1 is weak for passwords that can be
   * guessed; nobody guesses 192 random bits.
   */
  String stored(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    try {
      var sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(password.getBytes(StandardCharsets.UTF_8));
      byte[] digest = sha1.digest(salt);
      byte[] both = java.util.Arrays.copyOf(digest, SHA1_BYTES + SALT_BYTES);
      System.arraycopy(salt, 0, both, SHA1_BYTES, SALT_BYTES);
      return "{SSHA}" + Base64.getEncoder().encodeToString(both);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  /** How a directory takes a password in an entry. */
  enum Form {
    /** As {@link #stored}: what is sent is what is kept. */
    SSHA,
    /** As it is; the directory hashes it. */
    PLAIN,
    /** Active Directory's {@code unicodePwd}: in double quotes, UTF-16LE. */
    UNICODE_PWD;

    static Form parse(String text) {
      return switch (text) {
        case "ssha" -> SSHA;
        case "plain" -> PLAIN;
        case "unicode-pwd" -> UNICODE_PWD;
        default ->
            throw new dev.remit.core.value.InvalidValueException(
                "a password is kept as ssha, plain or unicode-pwd, not as `" + text + "`");
      };
    }

    String attribute() {
      return this == UNICODE_PWD ? "unicodePwd" : "userPassword";
    }
  }

  /** The bytes that go into the entry. */
  byte[] bytes(Form form, String password) {
    return switch (form) {
      case SSHA -> stored(password).getBytes(StandardCharsets.UTF_8);
      case PLAIN -> password.getBytes(StandardCharsets.UTF_8);
      case UNICODE_PWD -> ('"' + password + '"').getBytes(StandardCharsets.UTF_16LE);
    };
  }

  /** Puts this password in the place of any before it. */
  Modification replacing(Form form, String password) {
    return new Modification(ModificationType.REPLACE, form.attribute(), bytes(form, password));
  }
}
