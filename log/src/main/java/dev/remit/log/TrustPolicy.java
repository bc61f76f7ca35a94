package dev.remit.log;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whom a reader trusts: logs, witnesses, and how many of the witnesses are enough (C2SP
 * tlog-policy).
 *
 * <p>It comes from the reader and never from the material that is checked. Witnesses go by the
 * names that the policy gives them, which mean nothing outside of it.
 */
public record TrustPolicy(
    List<LogVerifier> logs, Map<String, CosignatureVerifier> witnesses, Quorum quorum) {
  /** The largest file that is read. */
  public static final int LIMIT_BYTES = 1 << 20;

  public TrustPolicy {
    logs = List.copyOf(logs);
    witnesses = Map.copyOf(witnesses);
  }

  /** Logs alone, without witnesses: {@code quorum none}. */
  public static TrustPolicy of(List<? extends LogVerifier> logs) {
    return new TrustPolicy(List.copyOf(logs), Map.of(), new Quorum.None());
  }

  /** Reads a policy file; whatever the specification does not allow is refused. */
  public static TrustPolicy parse(byte[] file) {
    if (file.length > LIMIT_BYTES) {
      throw new InvalidLogDataException("a policy has at most " + LIMIT_BYTES + " bytes");
    }
    return new PolicyReader().read(file);
  }

  /** The keys that speak for a log. There may be none where the logs are known otherwise. */
  public TrustedKeys logKeys() {
    return TrustedKeys.of(logs);
  }

  /** Whether cosignatures are asked for at all. */
  public boolean asksForWitnesses() {
    return !(quorum instanceof Quorum.None);
  }

  /**
   * The witnesses whose cosignature a note carries, by their names here; refuted when one of them
   * is wrong. It says nothing of the log's own signature.
   */
  public Verified<Set<String>> cosigners(SignedNote note) {
    if (witnesses.isEmpty()) {
      return Verified.proven(Set.of());
    }
    return switch (note.verify(TrustedKeys.of(witnesses.values()))) {
      case Verified.Proven<VerifiedNote>(VerifiedNote verified) ->
          Verified.proven(names(verified.verified()));
      case Verified.Refuted<VerifiedNote>(Refutation reason, String detail) ->
          reason == Refutation.NO_TRUSTED_SIGNATURE
              ? Verified.proven(Set.of())
              : Verified.refuted(reason, detail);
    };
  }

  private Set<String> names(List<NoteSignature> signatures) {
    Map<String, String> names = new LinkedHashMap<>();
    witnesses.forEach((name, key) -> names.put(key.name() + "+" + key.id(), name));
    Set<String> cosigners = new TreeSet<>();
    for (NoteSignature signature : signatures) {
      cosigners.add(names.get(signature.keyName() + "+" + signature.keyId()));
    }
    return Set.copyOf(cosigners);
  }

  /** Whether these witnesses are enough. */
  public boolean isWitnessedBy(Set<String> cosigners) {
    return quorum.isMetBy(cosigners);
  }
}
