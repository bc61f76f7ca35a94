package dev.remit.identity.spiffe;

import dev.remit.core.identity.SpiffeId;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets X.509-SVIDs into a TLS handshake by the bundles as they are at that moment.
 *
 * <p>It is not the proof of a caller: a handshake may lie far back, or may not have happened at all
 * for a session that was resumed. {@link SvidAuthenticator} asks at every call.
 */
public final class SvidTrust extends X509ExtendedTrustManager {

  private static final X509Certificate[] NONE = {};

  private final X509Svids svids;
  private final InstantSource clock;
  private final List<SpiffeId> servers;

  /**
   * Lets any proven client in, and of servers exactly these.
   *
   * @param servers the only ones that are spoken to; a server is known by its SPIFFE ID and not by
   *     its address
   */
  public SvidTrust(X509Svids svids, InstantSource clock, List<SpiffeId> servers) {
    this.svids = svids;
    this.clock = clock;
    this.servers = List.copyOf(servers);
  }

  private X509Svids.Proven require(X509Certificate[] chain, boolean isClient)
      throws CertificateException {
    return switch (svids.check(List.of(chain), clock.instant(), isClient)) {
      case X509Svids.Proven proven -> proven;
      case X509Svids.Refused(String detail) -> throw new CertificateException(detail);
      case X509Svids.Unavailable(String detail) -> throw new CertificateException(detail);
    };
  }

  private void requireServer(X509Certificate[] chain) throws CertificateException {
    if (!servers.contains(require(chain, false).id())) {
      throw new CertificateException("the server is another than configuration names");
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    require(chain, true);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    require(chain, true);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    require(chain, true);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    requireServer(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    requireServer(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    requireServer(chain);
  }

  /** None: which roots are believed is nobody's business, and they change. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return NONE.clone();
  }
}
