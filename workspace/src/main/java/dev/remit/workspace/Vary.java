package dev.remit.workspace;

import dev.remit.core.task.TaskClass;
import dev.remit.policy.Origin;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code vary} of a task class: what tenants may have otherwise, in which direction, how far. What
 * is not named does not vary.
 *
 * @param at where {@code vary} is written, or the class where it is not
 * @param limits how far each limit may go
 * @param freedoms where the other ones are given
 * @param droppable ids of rules that a tenant may do without, with where it says so
 */
record Vary(
    Origin at,
    Map<LimitName, Range> limits,
    Map<Freedom, Origin> freedoms,
    Map<String, Origin> droppable) {

  /** What a tenant may do; each narrows. */
  enum Freedom {
    /** Do without some of the tools. */
    REMOVE_TOOLS("tools", "remove"),
    /** Have one more condition. */
    NARROW_WHEN("when", "narrow"),
    /** Have more rules that ask. */
    ADD_ASK("ask", "add");

    private final String key;
    private final String word;

    Freedom(String key, String word) {
      this.key = key;
      this.word = word;
    }

    /** As the file writes it. */
    String text() {
      return key + ": " + word;
    }
  }

  /** From the least to the most that a limit may be, the baseline's own value in between. */
  record Range(long least, long most, Origin at) {}

  private static final Form TOOLS = Form.oneOf("remove");
  private static final Form WHEN = Form.oneOf("narrow");
  private static final Form ASK = Form.oneOf("add", "drop");
  private static final Form LIMIT =
      Form.oneOf("calls", "duration", "per-tenant", "targets", "seen-within");

  Vary {
    limits = Map.copyOf(limits);
    freedoms = Map.copyOf(freedoms);
    droppable = Map.copyOf(droppable);
  }

  static Vary read(Section section, TaskClass baseline) {
    var reading = new Reading(baseline);
    section.optionalSections("vary").forEach(reading::add);
    return new Vary(section.origin("vary"), reading.limits, reading.freedoms, reading.droppable);
  }

  private static final class Reading {
    private final TaskClass baseline;
    private final Map<LimitName, Range> limits = new EnumMap<>(LimitName.class);
    private final Map<Freedom, Origin> freedoms = new EnumMap<>(Freedom.class);
    private final Map<String, Origin> droppable = new HashMap<>();

    Reading(TaskClass baseline) {
      this.baseline = baseline;
    }

    void add(Section one) {
      int kinds = 0;
      for (var kind : new String[] {"limit", "tools", "when", "ask"}) {
        kinds += one.has(kind) ? 1 : 0;
      }
      if (kinds != 1) {
        one.problem(one.origin(), "say one of `limit`, `tools`, `when` and `ask` that may vary");
        return;
      }
      if (one.has("limit")) {
        limit(one);
      } else if (one.has("tools")) {
        one.text("tools", TOOLS);
        give(one, Freedom.REMOVE_TOOLS);
      } else if (one.has("when")) {
        one.text("when", WHEN);
        give(one, Freedom.NARROW_WHEN);
      } else {
        ask(one);
      }
      one.close();
    }

    private void give(Section one, Freedom freedom) {
      if (freedoms.putIfAbsent(freedom, one.origin()) != null) {
        one.problem(one.origin(), "`" + freedom.text() + "` is there twice");
      }
    }

    private void ask(Section one) {
      if (one.text("ask", ASK).equals("add")) {
        give(one, Freedom.ADD_ASK);
        return;
      }
      var id = baseline.name() + "." + one.text("rule", Form.SLUG);
      if (baseline.ask().stream().noneMatch(rule -> rule.id().equals(id))) {
        one.problem("rule", "no rule of this class has the id `" + id + "`");
      }
      if (droppable.putIfAbsent(id, one.origin()) != null) {
        one.problem(one.origin(), "rule `" + id + "` is there twice");
      }
    }

    private void limit(Section one) {
      var name = LimitName.of(one.text("limit", LIMIT)).orElse(LimitName.CALLS);
      long own = name.of(baseline);
      if (own == Integer.MAX_VALUE) {
        one.problem("limit", "`" + name.key() + "` varies only where it is a rate per hour");
        return;
      }
      if (!one.has("up-to") && !one.has("down-to")) {
        one.problem("limit", "say how far: `up-to`, `down-to` or both");
      }
      long most = bound(one, "up-to", name).orElse(own);
      long least = bound(one, "down-to", name).orElse(own);
      if (most < own || least > own || least == most) {
        one.problem(
            "limit",
            "from `"
                + name.text(least)
                + "` to `"
                + name.text(most)
                + "` is no room around this class's own `"
                + name.text(own)
                + "`");
      }
      if (limits.putIfAbsent(name, new Range(least, most, one.origin("limit"))) != null) {
        one.problem("limit", "`" + name.key() + "` is there twice");
      }
    }

    private static Optional<Long> bound(Section one, String key, LimitName name) {
      return one.number(key, name).map(Section.Amount::value);
    }
  }
}
