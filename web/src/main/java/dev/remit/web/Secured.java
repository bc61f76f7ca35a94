package dev.remit.web;

import dev.remit.web.http.ProxyRule;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.common.tls.TlsConfig;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * The machines' listener over TLS, beside the one on loopback: the same routes and the same checks.
 *
 * <p>A client may show a certificate and need not. What the handshake thought of it proves nobody:
 * the chain goes with each request and is checked with it.
 *
 * @param context with the listener's own certificate, and the trust that lets clients in
 * @param proxies who may pass on a client's certificate in a header
 */
public record Secured(WireConfig.Listener listener, SSLContext context, ProxyRule proxies) {

  TlsConfig tls() {
    return TlsConfig.builder()
        .sslContext(context)
        .clientAuth(TlsClientAuth.OPTIONAL)
        .enabledProtocols(List.of("TLSv1.3", "TLSv1.2"))
        .buildPrototype();
  }
}
