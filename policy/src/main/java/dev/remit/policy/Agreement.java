package dev.remit.policy;

import java.util.Optional;

/**
 * What comparing the compiled engine with the official library gave.
 *
 * @param onSlices how many requests were put to the official library's slices
 * @param onWholeSet how many were also put to the whole set
 * @param seed from which the requests were made
 * @param disagreement what the engines answered differently, if they did; without values of facts
 */
public record Agreement(int onSlices, int onWholeSet, long seed, Optional<String> disagreement) {
  /** Whether the engines answered alike throughout. */
  public boolean isWhole() {
    return disagreement.isEmpty();
  }
}
