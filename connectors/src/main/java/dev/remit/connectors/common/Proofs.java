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
   * The one target of the call with the owner that the answer names; empty when either is missing,
   * so that nothing counts as proven.
   */
  public static List<Reading> of(
      Tool tool, Value.Obj arguments, Optional<Pointer> owner, Value answer) {
    if (owner.isEmpty() || tool.targets().size() != 1) {
      return List.of();
    }
    var target = tool.targets().getFirst();
    var id = arguments.get(target.argument()).flatMap(Pointer::scalar);
    var company = owner.get().text(answer);
    if (id.isEmpty() || company.isEmpty()) {
      return List.of();
    }
    var ref = new TargetRef(tool.connector(), target.kind(), id.get());
    return List.of(new Reading(ref, company.get(), Value.Obj.EMPTY, Set.of(), "answer"));
  }
}
