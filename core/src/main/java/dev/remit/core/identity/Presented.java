package dev.remit.core.identity;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What came with a request to say who calls: taken from the wire, and not yet believed.
 *
 * <p>Its text form holds neither token nor proof.
 *
 * @param credential the token of {@code Authorization}; empty where the certificate alone speaks
 * @param proof the proof that the caller holds the token's key (RFC 9449, section 4)
 * @param method the request's method, such as {@code POST}
 * @param uri where the request went, as this server knows itself: absolute, without query and
 *     fragment
 * @param certificates the client's chain, leaf first, whose key the connection proved; empty where
 *     there was none
 */
public record Presented(
    Optional<Credential> credential,
    Optional<String> proof,
    String method,
    String uri,
    List<X509Certificate> certificates) {

  public Presented {
    certificates = List.copyOf(certificates);
  }

  /** How a token says that it is shown (RFC 6750; RFC 9449, section 7.1). */
  public enum Scheme {
    BEARER,
    DPOP
  }

  /** A token and the scheme it came under. */
  public record Credential(Scheme scheme, String token) {
    @Override
    public String toString() {
      return "Credential[" + scheme + "]";
    }
  }

  /** A bearer token, over a connection that proved nothing. */
  public static Presented bearer(String token, String method, String uri) {
    return new Presented(
        Optional.of(new Credential(Scheme.BEARER, token)),
        Optional.empty(),
        method,
        uri,
        List.of());
  }

  @Override
  public String toString() {
    return "Presented[" + credential + ", " + method + " " + uri + "]";
  }
}
