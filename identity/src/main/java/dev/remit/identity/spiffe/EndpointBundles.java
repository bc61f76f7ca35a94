package dev.remit.identity.spiffe;

import dev.remit.core.identity.SpiffeId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.identity.HttpJwksSource;
import dev.remit.identity.JwksSource;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * A bundle from a SPIFFE bundle endpoint (SPIFFE Federation, section 5): one GET, no redirects, no
 * proxy, bounded in size and time.
 *
 * <p>With {@code https_web} the endpoint is believed by the platform's own roots. With {@code
 * https_spiffe} it must show an X.509-SVID of exactly the configured SPIFFE ID, which is checked
 * against the bundle of that ID's trust domain as it is known here; the first one therefore comes
 * from elsewhere, such as a file.
 */
public final class EndpointBundles implements BundleSource {

  private final URI address;
  private final HttpJwksSource source;

  private EndpointBundles(URI address, HttpJwksSource source) {
    if (!"https".equals(address.getScheme()) || address.getHost() == null) {
      throw new InvalidValueException("a bundle endpoint must be at an https address");
    }
    this.address = address;
    this.source = source;
  }

  /** Believed by the platform's own roots ({@code https_web}). */
  public static EndpointBundles web(URI address, Duration timeout) {
    return new EndpointBundles(address, new HttpJwksSource(timeout));
  }

  /** Believed by these roots in place of those of the platform ({@code https_web}). */
  public static EndpointBundles web(URI address, Duration timeout, SSLContext context) {
    return new EndpointBundles(address, HttpJwksSource.over(timeout, context));
  }

  /** Believed by its X.509-SVID ({@code https_spiffe}). */
  public static EndpointBundles spiffe(
      URI address, SpiffeId endpoint, X509Svids svids, InstantSource clock, Duration timeout) {
    var context = SvidTls.context(List.of(), new SvidTrust(svids, clock, List.of(endpoint)));
    return new EndpointBundles(address, HttpJwksSource.over(timeout, context));
  }

  @Override
  public Fetched fetch() {
    return switch (source.fetch(address)) {
      case JwksSource.Away(String detail) -> new Away(detail.replace("key address", "endpoint"));
      case JwksSource.Document(var document) -> {
        try {
          yield new Found(BundleReader.read(document));
        } catch (InvalidValueException e) {
          yield new Away("the endpoint answered no bundle: " + e.getMessage());
        }
      }
    };
  }

  @Override
  public void close() {
    source.close();
  }
}
