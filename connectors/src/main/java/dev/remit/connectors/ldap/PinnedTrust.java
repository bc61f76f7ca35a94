package dev.remit.connectors.ldap;

import dev.remit.core.call.Sha256;
import dev.remit.core.value.InvalidValueException;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trust in exactly the certificates that configuration names, never in the platform's; where a pin
 * is given, the server's own key must have it as well. The name is checked by the connection.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager issuers;
  private final Optional<String> pin;

  private PinnedTrust(X509ExtendedTrustManager issuers, Optional<String> pin) {
    this.issuers = issuers;
    this.pin = pin;
  }

  static SSLContext context(List<X509Certificate> trusted, Optional<String> pin) {
    if (trusted.isEmpty()) {
      throw new InvalidValueException("a directory needs the certificates to trust; none is none");
    }
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new PinnedTrust(issuers(trusted), pin)}, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every Java platform has TLS and PKIX", e);
    }
  }

  private static X509ExtendedTrustManager issuers(List<X509Certificate> trusted)
      throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < trusted.size(); i++) {
      store.setCertificateEntry("trusted-" + i, trusted.get(i));
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager found) {
        return found;
      }
    }
    throw new GeneralSecurityException("no trust manager for certificates");
  }

  private void requirePin(X509Certificate[] chain) throws CertificateException {
    if (pin.isPresent() && !pin.get().equals(Sha256.of(chain[0].getPublicKey().getEncoded()))) {
      throw new CertificateException("the server's key is not the pinned one");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    issuers.checkServerTrusted(chain, type, socket);
    requirePin(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    issuers.checkServerTrusted(chain, type, engine);
    requirePin(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    issuers.checkServerTrusted(chain, type);
    requirePin(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("no clients here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("no clients here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("no clients here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return issuers.getAcceptedIssuers();
  }
}
