package dev.remit.testkit.flow;

import dev.remit.core.flow.Failpoints;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Failpoints that remember what was reached, and end the process or do something there. */
final class Points implements Failpoints {
  static final List<String> NAMES =
      List.of(
          "before-intent",
          "after-intent",
          "after-issue",
          "before-use",
          "before-send",
          "after-send",
          "after-use",
          "after-revoke",
          "after-outcome");

  /** The process died here: nothing after it ran. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash(String name) {
      super("the process ended at " + name);
    }
  }

  private final Map<String, Runnable> due = new ConcurrentHashMap<>();
  private final List<String> reached = new CopyOnWriteArrayList<>();

  @Override
  public void reached(String name) {
    reached.add(name);
    var action = due.remove(name);
    if (action != null) {
      action.run();
    }
  }

  /** The process ends when it comes here next. */
  void crashAt(String name) {
    at(
        name,
        () -> {
          throw new Crash(name);
        });
  }

  /** Does this when the process comes here next. */
  void at(String name, Runnable action) {
    due.put(name, action);
  }

  List<String> reached() {
    return List.copyOf(reached);
  }
}
