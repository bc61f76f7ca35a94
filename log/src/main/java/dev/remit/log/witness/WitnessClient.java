package dev.remit.log.witness;

import dev.remit.log.Checkpoint;
import dev.remit.log.ConsistencyProof;
import dev.remit.log.CosignatureVerifier;
import dev.remit.log.Hash;
import dev.remit.log.HashSource;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.NoteSignature;
import dev.remit.log.SignedNote;
import dev.remit.log.TrustedKeys;
import dev.remit.log.Verified;
import dev.remit.log.VerifiedNote;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks one witness to cosign checkpoints of one log (C2SP tlog-witness "add-checkpoint").
 *
 * <p>It remembers the size that the witness knows and asks for it where it does not know. Every
 * call ends within the deadline. Only cosignatures that verify under the witness's key are taken
 * over. Not for use by several threads at once.
 */
public final class WitnessClient {
  private static final int LIMIT_ANSWER_BYTES = 1 << 18;

  private final HttpClient http;
  private final URI addCheckpoint;
  private final CosignatureVerifier key;
  private final Duration deadline;
  private long known;

  /**
   * @param prefix the witness's submission prefix
   * @param key of the witness, which came another way
   */
  public WitnessClient(HttpClient http, URI prefix, CosignatureVerifier key, Duration deadline) {
    this.http = http;
    this.addCheckpoint = URI.create(prefix.toString().replaceAll("/+$", "") + "/add-checkpoint");
    this.key = key;
    this.deadline = deadline;
  }

  /** The answer to {@link #cosign}. */
  public sealed interface Result {
    /** The checkpoint with the witness's cosignature on it. */
    record Cosigned(SignedNote checkpoint) implements Result {}

    /**
     * The witness has seen another history: no honest log comes to this. Stop and raise the alarm.
     */
    record Forked(long witnessSize, String detail) implements Result {}

    /**
     * The witness has seen a longer log. Harmless where another replica was quicker; a log whose
     * own head is shorter than this has lost entries that it signed.
     */
    record Ahead(long witnessSize) implements Result {}

    /** The witness does not take it, and says why by its status. */
    record Refused(int status, String detail) implements Result {}

    /** No usable answer in time; try again later. */
    record Unreachable(String detail) implements Result {}
  }

  /**
   * Submits a checkpoint of the log.
   *
   * @param hashes of the log, at least up to the checkpoint's size
   */
  public Result cosign(SignedNote checkpoint, HashSource hashes) {
    long size = Checkpoint.parse(checkpoint.text()).head().size();
    try {
      long old = Math.min(known, size);
      Reply reply = send(checkpoint, hashes, old);
      if (reply.status == 409) {
        long theirs = AddCheckpoint.parseSize(reply.body.strip());
        if (theirs > size) {
          return new Result.Ahead(theirs);
        }
        if (theirs == old) {
          return new Result.Forked(theirs, "the witness has seen another log of this size");
        }
        known = theirs;
        reply = send(checkpoint, hashes, theirs);
      }
      return read(reply, checkpoint, size);
    } catch (IOException | InvalidLogDataException e) {
      return new Result.Unreachable("the witness gave no usable answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Unreachable("the call was broken off");
    }
  }

  private Result read(Reply reply, SignedNote checkpoint, long size) {
    return switch (reply.status) {
      case 200 -> cosigned(reply.body, checkpoint, size);
      case 409 -> again(reply.body, size);
      case 422 -> new Result.Forked(known, "the witness has seen another history");
      default ->
          reply.status >= 500
              ? new Result.Unreachable("the witness is out of order")
              : new Result.Refused(reply.status, "the witness answered " + reply.status);
    };
  }

  /** A second conflict: either a fork at the very size that was sent, or another caller won. */
  private Result again(String body, long size) {
    return AddCheckpoint.parseSize(body.strip()) == known && known == size
        ? new Result.Forked(known, "the witness has seen another log of this size")
        : new Result.Unreachable("the witness's size changed meanwhile");
  }

  private Result cosigned(String lines, SignedNote checkpoint, long size) {
    var answer =
        SignedNote.parse((checkpoint.text() + "\n" + lines).getBytes(StandardCharsets.UTF_8));
    return switch (answer.verify(TrustedKeys.of(key))) {
      case Verified.Refuted<VerifiedNote> refuted ->
          new Result.Unreachable("its cosignature is of no use: " + refuted.detail());
      case Verified.Proven<VerifiedNote>(VerifiedNote verified) -> {
        SignedNote note = checkpoint;
        for (NoteSignature signature : verified.verified()) {
          note = note.with(signature);
        }
        known = size;
        yield new Result.Cosigned(note);
      }
    };
  }

  private Reply send(SignedNote checkpoint, HashSource hashes, long oldSize)
      throws IOException, InterruptedException {
    long size = Checkpoint.parse(checkpoint.text()).head().size();
    List<Hash> proof =
        oldSize == 0 || oldSize == size
            ? List.of()
            : ConsistencyProof.create(oldSize, size, hashes).path();
    var request =
        HttpRequest.newBuilder(addCheckpoint)
            .timeout(deadline)
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    new AddCheckpoint(oldSize, proof, checkpoint).toBytes()))
            .build();
    var handler =
        HttpResponse.BodyHandlers.limiting(
            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), LIMIT_ANSWER_BYTES);
    var coming = http.sendAsync(request, handler);
    try {
      // The request's own timeout ends with the headers; this one holds for the body as well.
      var response = coming.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      return new Reply(response.statusCode(), response.body());
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no answer in time", e);
    } finally {
      coming.cancel(true);
    }
  }

  private record Reply(int status, String body) {}
}
