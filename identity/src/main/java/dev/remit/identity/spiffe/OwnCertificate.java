package dev.remit.identity.spiffe;

import dev.remit.core.value.InvalidValueException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What a listener shows of itself: a certificate chain and its private key in PEM files, read again
 * when they change. The key is in PKCS #8, without a password, readable by its owner alone.
 *
 * <p>Files that cannot be read, or do not belong together, leave in force what was there.
 */
public final class OwnCertificate extends X509ExtendedKeyManager {

  private static final String ALIAS = "own";
  private static final int MOST_BYTES = 256 * 1024;

  private final Path certificate;
  private final Path key;
  private volatile Pair pair;

  private record Pair(List<X509Certificate> chain, PrivateKey key) {
    @Override
    public String toString() {
      return "Pair[" + chain.size() + " certificates]";
    }
  }

  private OwnCertificate(Path certificate, Path key, Pair pair) {
    this.certificate = certificate;
    this.key = key;
    this.pair = pair;
  }

  /** Reads both files; wrong input if they are not what they should be. */
  public static OwnCertificate of(Path certificate, Path key) {
    return new OwnCertificate(certificate, key, read(certificate, key));
  }

  /** Reads both files again; wrong input leaves what was there in force. */
  public void refresh() {
    pair = read(certificate, key);
  }

  private static Pair read(Path certificate, Path key) {
    var chain = chain(certificate);
    var privateKey = privateKey(key, chain.getFirst().getPublicKey().getAlgorithm());
    if (!KeyPairs.belong(chain.getFirst().getPublicKey(), privateKey)) {
      throw new InvalidValueException(
          "`" + key + "` is not the key of the first certificate of `" + certificate + "`");
    }
    return new Pair(chain, privateKey);
  }

  private static List<X509Certificate> chain(Path file) {
    try {
      var chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes(file)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (chain.isEmpty()) {
        throw new InvalidValueException("`" + file + "` holds no certificate");
      }
      return chain;
    } catch (GeneralSecurityException e) {
      throw new InvalidValueException("`" + file + "` holds no certificates in pem");
    }
  }

  private static PrivateKey privateKey(Path file, String algorithm) {
    var text = new String(bytes(file), StandardCharsets.US_ASCII);
    int begin = text.indexOf("-----BEGIN PRIVATE KEY-----");
    int end = text.indexOf("-----END PRIVATE KEY-----");
    if (begin < 0 || end < begin) {
      throw new InvalidValueException("`" + file + "` holds no private key in pem (pkcs #8)");
    }
    var body = text.substring(begin, end).lines().skip(1).reduce("", String::concat);
    try {
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
    } catch (InvalidKeySpecException | IllegalArgumentException e) {
      throw new InvalidValueException("`" + file + "` holds no private key of kind " + algorithm);
    } catch (GeneralSecurityException e) {
      throw new InvalidValueException("keys of kind `" + algorithm + "` are not known here");
    }
  }

  private static byte[] bytes(Path file) {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(MOST_BYTES);
    } catch (IOException e) {
      throw new InvalidValueException("`" + file + "` cannot be read");
    }
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return pair.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return pair.key();
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return fits(keyType) ? ALIAS : null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return fits(keyType) ? ALIAS : null;
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return Arrays.stream(keyTypes).anyMatch(this::fits) ? ALIAS : null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return Arrays.stream(keyTypes).anyMatch(this::fits) ? ALIAS : null;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return fits(keyType) ? new String[] {ALIAS} : null;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return fits(keyType) ? new String[] {ALIAS} : null;
  }

  private boolean fits(String keyType) {
    var own = pair.key().getAlgorithm();
    return keyType.equals(own)
        || keyType.startsWith(own + "_")
        || (own.equals("EdDSA") && keyType.startsWith("Ed"));
  }
}
