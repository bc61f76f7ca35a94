package dev.remit.identity.spiffe;

import dev.remit.core.call.Sha256;
import dev.remit.identity.VerificationKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The roots of one trust domain (SPIFFE Trust Domain and Bundle, section 4).
 *
 * @param roots authorities of its X.509-SVIDs
 * @param keys authorities of its JWT-SVIDs
 * @param sequence grows with each change at the source, where the source tells it
 * @param refresh how long the source wants it to be relied upon before it is read again
 * @param version the digest of its content: the same roots and keys have the same version
 */
public record Bundle(
    List<X509Certificate> roots,
    List<VerificationKey> keys,
    Optional<Long> sequence,
    Duration refresh,
    String version) {

  /** Where the source does not say how often it wants to be asked. */
  static final Duration USUAL_REFRESH = Duration.ofMinutes(5);

  private static final Duration SHORTEST_REFRESH = Duration.ofSeconds(10);
  private static final Duration LONGEST_REFRESH = Duration.ofHours(1);

  public Bundle {
    roots = List.copyOf(roots);
    keys = List.copyOf(keys);
    refresh = refresh.compareTo(SHORTEST_REFRESH) < 0 ? SHORTEST_REFRESH : refresh;
    refresh = refresh.compareTo(LONGEST_REFRESH) > 0 ? LONGEST_REFRESH : refresh;
  }

  /** With the version that follows from the content. */
  static Bundle of(
      List<X509Certificate> roots,
      List<VerificationKey> keys,
      Optional<Long> sequence,
      Duration refresh) {
    return new Bundle(roots, keys, sequence, refresh, version(roots, keys));
  }

  private static String version(List<X509Certificate> roots, List<VerificationKey> keys) {
    var all = new ByteArrayOutputStream();
    roots.stream()
        .map(Bundle::digest)
        .sorted()
        .forEach(digest -> all.writeBytes(digest.getBytes(StandardCharsets.UTF_8)));
    keys.stream()
        .sorted(Comparator.comparing(VerificationKey::kid))
        .forEach(key -> {
          all.writeBytes(
              Sha256.of(key.kid().getBytes(StandardCharsets.UTF_8))
                  .getBytes(StandardCharsets.UTF_8));
          all.writeBytes(Sha256.of(key.key().getEncoded()).getBytes(StandardCharsets.UTF_8));
        });
    return Sha256.of(all.toByteArray());
  }

  private static String digest(X509Certificate certificate) {
    try {
      return Sha256.of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read cannot be written", e);
    }
  }
}
