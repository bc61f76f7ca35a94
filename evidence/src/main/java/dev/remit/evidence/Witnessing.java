package dev.remit.evidence;

import dev.remit.log.Checkpoint;
import dev.remit.log.Frontier;
import dev.remit.log.SignedNote;
import dev.remit.log.TreeHead;
import dev.remit.log.TrustPolicy;
import dev.remit.log.Verified;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far the witnesses that the reader trusts cosigned the log of a pack: by cosigned checkpoints
 * before the entries, and by the last checkpoint itself.
 */
final class Witnessing {

  private static final int LIMIT_CLAIMS = 64;

  private final Optional<TrustPolicy> policy;
  private final Deque<Claim> claims = new ArrayDeque<>();
  private long largest = -1;
  private int count;
  private Optional<VerificationReport.Witnessed> witnessed = Optional.empty();

  /** A cosigned checkpoint whose entries have not passed yet. */
  private record Claim(Place place, TreeHead head, Set<String> cosigners) {}

  Witnessing(Optional<TrustPolicy> policy) {
    this.policy = policy;
  }

  /** A cosigned checkpoint that the log signed; the entries have to lead to it later. */
  Optional<Refusal> claim(Place place, Checkpoint checkpoint, String note) {
    count++;
    if (count > LIMIT_CLAIMS || checkpoint.head().size() <= largest) {
      return Refusal.of(
          Finding.Code.SIZE, "cosigned checkpoints come smallest first, at most " + LIMIT_CLAIMS);
    }
    largest = checkpoint.head().size();
    return switch (cosigners(note)) {
      case Verified.Proven<Set<String>>(Set<String> names) -> {
        claims.add(new Claim(place, checkpoint.head(), names));
        yield Optional.empty();
      }
      case Verified.Refuted<Set<String>> refuted ->
          Refusal.of(Finding.Code.COSIGNATURE, refuted.detail());
    };
  }

  private Verified<Set<String>> cosigners(String note) {
    return policy.isPresent()
        ? policy.get().cosigners(SignedNote.parse(note.getBytes(StandardCharsets.UTF_8)))
        : Verified.proven(Set.of());
  }

  /** To be told of every state of the log, the empty one included. */
  Optional<Finding> passing(Frontier frontier) {
    Claim next = claims.peek();
    if (next == null || next.head().size() != frontier.size()) {
      return Optional.empty();
    }
    claims.remove();
    if (!next.head().equals(frontier.head())) {
      return Optional.of(
          new Finding(
              Finding.Code.ROOT,
              next.place(),
              "the entries do not lead to the cosigned checkpoint's root"));
    }
    count(next.head(), next.cosigners());
    return Optional.empty();
  }

  private void count(TreeHead head, Set<String> cosigners) {
    if (policy.isPresent()
        && policy.get().asksForWitnesses()
        && policy.get().isWitnessedBy(cosigners)) {
      witnessed =
          Optional.of(
              new VerificationReport.Witnessed(head.size(), List.copyOf(new TreeSet<>(cosigners))));
    }
  }

  /** The last checkpoint, once the log signed it and the entries lead to it. */
  Optional<Refusal> last(Checkpoint checkpoint, String note) {
    return switch (cosigners(note)) {
      case Verified.Proven<Set<String>>(Set<String> names) -> {
        count(checkpoint.head(), names);
        yield Optional.empty();
      }
      case Verified.Refuted<Set<String>> refuted ->
          Refusal.of(Finding.Code.COSIGNATURE, refuted.detail());
    };
  }

  /** Cosigned checkpoints that the entries never reached. */
  List<Finding> unreached() {
    return claims.stream()
        .map(claim ->
            new Finding(
                Finding.Code.SIZE,
                claim.place(),
                "the cosigned checkpoint is of "
                    + claim.head().size()
                    + " entries, the pack has fewer"))
        .toList();
  }

  Optional<VerificationReport.Witnessed> witnessed() {
    return witnessed;
  }

  /** Whether the reader asks for witnesses and they did not cosign so many entries. */
  boolean isShortOf(long size) {
    return policy.isPresent()
        && policy.get().asksForWitnesses()
        && witnessed.map(VerificationReport.Witnessed::size).filter(s -> s >= size).isEmpty();
  }

  /** What it leaves open, in words. */
  Optional<String> notChecked(long size) {
    if (policy.isEmpty() || !policy.get().asksForWitnesses()) {
      return Optional.of(
          "whether others were shown the same history: no witness's cosignature was asked for");
    }
    if (!isShortOf(size) || size == 0) {
      return Optional.empty();
    }
    long from = witnessed.map(VerificationReport.Witnessed::size).orElse(0L);
    return Optional.of(
        "whether others were shown the same history in entries "
            + from
            + " to "
            + (size - 1)
            + ": unwitnessed, no quorum of witnesses cosigned them");
  }
}
