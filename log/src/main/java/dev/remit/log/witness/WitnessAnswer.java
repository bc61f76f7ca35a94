package dev.remit.log.witness;

/**
 * What a witness says to a checkpoint, in the protocol's terms (C2SP tlog-witness
 * "add-checkpoint").
 *
 * @param body signature lines with {@code COSIGNED}, the witness's size with {@code CONFLICT}, else
 *     words for people
 */
public record WitnessAnswer(Kind kind, String body) {

  /** The closed list of answers with their status codes. */
  public enum Kind {
    /** Seen, consistent and remembered. */
    COSIGNED(200),
    /** Not of the protocol's form, or the old size is beyond the checkpoint's. */
    MALFORMED(400),
    /** No key that the witness trusts for this log signed it. */
    FORBIDDEN(403),
    /** The witness does not know this log. */
    UNKNOWN_LOG(404),
    /** The witness has seen another size, or another root at this size. */
    CONFLICT(409),
    /** The proof does not lead from what the witness has seen to the checkpoint. */
    UNPROVEN(422),
    /** What was seen cannot be remembered, so nothing is cosigned. */
    UNAVAILABLE(503);

    private final int status;

    Kind(int status) {
      this.status = status;
    }

    /** The HTTP status code. */
    public int status() {
      return status;
    }
  }

  /** The HTTP content type. */
  public String contentType() {
    return kind == Kind.CONFLICT ? "text/x.tlog.size" : "text/plain; charset=utf-8";
  }
}
