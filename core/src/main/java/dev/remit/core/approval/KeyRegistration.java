package dev.remit.core.approval;

/**
 * Checks what a browser says of a key that was made just now (Web Authentication Level 2, section
 * 7.1). Never throws for what was sent.
 */
@FunctionalInterface
public interface KeyRegistration {

  /** Whether this is a new key for this challenge, its user verified, on this site's origin. */
  Result check(byte[] challenge, Attested attested);

  /**
   * What the browser sent, each part base64url without padding.
   *
   * @param clientDataJson what the browser bound the key to
   * @param attestationObject the key and what its maker says of it
   */
  record Attested(String clientDataJson, String attestationObject) {}

  /** Whether it holds. */
  sealed interface Result {}

  /**
   * It does.
   *
   * @param credentialId base64url
   * @param credential the attested credential data with the public key, base64url, as {@link
   *     PersonKey} keeps it
   * @param counter where the signature counter begins
   * @param attestation the whole attestation object, base64url: kept, not demanded
   */
  record Valid(String credentialId, String credential, long counter, String attestation)
      implements Result {}

  /**
   * It does not.
   *
   * @param why for the person; holds no secret
   */
  record Invalid(String why) implements Result {}
}
