package dev.remit.policy;

import dev.remit.core.decision.ReasonCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reason codes as the annotation {@code @reason} writes them. */
final class Reasons {
  private static final List<ReasonCode> ORDER = List.of(ReasonCode.values());

  private Reasons() {}

  static Optional<ReasonCode> parse(String text) {
    return Arrays.stream(ReasonCode.values()).filter(code -> code.code().equals(text)).findFirst();
  }

  /** What names its cause comes first: where several policies refuse, the smallest rank is told. */
  static int rank(ReasonCode code) {
    return code == ReasonCode.GUARDRAIL ? Integer.MAX_VALUE : ORDER.indexOf(code);
  }
}
