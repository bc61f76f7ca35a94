package dev.remit.core.execution;

import dev.remit.core.target.Reading;
import dev.remit.core.value.Value;
import java.util.List;

/**
 * What became of one request to a connector's system.
 *
 * <p>{@code detail} is for evidence; it holds neither secrets nor the vendor's own words beyond a
 * status.
 */
public sealed interface Execution {

  /**
   * The vendor did it.
   *
   * @param result the MCP result: {@code content}, {@code structuredContent}, {@code isError}
   * @param proofs records carried by the answer itself, for tools whose proof is the answer
   */
  record Done(Value.Obj result, List<Reading> proofs) implements Execution {
    public Done {
      proofs = List.copyOf(proofs);
    }
  }

  /**
   * The vendor refused; {@code result} may be shown to the agent.
   *
   * @param isInOwnWords whether nothing in the result comes from the vendor but a status
   */
  record Rejected(String detail, Value.Obj result, boolean isInOwnWords) implements Execution {
    /** A refusal told in our words. */
    public Rejected(String detail, Value.Obj result) {
      this(detail, result, true);
    }
  }

  /** It certainly did not happen: never sent, or cancelled before it began. */
  record Failed(String detail) implements Execution {}

  /** Sent, and no certain answer came. */
  record Unknown(String detail) implements Execution {}
}
