package dev.remit.lab.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.util.OID;
import com.unboundid.util.ssl.cert.PublicKeyAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.SignatureAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.X509Certificate;
import com.unboundid.util.ssl.cert.X509CertificateExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A key and a certificate for 127.0.0.1 that signs itself, made at every start.
 *
 * @param pem what clients trust
 */
record ServerIdentity(SSLContext tls, String pem) {
  private static final byte[] LOOPBACK = {0x30, 0x06, (byte) 0x87, 0x04, 127, 0, 0, 1};

  static ServerIdentity make(Instant now) throws IOException {
    try {
      var made =
          X509Certificate.generateSelfSignedCertificate(
              SignatureAlgorithmIdentifier.SHA_256_WITH_ECDSA,
              PublicKeyAlgorithmIdentifier.EC,
              256,
              new DN("CN=lab directory"),
              now.minus(Duration.ofHours(1)).toEpochMilli(),
              now.plus(Duration.ofDays(365)).toEpochMilli(),
              new X509CertificateExtension(new OID("2.5.29.17"), false, LOOPBACK));
      var certificate = Objects.requireNonNull(made.getFirst());
      var key = Objects.requireNonNull(made.getSecond());
      Certificate served =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate.getX509CertificateBytes()));
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setKeyEntry("server", key.getPrivate(), new char[0], new Certificate[] {served});
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return new ServerIdentity(context, certificate.toPEMString());
    } catch (GeneralSecurityException | com.unboundid.ldap.sdk.LDAPException e) {
      throw new IOException("the directory's certificate cannot be made", e);
    } catch (com.unboundid.util.ssl.cert.CertException e) {
      throw new IOException("the directory's certificate cannot be made", e);
    }
  }
}
