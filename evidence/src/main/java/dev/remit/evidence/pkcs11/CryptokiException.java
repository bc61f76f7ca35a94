package dev.remit.evidence.pkcs11;

import java.util.Locale;

/** A token or its module did not do what was asked; the message says why, and never the PIN. */
public final class CryptokiException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private static final long PIN_INCORRECT = 0xa0;
  private static final long PIN_LOCKED = 0xa4;

  private final long code;

  private CryptokiException(String message, long code) {
    super(message);
    this.code = code;
  }

  /** Something that is not a code of the module. */
  public CryptokiException(String message) {
    this(message, 0);
  }

  /** A function returned this CKR code (PKCS #11 3.0, section 5.1). */
  static CryptokiException of(String function, long code) {
    if (code == PIN_INCORRECT || code == PIN_LOCKED) {
      return new CryptokiException(
          "the token refused the PIN: put the right one into the PIN file, then log in once with"
              + " the token's own tool",
          code);
    }
    return new CryptokiException(
        String.format(Locale.ROOT, "the token failed at %s with 0x%x", function, code), code);
  }

  boolean isOfThePin() {
    return code == PIN_INCORRECT || code == PIN_LOCKED;
  }
}
