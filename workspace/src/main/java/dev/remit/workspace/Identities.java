package dev.remit.workspace;

import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.ClientKey;
import dev.remit.core.identity.WorkloadProof.Match;
import dev.remit.core.identity.WorkloadProof.OfClaims;
import dev.remit.core.identity.WorkloadProof.OfKeys;
import dev.remit.core.identity.WorkloadProof.OfRemit;
import dev.remit.core.identity.WorkloadProof.OfSpiffe;
import dev.remit.core.identity.WorkloadProof.OfSubject;
import dev.remit.core.value.Value;
import dev.remit.policy.Diagnostic;
import dev.remit.policy.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is shown is exactly one workload, and one agent has exactly one identity. */
final class Identities {
  private static final String SUBJECT = "sub";

  private record Claim(String by, Origin at) {}

  private record Claimed(Map<String, String> claims, Claim claim) {}

  /** What one issuer's tokens are matched by. */
  private static final class OfIssuer {
    final Map<String, Claim> subjects = new HashMap<>();
    final List<Claimed> claims = new ArrayList<>();
  }

  private final Map<String, OfIssuer> issuers = new HashMap<>();
  private final Map<String, Claim> spiffe = new HashMap<>();
  private final Map<String, Claim> clients = new HashMap<>();
  private final Map<Value.Obj, Claim> keys = new HashMap<>();
  private final Map<AgentId, Origin> agents = new HashMap<>();
  private final List<TriageKeys.Spanning> spanning = new ArrayList<>();
  private final Consumer<Diagnostic> problems;

  Identities(Consumer<Diagnostic> problems) {
    this.problems = problems;
  }

  void claim(Match match, String by, Origin at) {
    var claim = new Claim(by, at);
    switch (match) {
      case OfSubject(String issuer, String subject) -> subject(issuer, subject, claim);
      case OfClaims(String issuer, Map<String, String> claims) -> claims(issuer, claims, claim);
      case OfSpiffe(var id) ->
          taken("spiffe id `" + id.text() + "`", spiffe.putIfAbsent(id.text(), claim), at);
      case OfKeys(String client, List<ClientKey> stated) -> {
        taken("client `" + client + "`", clients.putIfAbsent(client, claim), at);
        stated.forEach(key ->
            taken(
                "the key `" + key.kid() + "`",
                keys.putIfAbsent(ClientKeys.material(key), claim),
                at));
      }
      case OfRemit _ -> throw new IllegalStateException("nobody shows anything to be remit");
    }
  }

  private void subject(String issuer, String subject, Claim claim) {
    var known = issuers.computeIfAbsent(issuer, _ -> new OfIssuer());
    var first = known.subjects.putIfAbsent(subject, claim);
    taken("subject `" + subject + "`", first, claim.at());
    if (first == null) {
      alike(known, Map.of(SUBJECT, subject), claim);
    }
  }

  private void claims(String issuer, Map<String, String> claims, Claim claim) {
    var known = issuers.computeIfAbsent(issuer, _ -> new OfIssuer());
    alike(known, claims, claim);
    var subject = claims.get(SUBJECT);
    var other =
        subject == null
            ? known.subjects.values().stream().findFirst().orElse(null)
            : known.subjects.get(subject);
    if (other != null) {
      ambiguous(other, claim.at());
    }
    known.claims.add(new Claimed(claims, claim));
  }

  /** Two lists of claims that one token could carry both are not told apart. */
  private void alike(OfIssuer known, Map<String, String> claims, Claim claim) {
    for (var other : known.claims) {
      if (!isApart(other.claims(), claims)) {
        ambiguous(other.claim(), claim.at());
        return;
      }
    }
  }

  private static boolean isApart(Map<String, String> one, Map<String, String> other) {
    return one.entrySet().stream()
        .anyMatch(claim ->
            other.containsKey(claim.getKey())
                && !Objects.equals(other.get(claim.getKey()), claim.getValue()));
  }

  private void taken(String what, @Nullable Claim first, Origin at) {
    if (first != null) {
      tell(
          at,
          what
              + " is already "
              + first.by()
              + " at "
              + first.at()
              + "; an identity is never shared");
    }
  }

  private void ambiguous(Claim first, Origin at) {
    tell(
        at,
        "one token of this issuer could be this and "
            + first.by()
            + " at "
            + first.at()
            + "; name one claim in both with different values");
  }

  /** Kept until all task classes are read. */
  void spanning(AgentClassId agentClass, Origin at) {
    spanning.add(new TriageKeys.Spanning(agentClass, at));
  }

  List<TriageKeys.Spanning> spanning() {
    return List.copyOf(spanning);
  }

  void claim(AgentId agent, Origin at) {
    var first = agents.putIfAbsent(agent, at);
    if (first != null) {
      tell(
          at,
          "agent `"
              + agent.text()
              + "` already has an identity at "
              + first
              + "; an agent has one");
    }
  }

  private void tell(Origin at, String message) {
    problems.accept(new Diagnostic(at.file(), at.line(), message));
  }
}
