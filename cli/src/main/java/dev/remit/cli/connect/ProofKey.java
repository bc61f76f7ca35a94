package dev.remit.cli.connect;

import dev.remit.cli.CommandException;
import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;

/**
 * The key that tokens are bound to (P-256, ES256: RFC 7518, section 3.4). The private half is never
 * shown; it stays in this process, or in a file that its owner alone may read.
 */
final class ProofKey {

  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private final PrivateKey secret;
  private final Value.Obj jwk;

  private ProofKey(KeyPair pair) {
    this.secret = pair.getPrivate();
    var point = ((ECPublicKey) pair.getPublic()).getW();
    this.jwk =
        Value.object(
            "crv",
            "P-256",
            "kty",
            "EC",
            "x",
            URL.encodeToString(fixed(point.getAffineX())),
            "y",
            URL.encodeToString(fixed(point.getAffineY())));
  }

  /** A key that ends with this process. */
  static ProofKey fresh(SecureRandom random) {
    return new ProofKey(pair(random));
  }

  /** The key of this file; it is made when there is none. */
  static ProofKey keptIn(Path file, SecureRandom random) {
    try {
      try {
        create(file, pair(random));
      } catch (FileAlreadyExistsException e) {
        // It was made before, or by another process just now.
      }
      return read(file);
    } catch (IOException e) {
      throw CommandException.broken(
          "cannot use the key file `" + file + "`: it has to be in a folder of your own");
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw CommandException.usage(
          "`" + file + "` holds no key of this command: name another file, and it is made there");
    }
  }

  private static KeyPair pair(SecureRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no P-256", e);
    }
  }

  private static void create(Path file, KeyPair pair) throws IOException {
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var draft = Files.createTempFile(file.toAbsolutePath().getParent(), ".key", "", owner);
    try {
      var encoder = Base64.getEncoder();
      Files.writeString(
          draft,
          encoder.encodeToString(pair.getPrivate().getEncoded())
              + "\n"
              + encoder.encodeToString(pair.getPublic().getEncoded())
              + "\n");
      Files.createLink(file, draft);
    } finally {
      Files.delete(draft);
    }
  }

  private static ProofKey read(Path file) throws IOException, GeneralSecurityException {
    requirePrivate(file);
    var lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
    if (lines.size() != 2) {
      throw new IllegalArgumentException("two lines");
    }
    var factory = KeyFactory.getInstance("EC");
    var decoder = Base64.getDecoder();
    var pair =
        new KeyPair(
            factory.generatePublic(new X509EncodedKeySpec(decoder.decode(lines.get(1)))),
            factory.generatePrivate(new PKCS8EncodedKeySpec(decoder.decode(lines.get(0)))));
    return new ProofKey(pair);
  }

  /** Whoever else can read it could be this workload. */
  static void requirePrivate(Path file) throws IOException {
    var allowed = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    boolean isPrivate =
        Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && allowed.containsAll(Files.getPosixFilePermissions(file));
    if (!isPrivate) {
      throw CommandException.usage(
          "`" + file + "` can be read by others than its owner: run `chmod 600` on it");
    }
  }

  /** The public half (RFC 7517), in the members and order of RFC 7638. */
  Value.Obj jwk() {
    return jwk;
  }

  /** Its thumbprint (RFC 7638), as `cnf.jkt` of bound tokens holds it (RFC 9449, section 6.1). */
  String thumbprint() {
    return URL.encodeToString(sha256(CanonicalJson.bytes(jwk)));
  }

  /** A compact JWS of these (RFC 7515, section 7.1). */
  String sign(Value.Obj header, Value.Obj claims) {
    return sign(secret, "SHA256withECDSAinP1363Format", header, claims);
  }

  static String sign(PrivateKey key, String algorithm, Value.Obj header, Value.Obj claims) {
    var input =
        URL.encodeToString(Json.bytes(header)) + "." + URL.encodeToString(Json.bytes(claims));
    try {
      var signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + URL.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key does not sign", e);
    }
  }

  static String digest(String text) {
    return URL.encodeToString(sha256(text.getBytes(StandardCharsets.US_ASCII)));
  }

  /** A name for this key that nobody guesses who does not hold it. */
  String privateName() {
    var own =
        sha256(
            ("remit connect path " + URL.encodeToString(secret.getEncoded()))
                .getBytes(StandardCharsets.US_ASCII));
    return URL.encodeToString(own).substring(0, 22);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** 32 bytes, most significant first (RFC 7518, section 6.2.1.2). */
  private static byte[] fixed(BigInteger coordinate) {
    var bytes = coordinate.toByteArray();
    var fixed = new byte[32];
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return fixed;
  }

  @Override
  public String toString() {
    return "ProofKey[" + thumbprint() + "]";
  }
}
