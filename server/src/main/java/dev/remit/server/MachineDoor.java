package dev.remit.server;

import dev.remit.core.identity.SpiffeId;
import dev.remit.core.release.Release;
import dev.remit.core.value.InvalidValueException;
import dev.remit.identity.HttpJwksSource;
import dev.remit.identity.KeyTimes;
import dev.remit.identity.OidcAuthenticator;
import dev.remit.identity.WorkloadIndex;
import dev.remit.identity.binding.DpopProofs;
import dev.remit.identity.binding.Nonces;
import dev.remit.identity.binding.SenderBinding;
import dev.remit.identity.spiffe.BundleSource;
import dev.remit.identity.spiffe.Bundles;
import dev.remit.identity.spiffe.EndpointBundles;
import dev.remit.identity.spiffe.FileBundles;
import dev.remit.identity.spiffe.JwtSvids;
import dev.remit.identity.spiffe.OwnCertificate;
import dev.remit.identity.spiffe.SvidAuthenticator;
import dev.remit.identity.spiffe.SvidTls;
import dev.remit.identity.spiffe.SvidTrust;
import dev.remit.identity.spiffe.WorkloadApiBundles;
import dev.remit.identity.spiffe.X509Svids;
import dev.remit.web.Secured;
import dev.remit.web.WireConfig;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Who is believed on the machines' listener: issuers of tokens and trust domains, whose bundles and
 * certificates are read again while the server runs.
 */
final class MachineDoor {

  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration LOOK_AT_OWN = Duration.ofSeconds(10);

  private final SvidAuthenticator authenticator;
  private final DpopProofs proofs;
  private final Optional<Secured> secured;

  private MachineDoor(
      SvidAuthenticator authenticator, DpopProofs proofs, Optional<Secured> secured) {
    this.authenticator = authenticator;
    this.proofs = proofs;
    this.secured = secured;
  }

  /** Opens it: each bundle is asked for once before anybody calls. */
  static MachineDoor open(
      Outside outside,
      Supplier<Release> release,
      String replica,
      RandomGenerator random,
      InstantSource clock,
      Timers timers,
      Deque<Runnable> closing) {
    var bundles = new Bundles();
    closing.push(bundles::close);
    var svids = new X509Svids(bundles);
    for (var domain : outside.machines().domains()) {
      bundles.with(domain.trusted(), source(domain, svids, clock), first(domain.place()));
    }
    if (!bundles.isEmpty()) {
      timers.every("bundles", LOOK, () -> bundles.refresh(clock.instant()));
    }
    var proofs = new DpopProofs(new Nonces(replica, random));
    var issuers =
        new OidcAuthenticator(
            outside.trusted(),
            release,
            new SenderBinding(proofs),
            new HttpJwksSource(TIMEOUT),
            KeyTimes.DEFAULT,
            clock);
    var authenticator =
        new SvidAuthenticator(
            svids, new JwtSvids(bundles), new WorkloadIndex(release), issuers, issuers);
    return new MachineDoor(
        authenticator,
        proofs,
        outside.machines().listening().map(own -> secured(own, svids, clock, timers)));
  }

  private static BundleSource source(
      OutsideMachines.Domain domain, X509Svids svids, InstantSource clock) {
    return switch (domain.place()) {
      case OutsideMachines.InFile(var file) -> new FileBundles(file);
      case OutsideMachines.AtWeb(var address) -> EndpointBundles.web(address, TIMEOUT);
      case OutsideMachines.AtSpiffe(var address, var endpoint, _) ->
          EndpointBundles.spiffe(address, endpoint, svids, clock, TIMEOUT);
      case OutsideMachines.AtWorkloadApi(var address) ->
          new WorkloadApiBundles(address, domain.trusted().name(), TIMEOUT);
    };
  }

  private static Optional<BundleSource> first(OutsideMachines.Place place) {
    return place instanceof OutsideMachines.AtSpiffe(_, _, var file)
        ? Optional.of(new FileBundles(file))
        : Optional.empty();
  }

  private static Secured secured(
      OutsideMachines.Listening listening, X509Svids svids, InstantSource clock, Timers timers) {
    var own = own(listening);
    timers.every("own certificate", LOOK_AT_OWN, own::refresh);
    return new Secured(
        new WireConfig.Listener(listening.address(), listening.port(), listening.hosts(), Set.of()),
        SvidTls.context(List.of(own), new SvidTrust(svids, clock, List.of())),
        chain -> isProxy(listening.proxies(), svids, chain, clock));
  }

  private static OwnCertificate own(OutsideMachines.Listening listening) {
    try {
      return OwnCertificate.of(listening.certificate(), listening.key());
    } catch (InvalidValueException e) {
      throw new StartupException("the machines' listener: " + e.getMessage());
    }
  }

  private static boolean isProxy(
      Set<SpiffeId> proxies, X509Svids svids, List<X509Certificate> chain, InstantSource clock) {
    return !proxies.isEmpty()
        && svids.check(chain, clock.instant()) instanceof X509Svids.Proven proven
        && proxies.contains(proven.id());
  }

  /** Checks proofs of keys; what it remembers of them is this replica's. */
  DpopProofs proofs() {
    return proofs;
  }

  SvidAuthenticator authenticator() {
    return authenticator;
  }

  /** The same configuration, with the listener over TLS if there is to be one. */
  WireConfig withSecured(WireConfig config) {
    return secured.map(config::with).orElse(config);
  }
}
