package dev.remit.connectors.ldap;

import static java.util.Objects.requireNonNull;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.util.OID;
import com.unboundid.util.ssl.cert.PublicKeyAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.SignatureAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.X509Certificate;
import com.unboundid.util.ssl.cert.X509CertificateExtension;
import java.io.ByteArrayInputStream;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority made for one run, and one server certificate for 127.0.0.1 under it. */
final class TestAuthority {
  private static final byte[] IS_CA = {0x30, 0x03, 0x01, 0x01, (byte) 0xFF};
  private static final byte[] NAME = {0x30, 0x06, (byte) 0x87, 0x04, 127, 0, 0, 1};
  private final X509Certificate root;
  private final X509Certificate leaf;
  private final KeyPair key;

  TestAuthority() {
    try {
      long from = 1_700_000_000_000L;
      long until = from + Duration.ofDays(36_500).toMillis();
      var made =
          X509Certificate.generateSelfSignedCertificate(
              SignatureAlgorithmIdentifier.SHA_256_WITH_RSA,
              PublicKeyAlgorithmIdentifier.RSA,
              2048,
              new DN("CN=test authority"),
              from,
              until,
              new X509CertificateExtension(new OID("2.5.29.19"), true, IS_CA));
      root = requireNonNull(made.getFirst());
      var request =
          X509Certificate.generateSelfSignedCertificate(
              SignatureAlgorithmIdentifier.SHA_256_WITH_RSA,
              PublicKeyAlgorithmIdentifier.RSA,
              2048,
              new DN("CN=directory"),
              from,
              until);
      key = requireNonNull(request.getSecond());
      var asked = requireNonNull(request.getFirst());
      leaf =
          X509Certificate.generateIssuerSignedCertificate(
              SignatureAlgorithmIdentifier.SHA_256_WITH_RSA,
              root,
              requireNonNull(made.getSecond()).getPrivate(),
              asked.getPublicKeyAlgorithmOID(),
              asked.getPublicKeyAlgorithmParameters(),
              asked.getEncodedPublicKey(),
              asked.getDecodedPublicKey(),
              new DN("CN=directory"),
              from,
              until,
              new X509CertificateExtension(new OID("2.5.29.17"), false, NAME));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  String rootPem() {
    return root.toPEMString();
  }

  String leafPem() {
    return leaf.toPEMString();
  }

  String keyPem() {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  java.security.cert.X509Certificate trusted() {
    return platform(root);
  }

  java.security.cert.X509Certificate served() {
    return platform(leaf);
  }

  private static java.security.cert.X509Certificate platform(X509Certificate certificate) {
    try {
      return (java.security.cert.X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate.getX509CertificateBytes()));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a server in this process needs. */
  SSLContext server() {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setKeyEntry(
          "server",
          key.getPrivate(),
          new char[0],
          new java.security.cert.Certificate[] {served(), trusted()});
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
