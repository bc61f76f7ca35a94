package dev.remit.e2e;

import dev.remit.core.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Questions to a trail. */
final class Leaves {

  private Leaves() {}

  static List<Value.Obj> of(List<Value.Obj> leaves, String kind) {
    return leaves.stream().filter(leaf -> leaf.text("kind").equals(Optional.of(kind))).toList();
  }

  /** How many outcomes each call with an intent has. */
  static Map<String, Long> outcomesOfIntents(List<Value.Obj> leaves) {
    var outcomes =
        of(leaves, "outcome").stream()
            .collect(Collectors.groupingBy(Leaves::call, Collectors.counting()));
    return of(leaves, "intent").stream()
        .collect(Collectors.toMap(Leaves::call, leaf -> outcomes.getOrDefault(call(leaf), 0L)));
  }

  /** The call that a leaf is about. */
  static String call(Value.Obj leaf) {
    return leaf.text("call").orElseThrow();
  }

  /** A field such as {@code outcome} or {@code reason}. */
  static String field(Value.Obj leaf, String name) {
    return leaf.object("fields").flatMap(fields -> fields.text(name)).orElse("");
  }

  /** The one outcome in these leaves, if there is exactly one. */
  static Optional<String> outcome(List<Value.Obj> leaves) {
    var outcomes = of(leaves, "outcome");
    return outcomes.size() == 1
        ? Optional.of(field(outcomes.getFirst(), "outcome"))
        : Optional.empty();
  }
}
