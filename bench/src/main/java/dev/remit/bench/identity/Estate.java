package dev.remit.bench.identity;

import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClass.WorkloadIdentity;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.Autonomy;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.TokenKeys;
import dev.remit.core.identity.WorkloadProof;
import dev.remit.core.release.People;
import dev.remit.core.release.Release;
import dev.remit.core.release.VersionId;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.value.Value;
import dev.remit.identity.ClientAssertions;
import dev.remit.identity.JwksSource;
import dev.remit.identity.KeyTimes;
import dev.remit.identity.OidcAuthenticator;
import dev.remit.identity.TrustedIssuer;
import dev.remit.identity.WorkloadIndex;
import dev.remit.identity.binding.DpopProofs;
import dev.remit.identity.binding.Nonces;
import dev.remit.identity.binding.SenderBinding;
import dev.remit.identity.secret.KeySeal;
import dev.remit.identity.token.TaskTokenAuthority;
import dev.remit.identity.token.TaskTokenKeys;
import dev.remit.identity.token.TaskTokens;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One agent, one issuer with its keys at hand, and the authority that gives out task tokens. */
final class Estate {

  static final AgentId AGENT = AgentId.parse("bench/client/production/change");

  private static final String ISSUER = "https://issuer.example";
  private static final String SUBJECT = "bench-1";
  private static final String AUDIENCE = "remit";

  private final SecureRandom random = new SecureRandom();
  private final Instant now;

  final Signer es256 = Signer.es256();
  final Signer ed25519 = Signer.ed25519();
  final DpopProofs proofs = new DpopProofs(new Nonces("bench", random));
  final OidcAuthenticator authenticator;
  final TaskTokenAuthority authority;

  Estate() {
    var keys = Value.object("keys", List.of(es256.jwk(), ed25519.jwk()));
    var release = release();
    authenticator =
        new OidcAuthenticator(
            List.of(TrustedIssuer.of(ISSUER, URI.create(ISSUER + "/jwks"), AUDIENCE)),
            () -> release,
            new SenderBinding(proofs),
            address -> new JwksSource.Document(keys),
            KeyTimes.DEFAULT,
            InstantSource.system());
    var signing =
        new TaskTokenKeys(new Kept(), new KeySeal(new byte[32]), InstantSource.system(), random);
    signing.refresh();
    authority =
        new TaskTokenAuthority(
            new TaskTokens(signing, "urn:remit:bench", random),
            proofs,
            List.of(authenticator),
            authenticator,
            new ClientAssertions(new WorkloadIndex(() -> release)));
    now = Instant.now();
  }

  Instant now() {
    return now;
  }

  /** The claims of a good token; each name makes another one. */
  Value.Obj claims(String name) {
    return Value.object(
        "iss", ISSUER,
        "sub", SUBJECT,
        "aud", AUDIENCE,
        "iat", now.getEpochSecond(),
        "exp", now.getEpochSecond() + 3_000,
        "jti", name);
  }

  private static Release release() {
    var agent =
        new AgentClass(
            AGENT.agentClass(),
            "owner",
            "purpose",
            "none",
            Set.of(),
            List.of(new WorkloadIdentity(WorkloadProof.of(ISSUER, SUBJECT).unbound(), AGENT)),
            Autonomy.of(AutonomyLevel.PROPOSE));
    return new Release(
        new VersionId("v"),
        "msp",
        Map.of(),
        Map.of(agent.id(), agent),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        new ConnectorId("tickets"),
        People.NONE,
        Set.of());
  }

  /** Keys of task tokens in memory. */
  private static final class Kept implements TokenKeys {
    private final List<Stored> keys = new ArrayList<>();

    @Override
    public synchronized List<Stored> all() {
      return List.copyOf(keys);
    }

    @Override
    public synchronized void add(Stored key, Instant after) {
      if (keys.stream().noneMatch(one -> one.signsUntil().isAfter(after))) {
        keys.add(key);
      }
    }

    @Override
    public synchronized void sweep(Instant deadBefore) {
      keys.removeIf(key -> key.verifiesUntil().isBefore(deadBefore));
    }
  }
}
