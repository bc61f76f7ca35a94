package dev.remit.identity.spiffe;

import dev.remit.core.identity.Authenticator;
import dev.remit.core.identity.Presented;
import dev.remit.core.identity.Presented.Credential;
import dev.remit.core.identity.Presented.Scheme;
import dev.remit.core.identity.SpiffeId;
import dev.remit.core.release.Releases;
import dev.remit.identity.Instances;
import dev.remit.identity.ProvenWorkload;
import dev.remit.identity.WorkloadTokens;
import dev.remit.identity.Workloads;
import dev.remit.identity.binding.Confirmation;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Proves workloads by their SVIDs, and everybody else by asking on.
 *
 * <p>A request with a client certificate and no token is proven by the certificate: the caller is
 * bound to its key, and that key is the instance. A request with a token is proven by the token
 * alone; one that nobody else takes and that names a listed trust domain is looked at as a
 * JWT-SVID, which is bound to no key and therefore does for those workloads only that the workspace
 * allows it.
 */
public final class SvidAuthenticator implements Authenticator, WorkloadTokens {

  private final X509Svids certificates;
  private final JwtSvids tokens;
  private final Supplier<Workloads> workloads;
  private final Authenticator others;
  private final WorkloadTokens othersTokens;

  /**
   * Stands before the others.
   *
   * @param workloads those of the policy version in force
   * @param others who proves callers by tokens of issuers
   * @param othersTokens who tells whose tokens those are
   */
  public SvidAuthenticator(
      X509Svids certificates,
      JwtSvids tokens,
      Supplier<Workloads> workloads,
      Authenticator others,
      WorkloadTokens othersTokens) {
    this.certificates = certificates;
    this.tokens = tokens;
    this.workloads = workloads;
    this.others = others;
    this.othersTokens = othersTokens;
  }

  @Override
  public Authentication authenticate(Presented presented, Instant at) {
    try {
      return presented
          .credential()
          .map(credential -> byToken(presented, credential, at))
          .orElseGet(() -> byCertificate(presented.certificates(), at));
    } catch (Releases.PolicyUnavailableException e) {
      return new Unavailable("no policy version can be had");
    }
  }

  private Authentication byToken(Presented presented, Credential credential, Instant at) {
    var answer = others.authenticate(presented, at);
    boolean isMine =
        answer instanceof Refused
            && credential.scheme() == Scheme.BEARER
            && tokens.isListed(credential.token());
    return isMine ? byJwt(credential.token(), at) : answer;
  }

  @Override
  public Identified identify(String token, Instant at) {
    var answer = othersTokens.identify(token, at);
    try {
      return answer instanceof NotKnown && tokens.isListed(token) ? ofJwt(token, at) : answer;
    } catch (Releases.PolicyUnavailableException e) {
      return new Away("no policy version can be had");
    }
  }

  private Authentication byJwt(String token, Instant at) {
    return switch (ofJwt(token, at)) {
      case NotKnown(String detail) -> new Refused(detail);
      case Away(String detail) -> new Unavailable(detail);
      case Known(ProvenWorkload proven) ->
          proven.workload().acceptsUnbound()
              ? new Authenticated(proven.withoutKey())
              : new Refused("the workload must prove a key, and a jwt-svid is bound to none");
    };
  }

  private Identified ofJwt(String token, Instant at) {
    return switch (tokens.check(token, at)) {
      case JwtSvids.Refused(String detail) -> new NotKnown(detail);
      case JwtSvids.Unavailable(String detail) -> new Away(detail);
      case JwtSvids.Proven(SpiffeId id, var trusted, Instant until) -> {
        var known = registered(id, trusted);
        yield known.workload().isEmpty()
            ? new NotKnown(known.objection())
            : new Known(
                new ProvenWorkload(
                    known.workload().get(),
                    Instances.unbound("spiffe://" + id.trustDomain(), id.text()),
                    new Confirmation.None(),
                    until));
      }
    };
  }

  private Authentication byCertificate(List<X509Certificate> chain, Instant at) {
    return switch (certificates.check(chain, at)) {
      case X509Svids.Refused(String detail) -> new Refused(detail);
      case X509Svids.Unavailable(String detail) -> new Unavailable(detail);
      case X509Svids.Proven(SpiffeId id, var trusted, var key, Instant until) -> {
        var known = registered(id, trusted);
        yield known.workload().isEmpty()
            ? new Refused(known.objection())
            : new Authenticated(known.workload().get().caller(key, true, until));
      }
    };
  }

  /** The one workload of this name, or why there is none. */
  public record Registered(Optional<Workloads.Workload> workload, String objection) {}

  /** Which workload a proven SPIFFE ID is, by the policy version in force. */
  public Registered registered(SpiffeId id, TrustDomain trusted) {
    var known = workloads.get().find(id);
    if (known.size() != 1) {
      return new Registered(
          Optional.empty(),
          known.isEmpty()
              ? "the spiffe id is not registered"
              : "the spiffe id is registered more than once");
    }
    return known.getFirst().isWithin(trusted.environments())
        ? new Registered(Optional.of(known.getFirst()), "")
        : new Registered(
            Optional.empty(),
            "the trust domain is not believed for the environment of this workload");
  }
}
