package dev.remit.web.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The certificates of whoever sent a request: those of the connection, or those that a listed proxy
 * passed on in {@code Client-Cert} and {@code Client-Cert-Chain} (RFC 9440, section 2).
 *
 * <p>Promises: the header fields count from a proxy that proved itself on this very connection and
 * from nobody else; anybody else who sends them is refused and not merely not heard, because a
 * proxy that lets them through is set up wrongly. A proxy is never taken for its client.
 */
public final class ClientChain {

  private static final HeaderName CERT = HeaderNames.create("Client-Cert");
  private static final HeaderName CHAIN = HeaderNames.create("Client-Cert-Chain");
  private static final Pattern BYTES = Pattern.compile(":([A-Za-z0-9+/]{1,12000}={0,2}):");
  private static final int LONGEST_CHAIN = 6;

  private final ProxyRule proxies;

  /** Believes these proxies. */
  public ClientChain(ProxyRule proxies) {
    this.proxies = proxies;
  }

  /** Leaf first; empty where the sender showed none. */
  public List<X509Certificate> of(Exchange exchange) {
    var connection = exchange.clientCertificates();
    var cert = exchange.header(CERT);
    var chain = exchange.header(CHAIN);
    boolean isProxy = !connection.isEmpty() && proxies.isProxy(connection);
    if (!isProxy) {
      if (cert.isPresent() || chain.isPresent()) {
        throw Refusal.badRequest(
            "`Client-Cert` is taken from listed proxies only; send the certificate in the"
                + " handshake");
      }
      return connection;
    }
    if (cert.isEmpty() && chain.isPresent()) {
      throw Refusal.badRequest("`Client-Cert-Chain` came without `Client-Cert`");
    }
    var all = new ArrayList<X509Certificate>();
    cert.ifPresent(field -> all.add(certificate(field)));
    chain.ifPresent(field -> {
      for (var item : field.split(",", LONGEST_CHAIN + 1)) {
        all.add(certificate(item.strip()));
      }
    });
    return List.copyOf(all);
  }

  private static X509Certificate certificate(String item) {
    var match = BYTES.matcher(item);
    if (!match.matches()) {
      throw malformed();
    }
    try {
      var in = new ByteArrayInputStream(Base64.getDecoder().decode(match.group(1)));
      var certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      if (in.available() > 0) {
        throw malformed();
      }
      return certificate;
    } catch (IllegalArgumentException | CertificateException e) {
      throw malformed();
    }
  }

  private static Refusal malformed() {
    return Refusal.badRequest("`Client-Cert` must be one certificate, as RFC 9440 writes it");
  }
}
