package dev.remit.identity.token;

import dev.remit.core.identity.Authenticator;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.Presented;
import dev.remit.core.identity.TaskGrant;
import dev.remit.core.identity.TaskGrant.Binding;
import dev.remit.core.identity.TaskGrant.ByCertificate;
import dev.remit.core.identity.TaskGrant.ByKey;
import dev.remit.core.identity.TokenAuthority;
import dev.remit.core.value.Value;
import dev.remit.identity.ClientAssertions;
import dev.remit.identity.Instances;
import dev.remit.identity.ProvenWorkload;
import dev.remit.identity.WorkloadTokens;
import dev.remit.identity.binding.Confirmation;
import dev.remit.identity.binding.DpopProofs;
import dev.remit.identity.binding.SenderBinding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@link TokenAuthority} over the workloads' own tokens, certificates and signatures.
 *
 * <p>Every task token is bound. A request with a proof of a key gets a token of that key; one over
 * a client certificate without a proof gets a token of that certificate. A subject's token that is
 * bound already is taken from the holder of its key alone, so a stolen one is worth nothing here
 * either.
 */
public final class TaskTokenAuthority implements TokenAuthority {

  private static final String ENDPOINT = "/oauth2/token";

  private final TaskTokens tokens;
  private final DpopProofs proofs;
  private final List<WorkloadTokens> workloads;
  private final Authenticator certificates;
  private final ClientAssertions assertions;

  /**
   * The authority.
   *
   * @param workloads who tells which workload a token is of; the first that knows it
   * @param certificates proves a caller that shows a certificate and no token
   * @param assertions proves a caller that signs for itself
   */
  public TaskTokenAuthority(
      TaskTokens tokens,
      DpopProofs proofs,
      List<WorkloadTokens> workloads,
      Authenticator certificates,
      ClientAssertions assertions) {
    this.tokens = tokens;
    this.proofs = proofs;
    this.workloads = List.copyOf(workloads);
    this.certificates = certificates;
    this.assertions = assertions;
  }

  @Override
  public Proof prove(Presented presented, Optional<Statement> subject, Instant at) {
    if (presented.credential().isPresent()) {
      return new Unproven("invalid_request", "a token came in `Authorization`");
    }
    if (subject.isEmpty()) {
      return byCertificate(presented, at);
    }
    if (subject.get().kind() == Statement.Kind.ASSERTION) {
      return byAssertion(presented, subject.get(), at);
    }
    if (tokens.isOurs(subject.get().text(), at)) {
      return new Unproven("invalid_request", "a task token is exchanged for nothing");
    }
    return byToken(presented, subject.get().text(), at);
  }

  private Proof byToken(Presented presented, String token, Instant at) {
    String detail = "no workload is proven by it";
    for (var one : workloads) {
      switch (one.identify(token, at)) {
        case WorkloadTokens.Known(ProvenWorkload workload) -> {
          return held(presented, workload, at);
        }
        case WorkloadTokens.Away(String away) -> {
          return new Unavailable(away);
        }
        case WorkloadTokens.NotKnown(String why) -> detail = why;
      }
    }
    return new Unproven("invalid_request", detail);
  }

  private Proof byAssertion(Presented presented, Statement shown, Instant at) {
    String endpoint = presented.uri();
    if (!endpoint.endsWith(ENDPOINT)) {
      return new Unproven("invalid_client", "an assertion is for the token endpoint alone");
    }
    String issuer = endpoint.substring(0, endpoint.length() - ENDPOINT.length());
    return switch (assertions.check(shown.text(), endpoint, issuer, shown.client(), at)) {
      case ClientAssertions.Good good -> {
        var proof = held(presented, good.workload(), at);
        var spent = proof instanceof Proven ? assertions.spend(good, at) : Optional.<String>empty();
        yield spent.<Proof>map(why -> new Unproven("invalid_client", why)).orElse(proof);
      }
      case ClientAssertions.Bad(String detail) -> new Unproven("invalid_client", detail);
      case ClientAssertions.Away(String detail) -> new Unavailable(detail);
    };
  }

  private Proof held(Presented presented, ProvenWorkload workload, Instant at) {
    if (workload.confirmation() instanceof Confirmation.Certificate(String digest)) {
      var leaf = presented.certificates().stream().findFirst();
      if (leaf.filter(one -> SenderBinding.digest(one).equals(digest)).isEmpty()) {
        return new Unproven("invalid_request", "the token is bound to another certificate");
      }
      if (presented.proof().isEmpty()) {
        return new Proven(
            workload.bound(Instances.of(leaf.get().getPublicKey())), new ByCertificate(digest));
      }
    }
    var expected =
        workload.confirmation() instanceof Confirmation.Key(String thumbprint)
            ? Optional.of(thumbprint)
            : Optional.<String>empty();
    return byKey(presented, expected, at, workload::bound);
  }

  private Proof byCertificate(Presented presented, Instant at) {
    if (presented.certificates().isEmpty()) {
      return new Unproven("invalid_request", "neither a subject nor a certificate came");
    }
    return switch (certificates.authenticate(presented, at)) {
      case Authenticator.Authenticated(var caller) when !presented.proof().isPresent() ->
          new Proven(
              caller, new ByCertificate(SenderBinding.digest(presented.certificates().getFirst())));
      case Authenticator.Authenticated(var caller) ->
          byKey(presented, Optional.empty(), at, instance -> Instanced.of(caller, instance));
      case Authenticator.Refused(String detail) -> new Unproven("invalid_client", detail);
      case Authenticator.NonceNeeded(String nonce) -> new NonceNeeded(nonce);
      case Authenticator.Unavailable(String detail) -> new Unavailable(detail);
    };
  }

  /** The key of the request's proof. */
  private Proof byKey(
      Presented presented,
      Optional<String> expected,
      Instant at,
      java.util.function.Function<InstanceId, dev.remit.core.identity.Caller> caller) {
    if (presented.proof().isEmpty()) {
      return new Unproven("invalid_dpop_proof", "no proof of a key came");
    }
    var checked =
        proofs.check(
            presented.proof().get(),
            presented.method(),
            presented.uri(),
            Optional.empty(),
            expected,
            at);
    return switch (checked) {
      case DpopProofs.Holds(String thumbprint) -> {
        Binding binding = new ByKey(thumbprint);
        yield new Proven(caller.apply(Instances.ofThumbprint(thumbprint)), binding);
      }
      case DpopProofs.Wrong(String detail) -> new Unproven("invalid_dpop_proof", detail);
      case DpopProofs.Again(String nonce) -> new NonceNeeded(nonce);
    };
  }

  @Override
  public Issued issue(TaskGrant grant, Instant at) {
    return tokens.issue(grant, at);
  }

  @Override
  public Optional<Said> read(String token, Instant at) {
    return tokens
        .read(token, at)
        .flatMap(read ->
            instance(read.confirmation())
                .map(instance ->
                    new Said(
                        read.token(), read.agent(), instance, read.expiresAt(), read.claims())));
  }

  /** A certificate's key is not known from its digest; then only its own agent may ask. */
  private static Optional<InstanceId> instance(Confirmation confirmation) {
    return switch (confirmation) {
      case Confirmation.Key(String thumbprint) -> Optional.of(Instances.ofThumbprint(thumbprint));
      case Confirmation.Certificate(String digest) -> Optional.of(new InstanceId("x5t:" + digest));
      case Confirmation.None() -> Optional.empty();
    };
  }

  @Override
  public Value.Obj publicKeys() {
    return tokens.keys().publicKeys();
  }
}
