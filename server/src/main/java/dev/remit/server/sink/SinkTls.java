package dev.remit.server.sink;

import dev.remit.core.value.InvalidValueException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Whom a sink believes, and who it is, from files in PEM. */
public final class SinkTls {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private SinkTls() {}

  /**
   * A context.
   *
   * @param authorities certificates to believe, instead of those that the platform believes
   * @param identity our own certificate with its chain
   * @param key of that certificate, as PKCS #8
   */
  public static SSLContext of(
      Optional<Path> authorities, Optional<Path> identity, Optional<Path> key) {
    if (identity.isPresent() != key.isPresent()) {
      throw new InvalidValueException("a sink's `certificate` and `key` come together");
    }
    try {
      var trust = authorities.isPresent() ? trust(authorities.get()) : null;
      var keys = identity.isPresent() ? keys(identity.get(), key.orElseThrow()) : null;
      var context = SSLContext.getInstance("TLS");
      context.init(keys, trust, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new InvalidValueException(
          "a sink's certificates cannot be read: give readable PEM files");
    }
  }

  private static TrustManager[] trust(Path file) throws GeneralSecurityException, IOException {
    var store = empty();
    var found = certificates(file);
    for (int i = 0; i < found.size(); i++) {
      store.setCertificateEntry("ca" + i, found.get(i));
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager[] keys(Path chain, Path key)
      throws GeneralSecurityException, IOException {
    var store = empty();
    char[] none = new char[0];
    store.setKeyEntry(
        "own", privateKey(key), none, certificates(chain).toArray(Certificate[]::new));
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, none);
    return factory.getKeyManagers();
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static List<? extends Certificate> certificates(Path file)
      throws GeneralSecurityException, IOException {
    var found =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
    if (found.isEmpty()) {
      throw new InvalidValueException("`" + file + "` holds no certificate");
    }
    return List.copyOf(found);
  }

  private static PrivateKey privateKey(Path file) throws GeneralSecurityException, IOException {
    var match = KEY.matcher(Files.readString(file));
    if (!match.find()) {
      throw new InvalidValueException("`" + file + "` holds no private key as PKCS #8 in PEM");
    }
    var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(match.group(1)));
    for (var algorithm : List.of("EC", "RSA", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        // of another kind, then
      }
    }
    throw new InvalidValueException("`" + file + "` holds a key of an unknown kind");
  }
}
