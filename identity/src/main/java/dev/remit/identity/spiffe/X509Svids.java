package dev.remit.identity.spiffe;

import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.SpiffeId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.identity.Instances;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.MessageDigest;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks X.509-SVIDs against the bundle of their own trust domain and no other (X.509-SVID, section
 * 5). Thread safe.
 *
 * <p>Promises: a good path is remembered for the bundle it was checked against; time, and whether
 * that bundle is still the domain's, are asked at every call, so a resumed TLS session or a
 * connection that was kept alive proves nothing that a new one would not.
 */
public final class X509Svids {

  private static final int LONGEST_CHAIN = 6;
  private static final int MOST_CACHED = 10_000;

  private final Bundles bundles;
  private final Map<String, Path> paths =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Path> eldest) {
          return size() > MOST_CACHED;
        }
      };

  /** A path that led to a root of this bundle, and from when to when it does. */
  private record Path(SpiffeId id, InstanceId key, String bundle, Instant from, Instant until) {}

  /** Checks against these bundles. */
  public X509Svids(Bundles bundles) {
    this.bundles = bundles;
  }

  /** The answer to {@link #check}. */
  public sealed interface Checked {}

  /**
   * The holder of the leaf's key is this workload.
   *
   * @param key the instance that the leaf's key is
   * @param until when the path ends; nothing is proven from then on
   */
  public record Proven(SpiffeId id, TrustDomain trusted, InstanceId key, Instant until)
      implements Checked {}

  /** It proves nobody; {@code detail} is for operators. */
  public record Refused(String detail) implements Checked {}

  /** The trust domain's bundle cannot be had just now. */
  public record Unavailable(String detail) implements Checked {}

  /** Checks the chain of a client, leaf first, whose key the connection proved. */
  public Checked check(List<X509Certificate> chain, Instant at) {
    return check(chain, at, true);
  }

  /** Checks the chain of a client or a server. */
  Checked check(List<X509Certificate> chain, Instant at, boolean isClient) {
    if (chain.isEmpty() || chain.size() > LONGEST_CHAIN) {
      return new Refused("the chain is empty or longer than " + LONGEST_CHAIN);
    }
    try {
      var id = X509Rules.leaf(chain.getFirst(), isClient);
      return switch (bundles.find(id.trustDomain(), at)) {
        case Bundles.Foreign() -> new Refused("the certificate's trust domain is not believed");
        case Bundles.Away(String detail) -> new Unavailable(detail);
        case Bundles.Known known -> check(chain, id, known, at);
      };
    } catch (InvalidValueException e) {
      return new Refused(String.valueOf(e.getMessage()));
    }
  }

  private Checked check(List<X509Certificate> chain, SpiffeId id, Bundles.Known known, Instant at) {
    var key = digest(chain);
    var path = cached(key);
    if (path == null || !path.bundle().equals(known.bundle().version()) || !isWithin(path, at)) {
      path = walk(chain, id, known, at);
      if (!isWithin(path, at)) {
        throw new InvalidValueException("the certificate or an authority above it has expired");
      }
      remember(key, path);
    }
    return new Proven(id, known.trusted(), path.key(), path.until());
  }

  private static boolean isWithin(Path path, Instant at) {
    return !at.isBefore(path.from()) && at.isBefore(path.until());
  }

  private static Path walk(
      List<X509Certificate> chain, SpiffeId id, Bundles.Known known, Instant at) {
    X509Rules.requireLife(chain.getFirst(), known.trusted().longestSvid());
    var roots = known.bundle().roots().stream().filter(root -> isInTime(root, at)).toList();
    // A root that came along adds nothing: those of the bundle are the only ones.
    var path = chain.stream().filter(one -> !roots.contains(one)).toList();
    path.stream().skip(1).forEach(one -> X509Rules.between(one, id));
    if (path.isEmpty() || roots.isEmpty()) {
      throw new InvalidValueException("the chain does not lead to the trust domain's bundle");
    }
    var root = leadTo(path, roots, at);
    Instant from = latest(path, root);
    Instant until = earliest(path, root);
    return new Path(
        id, Instances.of(chain.getFirst().getPublicKey()), known.bundle().version(), from, until);
  }

  private static X509Certificate leadTo(
      List<X509Certificate> path, List<X509Certificate> roots, Instant at) {
    try {
      var parameters =
          new PKIXParameters(
              roots.stream()
                  .map(root -> new TrustAnchor(root, null))
                  .collect(Collectors.toUnmodifiableSet()));
      // SVIDs live for hours and are not revoked one by one; a bundle is what takes trust away.
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(at));
      var certificates = CertificateFactory.getInstance("X.509").generateCertPath(path);
      var result =
          (java.security.cert.PKIXCertPathValidatorResult)
              CertPathValidator.getInstance("PKIX").validate(certificates, parameters);
      return result.getTrustAnchor().getTrustedCert();
    } catch (CertPathValidatorException e) {
      throw new InvalidValueException(
          "the chain does not lead to the trust domain's bundle: " + e.getReason());
    } catch (InvalidAlgorithmParameterException | CertificateException e) {
      throw new InvalidValueException("the chain cannot be read");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform cannot check certificates", e);
    }
  }

  private static boolean isInTime(X509Certificate certificate, Instant at) {
    return !at.isBefore(certificate.getNotBefore().toInstant())
        && at.isBefore(certificate.getNotAfter().toInstant());
  }

  private static Instant latest(List<X509Certificate> path, X509Certificate root) {
    Instant latest = root.getNotBefore().toInstant();
    for (var one : path) {
      var from = one.getNotBefore().toInstant();
      latest = from.isAfter(latest) ? from : latest;
    }
    return latest;
  }

  private static Instant earliest(List<X509Certificate> path, X509Certificate root) {
    Instant earliest = root.getNotAfter().toInstant();
    for (var one : path) {
      var until = one.getNotAfter().toInstant();
      earliest = until.isBefore(earliest) ? until : earliest;
    }
    return earliest;
  }

  private @Nullable Path cached(String key) {
    synchronized (paths) {
      return paths.get(key);
    }
  }

  private void remember(String key, Path path) {
    synchronized (paths) {
      paths.put(key, path);
    }
  }

  private static String digest(List<X509Certificate> chain) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var one : chain) {
        digest.update(one.getEncoded());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read cannot be written", e);
    }
  }
}
