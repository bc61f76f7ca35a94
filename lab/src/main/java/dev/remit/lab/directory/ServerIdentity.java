package dev.remit.lab.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.util.OID;
import com.unboundid.util.ssl.cert.CertException;
import com.unboundid.util.ssl.cert.PublicKeyAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.SignatureAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.X509Certificate;
import com.unboundid.util.ssl.cert.X509CertificateExtension;
import dev.remit.lab.http.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A key and a certificate for 127.0.0.1 that signs itself; kept, so that who trusted it once does
 * so after a restart.
 */
final class ServerIdentity {
  private static final byte[] LOOPBACK = {0x30, 0x06, (byte) 0x87, 0x04, 127, 0, 0, 1};
  private final byte[] certificate;
  private final byte[] key;

  private ServerIdentity(byte[] certificate, byte[] key) {
    this.certificate = certificate;
    this.key = key;
  }

  static ServerIdentity make(Instant now) throws IOException {
    try {
      var made =
          X509Certificate.generateSelfSignedCertificate(
              SignatureAlgorithmIdentifier.SHA_256_WITH_ECDSA,
              PublicKeyAlgorithmIdentifier.EC,
              256,
              new DN("CN=lab directory"),
              now.minus(Duration.ofHours(1)).toEpochMilli(),
              now.plus(Duration.ofDays(3_650)).toEpochMilli(),
              new X509CertificateExtension(new OID("2.5.29.17"), false, LOOPBACK));
      return new ServerIdentity(
          Objects.requireNonNull(made.getFirst()).getX509CertificateBytes(),
          Objects.requireNonNull(made.getSecond()).getPrivate().getEncoded());
    } catch (CertException | LDAPException e) {
      throw new IOException("the directory's certificate cannot be made", e);
    }
  }

  /** What {@link #kept} gave once. */
  static ServerIdentity of(Map<String, Object> kept) {
    var base64 = Base64.getDecoder();
    return new ServerIdentity(
        base64.decode(String.valueOf(kept.get("certificate"))),
        base64.decode(String.valueOf(kept.get("key"))));
  }

  /** As a file keeps it. */
  Map<String, Object> kept() {
    var base64 = Base64.getEncoder();
    return Json.object(
        "certificate", base64.encodeToString(certificate), "key", base64.encodeToString(key));
  }

  /** What clients trust. */
  String pem() {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
        + "\n-----END CERTIFICATE-----\n";
  }

  SSLContext tls() throws IOException {
    try {
      Certificate served =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate));
      var own = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key));
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setKeyEntry("server", own, new char[0], new Certificate[] {served});
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the directory's certificate cannot be used", e);
    }
  }
}
