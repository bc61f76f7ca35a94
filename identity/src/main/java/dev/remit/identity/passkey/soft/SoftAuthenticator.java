package dev.remit.identity.passkey.soft;

import dev.remit.core.approval.Assertion;
import dev.remit.core.approval.KeyRegistration.Attested;
import dev.remit.core.call.Sha256;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.UUID;

/**
 * One ES256 key and what a browser would send for it (Web Authentication Level 2, sections 6.1 and
 * 6.5): for labs and tests, where nobody is there to touch a real one.
 *
 * <p>It says that its user was verified without asking anybody, so it must never hold the key of a
 * real person. The key lives in this object alone. Not thread safe.
 */
public final class SoftAuthenticator {

  private static final int PRESENT = 0x01;
  private static final int VERIFIED = 0x04;
  private static final int ATTESTED = 0x40;

  private final String origin;
  private final String rpId;
  private final byte[] credentialId = new byte[16];
  private final SecureRandom random;
  private final KeyPair pair;
  private byte[] model = new byte[16];
  private long counter;

  /** A new key for the site of this origin. */
  public SoftAuthenticator(String origin, String rpId, SecureRandom random) {
    this.origin = origin;
    this.rpId = rpId;
    this.random = random;
    random.nextBytes(credentialId);
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      this.pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform lacks P-256", e);
    }
  }

  /** The same key from now on says that it is of this model; without that it says none. */
  public SoftAuthenticator ofModel(UUID aaguid) {
    model =
        ByteBuffer.allocate(16)
            .putLong(aaguid.getMostSignificantBits())
            .putLong(aaguid.getLeastSignificantBits())
            .array();
    return this;
  }

  /** The id of the key, base64url. */
  public String credentialId() {
    return encoded(credentialId);
  }

  /** What registration sends for this challenge, without attestation. */
  public Attested register(byte[] challenge) {
    return register(challenge, Ceremony.create(origin, rpId));
  }

  /** The same with a ceremony that may be wrong. */
  public Attested register(byte[] challenge, Ceremony ceremony) {
    var data = new ByteArrayOutputStream();
    data.writeBytes(head(ceremony, ceremony.flags() | ATTESTED));
    data.writeBytes(model);
    data.writeBytes(ByteBuffer.allocate(2).putShort((short) credentialId.length).array());
    data.writeBytes(credentialId);
    data.writeBytes(publicKey());
    var object = new ByteArrayOutputStream();
    Cbor.map(object, 3);
    Cbor.text(object, "fmt");
    Cbor.text(object, "none");
    Cbor.text(object, "attStmt");
    Cbor.map(object, 0);
    Cbor.text(object, "authData");
    Cbor.bytes(object, data.toByteArray());
    return new Attested(clientData(ceremony, challenge), encoded(object.toByteArray()));
  }

  /** What the key signs for this challenge, its user verified. */
  public Assertion sign(byte[] challenge) {
    return sign(challenge, Ceremony.get(origin, rpId));
  }

  /** The same with a ceremony that may be wrong. */
  public Assertion sign(byte[] challenge, Ceremony ceremony) {
    byte[] data = head(ceremony, ceremony.flags());
    String client = clientData(ceremony, challenge);
    byte[] digest = Sha256.raw(Base64.getUrlDecoder().decode(client));
    try {
      var signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(pair.getPrivate(), random);
      signer.update(data);
      signer.update(digest);
      return new Assertion(credentialId(), client, encoded(data), encoded(signer.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform lacks ES256", e);
    }
  }

  /**
   * How a key is used.
   *
   * @param more further members of the client data, as JSON text that begins with a comma
   */
  public record Ceremony(
      String type, String origin, String rpId, boolean isPresent, boolean isVerified, String more) {

    static Ceremony create(String origin, String rpId) {
      return new Ceremony("webauthn.create", origin, rpId, true, true, ",\"crossOrigin\":false");
    }

    static Ceremony get(String origin, String rpId) {
      return new Ceremony("webauthn.get", origin, rpId, true, true, ",\"crossOrigin\":false");
    }

    int flags() {
      return (isPresent ? PRESENT : 0) | (isVerified ? VERIFIED : 0);
    }
  }

  private byte[] head(Ceremony ceremony, int flags) {
    counter++;
    return ByteBuffer.allocate(37)
        .put(Sha256.raw(ceremony.rpId().getBytes(StandardCharsets.UTF_8)))
        .put((byte) flags)
        .putInt((int) counter)
        .array();
  }

  private static String clientData(Ceremony ceremony, byte[] challenge) {
    String json =
        "{\"type\":\""
            + ceremony.type()
            + "\",\"challenge\":\""
            + encoded(challenge)
            + "\",\"origin\":\""
            + ceremony.origin()
            + "\""
            + ceremony.more()
            + "}";
    return encoded(json.getBytes(StandardCharsets.UTF_8));
  }

  /** COSE_Key of ES256 (RFC 9053, section 7.1.1). */
  private byte[] publicKey() {
    var point = ((ECPublicKey) pair.getPublic()).getW();
    var key = new ByteArrayOutputStream();
    Cbor.map(key, 5);
    Cbor.number(key, 1);
    Cbor.number(key, 2);
    Cbor.number(key, 3);
    Cbor.number(key, -7);
    Cbor.number(key, -1);
    Cbor.number(key, 1);
    Cbor.number(key, -2);
    Cbor.bytes(key, coordinate(point.getAffineX()));
    Cbor.number(key, -3);
    Cbor.bytes(key, coordinate(point.getAffineY()));
    return key.toByteArray();
  }

  private static byte[] coordinate(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] whole = new byte[32];
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, whole, 32 - length, length);
    return whole;
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
