package dev.remit.log.witness;

import dev.remit.log.Checkpoint;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.NoteSignature;
import dev.remit.log.NoteSigner;
import dev.remit.log.Origin;
import dev.remit.log.Refutation;
import dev.remit.log.SignedNote;
import dev.remit.log.TreeHead;
import dev.remit.log.TrustedKeys;
import dev.remit.log.Verified;
import dev.remit.log.VerifiedNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides on checkpoints: cosigns one only if it continues the latest it cosigned of that log (C2SP
 * tlog-witness "add-checkpoint").
 *
 * <p>Checks and memory are one step for all callers, so no two of them can make it go back. What it
 * has not remembered on disk it does not hand out. After a failed write it cosigns nothing more
 * until it is started again, because it no longer knows what the disk holds.
 */
public final class Witness {
  private final Map<Origin, TrustedKeys> logs;
  private final NoteSigner cosigner;
  private final WitnessStates states;
  private boolean isBroken;

  /**
   * @param logs each log's keys, which the witness's operator brought
   * @param cosigner of cosignatures (see {@code Ed25519Cosigner}, {@code MlDsa44Cosigner})
   */
  public Witness(Map<Origin, TrustedKeys> logs, NoteSigner cosigner, WitnessStates states) {
    this.logs = Map.copyOf(logs);
    this.cosigner = cosigner;
    this.states = states;
    this.logs.keySet().forEach(this::recall);
  }

  /** What is remembered has to be what the log signed; anything else stops the start. */
  private void recall(Origin log) {
    try {
      var note = states.latest(log);
      if (note.isPresent() && !open(note.get(), log).isProven()) {
        throw new IOException("the memory of `" + log + "` is not signed by that log");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(String.valueOf(e.getMessage()), e);
    }
  }

  private Verified<Checkpoint> open(SignedNote note, Origin log) {
    TrustedKeys keys = logs.get(log);
    return keys == null
        ? Verified.refuted(Refutation.ORIGIN_MISMATCH, "the log is unknown")
        : Checkpoint.open(note.toBytes(), log, keys);
  }

  /** The answer to the body of an {@code add-checkpoint} request. */
  public WitnessAnswer add(byte[] body) {
    AddCheckpoint request;
    try {
      request = AddCheckpoint.parse(body);
    } catch (InvalidLogDataException e) {
      return answer(WitnessAnswer.Kind.MALFORMED, String.valueOf(e.getMessage()));
    }
    Origin log = request.claimed().origin();
    if (!logs.containsKey(log)) {
      return answer(WitnessAnswer.Kind.UNKNOWN_LOG, "this witness does not know the log");
    }
    if (!open(request.checkpoint(), log).isProven()) {
      return answer(WitnessAnswer.Kind.FORBIDDEN, "no trusted key of the log signed it");
    }
    if (request.oldSize() > request.claimed().head().size()) {
      return answer(WitnessAnswer.Kind.MALFORMED, "the old size is beyond the checkpoint's");
    }
    return decide(log, request);
  }

  private synchronized WitnessAnswer decide(Origin log, AddCheckpoint request) {
    if (isBroken) {
      return unavailable();
    }
    try {
      TreeHead seen = seen(log);
      TreeHead offered = request.claimed().head();
      if (request.oldSize() != seen.size()) {
        return conflict(seen);
      }
      if (seen.size() == 0) {
        return request.proof().isEmpty() ? cosign(log, request) : unproven();
      }
      return switch (request.consistency().verify(seen, offered)) {
        case Verified.Proven<TreeHead> _ -> cosign(log, request);
        case Verified.Refuted<TreeHead>(Refutation reason, String _) ->
            reason == Refutation.FORK ? conflict(seen) : unproven();
      };
    } catch (IOException e) {
      isBroken = true;
      return unavailable();
    }
  }

  private TreeHead seen(Origin log) throws IOException {
    Optional<SignedNote> latest = states.latest(log);
    return latest.isEmpty() ? TreeHead.EMPTY : Checkpoint.parse(latest.get().text()).head();
  }

  private WitnessAnswer cosign(Origin log, AddCheckpoint request) throws IOException {
    String text = request.checkpoint().text();
    SignedNote own = SignedNote.sign(text, List.of(cosigner));
    NoteSignature cosignature = own.signatures().getFirst();
    states.remember(log, trimmed(request.checkpoint(), log).with(cosignature));
    return answer(WitnessAnswer.Kind.COSIGNED, cosignature + "\n");
  }

  /** Without the signatures of strangers, which would fill the memory. */
  private SignedNote trimmed(SignedNote note, Origin log) {
    return switch (note.verify(keys(log))) {
      case Verified.Proven<VerifiedNote>(VerifiedNote verified) ->
          new SignedNote(verified.text(), verified.verified());
      case Verified.Refuted<VerifiedNote> _ ->
          throw new IllegalStateException("the note was verified a moment ago");
    };
  }

  private TrustedKeys keys(Origin log) {
    TrustedKeys keys = logs.get(log);
    if (keys == null) {
      throw new IllegalStateException("the log was known a moment ago");
    }
    return keys;
  }

  /** The latest cosigned checkpoint of a log, for reading. */
  public synchronized Optional<String> latest(Origin log) throws IOException {
    return logs.containsKey(log) ? states.latest(log).map(SignedNote::toString) : Optional.empty();
  }

  private static WitnessAnswer conflict(TreeHead seen) {
    return answer(WitnessAnswer.Kind.CONFLICT, seen.size() + "\n");
  }

  private static WitnessAnswer unproven() {
    return answer(
        WitnessAnswer.Kind.UNPROVEN, "the proof does not lead from what this witness has seen");
  }

  private static WitnessAnswer unavailable() {
    return answer(WitnessAnswer.Kind.UNAVAILABLE, "this witness cannot remember; start it again");
  }

  private static WitnessAnswer answer(WitnessAnswer.Kind kind, String body) {
    return new WitnessAnswer(kind, body.endsWith("\n") ? body : body + "\n");
  }
}
