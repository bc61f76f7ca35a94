package dev.remit.evidence;

import dev.remit.log.Checkpoint;
import dev.remit.log.Frontier;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.NoteSignature;
import dev.remit.log.Refutation;
import dev.remit.log.SignedNote;
import dev.remit.log.TreeHead;
import dev.remit.log.TrustPolicy;
import dev.remit.log.Verified;
import dev.remit.log.VerifiedNote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What ties a pack to something outside it: keys and an older checkpoint that the reader brought.
 *
 * <p>A key speaks only for the installation that it is named after, so that a reader who trusts two
 * installations is not shown one under the other's name.
 */
final class Anchor {

  private final Optional<TrustPolicy> trust;
  private final Optional<String> since;
  private final List<String> notChecked = new ArrayList<>();
  private Optional<Checkpoint> older = Optional.empty();
  private Optional<TreeHead> headThen = Optional.empty();

  Anchor(Optional<TrustPolicy> trust, Optional<String> since) {
    this.trust = trust;
    this.since = since;
  }

  static String keyName(String installation) {
    return "remit/" + installation;
  }

  static String origin(String installation, String tenant) {
    return keyName(installation) + "/" + tenant;
  }

  /** Whether somebody else than the log signed its checkpoint; by whom is not looked at. */
  static boolean isCosigned(SignedNote note) {
    String origin = Checkpoint.parse(note.text()).origin().value();
    return note.signatures().stream()
        .anyMatch(signature -> !origin.startsWith(signature.keyName() + "/"));
  }

  /** Whom the reader trusts, if anybody. */
  Optional<TrustPolicy> trust() {
    return trust;
  }

  boolean isTrusting() {
    return trust.isPresent();
  }

  /** Reads the older checkpoint, once it is known which log it has to be of. */
  Optional<Refusal> begin(PackLine.Header header) {
    if (since.isEmpty()) {
      notChecked.add("whether this log continues an earlier one: no older checkpoint was brought");
      return Optional.empty();
    }
    return switch (open(since.get(), header)) {
      case Verified.Proven<Checkpoint>(Checkpoint checkpoint) -> {
        older = Optional.of(checkpoint);
        if (checkpoint.head().size() == 0) {
          notChecked.add("the older checkpoint is of the empty log, which says nothing");
        }
        yield Optional.empty();
      }
      case Verified.Refuted<Checkpoint> refuted ->
          Refusal.of(Finding.Code.SINCE, "the older checkpoint is of no use: " + refuted.detail());
    };
  }

  /** To be told of every state of the log, the empty one included. */
  void passing(Frontier frontier) {
    if (older.isPresent() && older.get().head().size() == frontier.size()) {
      headThen = Optional.of(frontier.head());
    }
  }

  /** Whether the entries continue the older checkpoint, once all have passed. */
  Optional<Refusal> continuity() {
    if (older.isEmpty()) {
      return Optional.empty();
    }
    TreeHead expected = older.get().head();
    if (headThen.isEmpty()) {
      return Refusal.of(
          Finding.Code.SINCE,
          "the older checkpoint has "
              + expected.size()
              + " entries: the pack has fewer, or leaves those out; export with `--since`");
    }
    return headThen.get().equals(expected)
        ? Optional.empty()
        : Refusal.of(
            Finding.Code.SINCE,
            "the first " + expected.size() + " entries are not those of the older checkpoint");
  }

  /** The checkpoint of a note, if trusted keys signed it (where there are any) for this log. */
  Verified<Checkpoint> open(String note, PackLine.Header header) {
    return open(note, header.installation(), header.tenant().value());
  }

  /** As {@link #open(String, PackLine.Header)}, where there is no header. */
  Verified<Checkpoint> open(String note, String installation, String tenant) {
    byte[] bytes = note.getBytes(StandardCharsets.UTF_8);
    String origin = origin(installation, tenant);
    try {
      if (trust.isEmpty()) {
        return ofLog(Checkpoint.parse(SignedNote.parse(bytes).text()), origin);
      }
      return SignedNote.open(bytes, trust.get().logKeys())
          .then(signed -> bySpeaker(signed, keyName(installation)))
          .then(signed -> ofLog(Checkpoint.parse(signed.text()), origin));
    } catch (InvalidLogDataException e) {
      return Verified.refuted(Refutation.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private static Verified<VerifiedNote> bySpeaker(VerifiedNote signed, String keyName) {
    return signed.verified().stream()
            .map(NoteSignature::keyName)
            .anyMatch(name -> name.value().equals(keyName))
        ? Verified.proven(signed)
        : Verified.refuted(
            Refutation.NO_TRUSTED_SIGNATURE,
            "the trusted key that signed does not speak for `" + keyName + "`");
  }

  private static Verified<Checkpoint> ofLog(Checkpoint checkpoint, String origin) {
    return checkpoint.origin().value().equals(origin)
        ? Verified.proven(checkpoint)
        : Verified.refuted(
            Refutation.ORIGIN_MISMATCH,
            "the checkpoint is of the log `" + checkpoint.origin() + "`, not `" + origin + "`");
  }

  List<String> notChecked() {
    return List.copyOf(notChecked);
  }
}
