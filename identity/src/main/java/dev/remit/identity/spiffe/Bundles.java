package dev.remit.identity.spiffe;

import dev.remit.core.value.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bundles of all trust domains, as they were read last. Thread safe: {@link #refresh} by one
 * thread, everything else by any.
 *
 * <p>Promises: while a source is away its last bundle serves for {@link #KEPT} times the refresh
 * that it asked for, from the last time it was read; then nobody of that domain is proven and
 * nobody is disproven. A bundle that was replaced is gone with the call that follows.
 */
public final class Bundles {

  /** How many times its own refresh the last bundle of a silent source is relied upon. */
  public static final int KEPT = 12;

  /** After a failure the source is asked again this soon. */
  private static final Duration AGAIN = Duration.ofSeconds(10);

  private static final System.Logger LOG = System.getLogger(Bundles.class.getName());

  private final Map<String, Domain> domains = new HashMap<>();

  /** One trust domain, its source, and what is known. */
  private static final class Domain {
    final TrustDomain trusted;
    final BundleSource source;
    final Optional<BundleSource> first;
    volatile State state = new State(null, null, null, "not read yet");

    Domain(TrustDomain trusted, BundleSource source, Optional<BundleSource> first) {
      this.trusted = trusted;
      this.source = source;
      this.first = first;
    }
  }

  private record State(
      @Nullable Bundle bundle, @Nullable Instant readAt, @Nullable Instant nextAt, String failure) {

    boolean isDue(Instant now) {
      return nextAt == null || !now.isBefore(nextAt);
    }
  }

  /** The answer to {@link #find}. */
  public sealed interface Found {}

  /** What the trust domain's authorities are. */
  public record Known(TrustDomain trusted, Bundle bundle) implements Found {}

  /** No such trust domain is believed. */
  public record Foreign() implements Found {}

  /** Its bundle was never read, or too long ago. */
  public record Away(String detail) implements Found {}

  /** Believes this trust domain too; it is read with the next {@link #refresh}. */
  public Bundles with(TrustDomain trusted, BundleSource source) {
    return with(trusted, source, Optional.empty());
  }

  /**
   * Believes this trust domain too.
   *
   * @param first where its bundle is had once, before the source itself can be believed
   */
  public Bundles with(TrustDomain trusted, BundleSource source, Optional<BundleSource> first) {
    if (domains.putIfAbsent(trusted.name(), new Domain(trusted, source, first)) != null) {
      throw new InvalidValueException("trust domain `" + trusted.name() + "` is listed twice");
    }
    return this;
  }

  /** Whether any trust domain is believed. */
  public boolean isEmpty() {
    return domains.isEmpty();
  }

  /** Whether this trust domain is believed. */
  public boolean isListed(String trustDomain) {
    return domains.containsKey(trustDomain);
  }

  /** Reads every bundle whose time has come. */
  public void refresh(Instant now) {
    for (var domain : domains.values()) {
      if (domain.state.isDue(now)) {
        if (domain.state.bundle() == null) {
          domain.first.ifPresent(first -> begin(domain, first, now));
        }
        domain.state = read(domain, now);
      }
    }
  }

  private static void begin(Domain domain, BundleSource first, Instant now) {
    if (first.fetch() instanceof BundleSource.Found(Bundle bundle)) {
      domain.state = new State(bundle, now, null, "not read from its endpoint yet");
    }
  }

  private static State read(Domain domain, Instant now) {
    var last = domain.state;
    return switch (domain.source.fetch()) {
      case BundleSource.Away(String detail) -> failed(domain, last, now, detail);
      case BundleSource.Found(Bundle bundle) -> {
        if (domain.source.isRemote() && isOlder(bundle, last.bundle())) {
          yield failed(domain, last, now, "the source told an older bundle than before");
        }
        if (last.bundle() == null || !last.bundle().version().equals(bundle.version())) {
          LOG.log(
              System.Logger.Level.INFO,
              "bundle of trust domain {0}: {1} roots, {2} keys",
              domain.trusted.name(),
              bundle.roots().size(),
              bundle.keys().size());
        }
        yield new State(bundle, now, now.plus(domain.source.pause(bundle)), "");
      }
    };
  }

  private static State failed(Domain domain, State last, Instant now, String detail) {
    if (!detail.equals(last.failure())) {
      LOG.log(
          System.Logger.Level.WARNING,
          "bundle of trust domain {0} is not to be had: {1}",
          domain.trusted.name(),
          detail);
    }
    return new State(last.bundle(), last.readAt(), now.plus(AGAIN), detail);
  }

  private static boolean isOlder(Bundle bundle, @Nullable Bundle last) {
    return last != null
        && last.sequence().isPresent()
        && bundle.sequence().orElse(0L) < last.sequence().get();
  }

  /** The authorities of this trust domain at this moment. */
  public Found find(String trustDomain, Instant at) {
    var domain = domains.get(trustDomain);
    if (domain == null) {
      return new Foreign();
    }
    var state = domain.state;
    if (state.bundle() == null || state.readAt() == null) {
      return new Away("the bundle was never read: " + state.failure());
    }
    if (!at.isBefore(state.readAt().plus(state.bundle().refresh().multipliedBy(KEPT)))) {
      return new Away("the bundle is too old: " + state.failure());
    }
    return new Known(domain.trusted, state.bundle());
  }

  /** What is wrong with the source of this trust domain; empty while it answers. */
  public Optional<String> failure(String trustDomain) {
    return Optional.ofNullable(domains.get(trustDomain))
        .map(domain -> domain.state.failure())
        .filter(failure -> !failure.isEmpty());
  }

  /** Lets go of every source. */
  public void close() {
    domains.values().forEach(domain -> domain.source.close());
  }
}
