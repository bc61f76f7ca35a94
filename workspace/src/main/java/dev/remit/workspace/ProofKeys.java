package dev.remit.workspace;

import dev.remit.core.identity.SpiffeId;
import dev.remit.core.identity.WorkloadProof;
import dev.remit.core.identity.WorkloadProof.Match;
import dev.remit.core.identity.WorkloadProof.OfClaims;
import dev.remit.core.identity.WorkloadProof.OfSpiffe;
import dev.remit.core.identity.WorkloadProof.OfSubject;
import dev.remit.workspace.Names.Kind;
import java.util.Map;

/**
 * How a workload proves itself: {@code issuer} with {@code subject} or {@code claims}, or {@code
 * spiffe}; for agents {@code client} with {@code keys}, too; and whether a token bound to no key
 * will do, {@code bearer: legacy}.
 */
final class ProofKeys {
  private static final Form LEGACY = Form.oneOf("legacy");

  private ProofKeys() {}

  /** How an agent proves itself, which may sign for itself at the token endpoint as well. */
  static WorkloadProof ofAgent(Section one, String who, Names names, Identities identities) {
    if (!one.has("client") && !one.has("keys")) {
      return read(one, who, names, identities);
    }
    var match = ClientKeys.read(one);
    identities.claim(match, who, one.origin("client"));
    return WorkloadProof.of(match);
  }

  static WorkloadProof read(Section one, String who, Names names, Identities identities) {
    boolean isComplete =
        one.has("spiffe") || (one.has("issuer") && (one.has("subject") || one.has("claims")));
    var match = one.has("spiffe") ? spiffe(one) : ofIssuer(one, names);
    if (isComplete) {
      identities.claim(match, who, one.origin(one.has("subject") ? "subject" : key(one)));
    }
    var proof = WorkloadProof.of(match);
    return one.optionalText("bearer", LEGACY).isPresent() ? proof.unbound() : proof;
  }

  private static String key(Section one) {
    return one.has("spiffe") ? "spiffe" : "claims";
  }

  private static Match spiffe(Section one) {
    for (var other : new String[] {"issuer", "subject", "claims"}) {
      if (one.has(other)) {
        one.problem(other, "an identity has either `spiffe` or `" + other + "`; remove one");
        one.any(other);
      }
    }
    return new OfSpiffe(SpiffeId.parse(one.text("spiffe", Form.SPIFFE_ID)));
  }

  private static Match ofIssuer(Section one, Names names) {
    var issuer = one.text("issuer", Form.PLAIN_NAME);
    names.refer(Kind.WORKLOAD_ISSUER, issuer, one.origin("issuer"));
    if (!one.has("claims")) {
      return new OfSubject(issuer, one.text("subject", Form.WORKLOAD_SUBJECT));
    }
    if (one.has("subject")) {
      one.problem(
          "subject", "an identity has either `subject` or `claims`; write `sub` as a claim");
      one.any("subject");
    }
    var claims = one.section("claims").eachText(Form.CLAIM, Form.CLAIM_VALUE);
    if (claims.isEmpty()) {
      one.problem("claims", "`claims` is empty, which means none; name what tells it apart");
    }
    return new OfClaims(issuer, claims.isEmpty() ? Map.of("sub", "x") : claims);
  }
}
