package dev.remit.core.approval;

import dev.remit.core.call.Sha256;
import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One exact call of a plan, as it was bound and decided when people were asked.
 *
 * @param arguments the canonical arguments, kept so that exactly this call runs
 * @param changes what it changes of the records, so that later steps may find it changed
 * @param act digest of everything about the call but what its targets' records say: tenant, task,
 *     agent, tool and pin, connector, arguments, what policy said and who is asked
 * @param seen each target with its binding attributes
 */
public record PlanStep(
    String tool, Value.Obj arguments, List<Change> changes, String act, Value.Array seen) {

  /** A plan has at most so many steps. */
  public static final int MOST = 20;

  public PlanStep {
    changes = List.copyOf(changes);
  }

  /**
   * A binding attribute of a record that a step says it changes.
   *
   * @param target as {@code connector/kind/id}
   */
  public record Change(String target, String attribute) {}

  /** All of it as a value, for digests and rows. */
  public Value.Obj value() {
    return Value.object(
        "tool", tool,
        "arguments", arguments,
        "changes", changes.stream().map(PlanStep::changed).toList(),
        "act", act,
        "seen", seen);
  }

  private static Value changed(Change change) {
    return Value.object("target", change.target(), "attribute", change.attribute());
  }

  /**
   * Whether the call as it is now is this step: the same act, on records that differ from those
   * seen in nothing but what earlier steps said they change.
   */
  public boolean isStill(String actNow, Value.Array seenNow, List<PlanStep> earlier) {
    var changed = new HashSet<Change>();
    earlier.forEach(step -> changed.addAll(step.changes()));
    return act.equals(actNow) && spared(seen, changed).equals(spared(seenNow, changed));
  }

  /** What was seen without the attributes that were to change. */
  private static String spared(Value.Array seen, Set<Change> changed) {
    var spared = new ArrayList<Value>();
    for (var item : seen.items()) {
      if (!(item instanceof Value.Obj record)) {
        throw new IllegalStateException("what a plan saw cannot be read");
      }
      var target = record.text("target").orElseThrow();
      var facts = record.object("facts").orElse(Value.Obj.EMPTY);
      for (var change : changed) {
        facts = change.target().equals(target) ? facts.without(change.attribute()) : facts;
      }
      spared.add(record.with("facts", facts));
    }
    return Sha256.of(new Value.Array(spared));
  }
}
