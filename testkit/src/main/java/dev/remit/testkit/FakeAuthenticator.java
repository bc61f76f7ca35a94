package dev.remit.testkit;

import dev.remit.core.approval.Assertion;
import dev.remit.core.call.Sha256;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/**
 * A software authenticator with behaviour: it signs with ES256, counts, verifies its user or not,
 * and speaks to one origin.
 */
public final class FakeAuthenticator {

  /** The origin of the installation that tests check for. */
  public static final String ORIGIN = "https://remit.example";

  private final KeyPair pair;
  private final String credentialId;
  private long counter;
  private boolean isUserVerified = true;
  private String origin = ORIGIN;

  public FakeAuthenticator(String credentialId) {
    this.credentialId = credentialId;
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      this.pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  /** The key's name. */
  public String credentialId() {
    return credentialId;
  }

  /** The public key as {@link FakeAssertionCheck} reads it. */
  public String credential() {
    return encode(pair.getPublic().getEncoded());
  }

  /** From now on its user is not verified, only present. */
  public FakeAuthenticator withoutUserVerification() {
    isUserVerified = false;
    return this;
  }

  /** From now on it is used at another origin. */
  public FakeAuthenticator at(String other) {
    origin = other;
    return this;
  }

  /** The next signature counts from here on; back, if it is a copy. */
  public FakeAuthenticator counterAt(long value) {
    counter = value;
    return this;
  }

  /** Signs a challenge. */
  public Assertion sign(byte[] challenge) {
    var clientData =
        CanonicalJson.text(
                Value.object(
                    "type", "webauthn.get", "challenge", encode(challenge), "origin", origin))
            .getBytes(StandardCharsets.UTF_8);
    counter++;
    var data =
        ByteBuffer.allocate(37)
            .put(Sha256.raw(FakeAssertionCheck.RELYING_PARTY.getBytes(StandardCharsets.UTF_8)))
            .put((byte) (isUserVerified ? 0x05 : 0x01))
            .putInt((int) counter)
            .array();
    try {
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(data);
      signature.update(Sha256.raw(clientData));
      return new Assertion(
          credentialId, encode(clientData), encode(data), encode(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this key cannot sign", e);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
