package dev.remit.evidence;

import dev.remit.core.value.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * What intents said of calls, for the entries that come after them: outcomes name the call alone.
 *
 * <p>Holds calls without outcome, and a bounded number of those that have one.
 */
final class OpenCalls {

  private static final int LIMIT_ENDED = 10_000;

  private final Map<String, Value.Obj> open = new HashMap<>();
  private final Map<String, Value.Obj> ended =
      new java.util.LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Value.Obj> eldest) {
          return size() > LIMIT_ENDED;
        }
      };

  /** The fields that tell what call an entry is about: its own, or those of its intent. */
  Value.Obj of(Value.Obj leaf) {
    String call = leaf.text("call").orElse("");
    var fields = leaf.object("fields").orElse(Value.Obj.EMPTY);
    switch (leaf.text("kind").orElse("")) {
      case "intent" -> open.put(call, fields);
      case "outcome" -> {
        Value.Obj intent = open.remove(call);
        if (intent != null) {
          ended.put(call, intent);
          return intent;
        }
      }
      case "resolution" -> {
        return ended.getOrDefault(call, fields);
      }
      default -> {}
    }
    return fields;
  }

  /** How many calls have no outcome so far. */
  int count() {
    return open.size();
  }
}
