package dev.remit.identity.spiffe;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.identity.JwkSetReader;
import dev.remit.identity.VerificationKey;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Reads a bundle in the form of a JWK set (SPIFFE Trust Domain and Bundle, section 4).
 *
 * <p>Keys of another {@code use} are left out, as the specification asks for. A bundle without keys
 * takes back all that were there before; a document without {@code keys} is no bundle. A root that
 * is no authority, or a kid that is there twice, makes the whole bundle wrong: half a bundle is not
 * what the source meant.
 */
final class BundleReader {

  private static final int MOST_KEYS = 100;

  private BundleReader() {}

  static Bundle read(Value.Obj document) {
    if (!(document.get("keys").orElse(Value.Null.NULL) instanceof Value.Array(List<Value> items))) {
      throw new InvalidValueException("the bundle has no `keys`");
    }
    if (items.size() > MOST_KEYS) {
      throw new InvalidValueException("the bundle has more than " + MOST_KEYS + " keys");
    }
    var roots = new ArrayList<X509Certificate>();
    var keys = new ArrayList<VerificationKey>();
    for (var item : items) {
      if (item instanceof Value.Obj key) {
        switch (key.text("use").orElse("")) {
          case "x509-svid" -> roots.add(root(key));
          case "jwt-svid" -> keys.add(key(key));
          default -> {
            // Of a kind that is not ours: section 4.2.2 has it ignored.
          }
        }
      }
    }
    var refresh =
        document
            .integer("spiffe_refresh_hint")
            .filter(seconds -> seconds > 0 && seconds <= Integer.MAX_VALUE)
            .map(Duration::ofSeconds)
            .orElse(Bundle.USUAL_REFRESH);
    return of(roots, keys, document.integer("spiffe_sequence"), refresh);
  }

  /** A bundle of authorities that were read elsewhere, checked alike. */
  static Bundle of(
      Collection<X509Certificate> roots,
      Collection<VerificationKey> keys,
      Optional<Long> sequence,
      Duration refresh) {
    for (var root : roots) {
      if (root.getBasicConstraints() < 0) {
        throw new InvalidValueException("the bundle has a root that is no authority");
      }
    }
    var kids = new HashSet<String>();
    for (var key : keys) {
      if (key.kid().isEmpty() || !kids.add(key.kid())) {
        throw new InvalidValueException("the bundle has a kid twice, or a key without one");
      }
    }
    return Bundle.of(List.copyOf(roots), List.copyOf(keys), sequence, refresh);
  }

  private static X509Certificate root(Value.Obj key) {
    var chain = key.items("x5c");
    if (chain.size() != 1 || !(chain.getFirst() instanceof Value.Text(String base64))) {
      throw new InvalidValueException("a root of the bundle must have one certificate in `x5c`");
    }
    try {
      return certificate(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException("a certificate of the bundle is not base64");
    }
  }

  /** Reads one certificate in DER. */
  static X509Certificate certificate(byte[] der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new InvalidValueException("a certificate of the bundle cannot be read");
    }
  }

  private static VerificationKey key(Value.Obj key) {
    return JwkSetReader.one(key.without("use"))
        .orElseThrow(
            () -> new InvalidValueException("a key of the bundle has no kid or is of no kind"));
  }
}
