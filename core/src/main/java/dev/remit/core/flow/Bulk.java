package dev.remit.core.flow;

import dev.remit.core.call.Tool;
import dev.remit.core.call.Tool.TargetArgument;
import dev.remit.core.target.Inventory;
import dev.remit.core.target.TargetRef;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Arguments that name many targets: lists of identifiers, and selections by attributes.
 *
 * <p>A selection becomes the list of identifiers that it means now, among the tenant's own records,
 * before anything is decided. The list stands in for it from then on: it is decided on, shown,
 * digested, approved and sent, so a record that matches later is in none of it.
 */
final class Bulk {

  private final Inventory inventory;

  Bulk(Inventory inventory) {
    this.inventory = inventory;
  }

  /** What the arguments name. */
  sealed interface Named {}

  /** These targets; selections in the arguments have become lists. */
  record Exactly(Value.Obj arguments, List<TargetRef> targets) implements Named {}

  /** More than a call of this task may touch; nothing was looked up one by one. */
  record TooMany(int named, int atMost) implements Named {}

  /** What the arguments name for this tenant. */
  Named named(Tool tool, Value.Obj arguments, TenantId tenant, int atMost, Instant at) {
    var exact = arguments;
    for (TargetArgument argument : tool.targets()) {
      if (arguments.get(argument.argument()).orElse(Value.Null.NULL) instanceof Value.Obj wanted) {
        var selected = selected(argument, wanted, tenant, at);
        exact = exact.with(argument.argument(), Value.texts(selected));
      }
    }
    var targets = Targets.named(tool, exact);
    int distinct = new HashSet<>(targets).size();
    return distinct > atMost ? new TooMany(distinct, atMost) : new Exactly(exact, targets);
  }

  /** Counting needs them all; whoever is refused learns of nobody else's. */
  private List<String> selected(
      TargetArgument argument, Value.Obj wanted, TenantId tenant, Instant at) {
    var texts = new TreeMap<String, String>();
    for (var one : wanted.members().entrySet()) {
      if (!argument.by().contains(one.getKey())
          || !(one.getValue() instanceof Value.Text(String text))) {
        return List.of();
      }
      texts.put(one.getKey(), text);
    }
    return texts.isEmpty()
        ? List.of()
        : inventory
            .select(tenant, argument.connector(), argument.kind(), Map.copyOf(texts), at)
            .stream()
            .map(TargetRef::id)
            .toList();
  }

  /** Why a list is none: it names something twice, and the target's system would do it twice. */
  static Optional<String> objection(Tool tool, Value.Obj arguments) {
    for (TargetArgument argument : tool.targets()) {
      if (arguments.get(argument.argument()).orElse(Value.Null.NULL)
              instanceof Value.Array(List<Value> items)
          && new HashSet<>(items).size() < items.size()) {
        return Optional.of("`" + argument.argument() + "` names a target twice; name each once");
      }
    }
    return Optional.empty();
  }

  /** The answer with what a selection meant, for the agent that made it. */
  static Value.Obj shown(Value.Obj result, Value.Obj asked, Value.Obj sent, Tool tool) {
    var meant = new ArrayList<String>();
    for (TargetArgument argument : tool.targets()) {
      var list = sent.get(argument.argument());
      if (list.isPresent() && !list.equals(asked.get(argument.argument()))) {
        sent.items(argument.argument()).stream()
            .filter(Value.Text.class::isInstance)
            .forEach(id -> meant.add(((Value.Text) id).value()));
      }
    }
    if (meant.isEmpty() || result.isEmpty()) {
      return result;
    }
    var content = new ArrayList<>(result.items("content"));
    content.add(
        Value.object("type", "text", "text", "selected targets: " + String.join(", ", meant)));
    return result.with("content", new Value.Array(content));
  }
}
