package dev.remit.identity.spiffe;

import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS over trust and keys that may change while it runs. */
public final class SvidTls {

  private SvidTls() {}

  /** A context with these keys to show, and this way to trust. */
  public static SSLContext context(List<KeyManager> keys, X509ExtendedTrustManager trust) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keys.toArray(KeyManager[]::new), new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform lacks tls", e);
    }
  }
}
