package dev.remit.connectors.common;

import dev.remit.core.call.Tool;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRef;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Records that an answer carries by itself, for tools whose proof is the answer. */
public final class Proofs {
  private Proofs() {}

  /**
   * A record for each owner that the answer names, under the one target of the call, or under none
   * where it has no target. An answer of many records ({@code /items/*}{@code /owner}) names each
   * of their owners, and an empty one where a record does not say; an answer of one record that
   * does not say names nothing. Either way nothing counts as proven.
   */
  public static List<Reading> of(
      Tool tool, Value.Obj arguments, Optional<Pointer> owner, Value answer) {
    if (owner.isEmpty() || tool.targets().size() > 1) {
      return List.of();
    }
    return subject(tool, arguments)
        .map(ref -> readings(ref, owner.get(), answer))
        .orElse(List.of());
  }

  private static Optional<TargetRef> subject(Tool tool, Value.Obj arguments) {
    if (tool.targets().isEmpty()) {
      return Optional.of(new TargetRef(tool.connector(), "answer", tool.operation()));
    }
    var target = tool.targets().getFirst();
    return arguments
        .get(target.argument())
        .flatMap(Pointer::scalar)
        .map(id -> new TargetRef(target.connector(), target.kind(), id));
  }

  private static List<Reading> readings(TargetRef ref, Pointer owner, Value answer) {
    return owner.all(answer).stream()
        .filter(company -> owner.isMany() || !company.isEmpty())
        .map(company -> new Reading(ref, company, Value.Obj.EMPTY, Set.of(), "answer"))
        .toList();
  }
}
