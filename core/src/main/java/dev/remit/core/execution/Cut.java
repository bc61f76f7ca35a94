package dev.remit.core.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The signal that a running call shall stop: a kill, the client's cancellation, the end of the
 * process.
 *
 * <p>Promises: each hook runs once, at the cut or at once when it was cut before. Owned by the
 * driver; executors register hooks that close connections or cancel vendor jobs.
 */
public final class Cut {

  private final List<Runnable> hooks = new ArrayList<>(); // guarded by this
  private Optional<String> reason = Optional.empty(); // guarded by this

  /** Cuts the call; the first reason stays. */
  public void cut(String why) {
    mark(why).forEach(Runnable::run);
  }

  /** Cuts the call and leaves its hooks to whoever asked, who runs them all, each once. */
  public synchronized List<Runnable> mark(String why) {
    if (reason.isPresent()) {
      return List.of();
    }
    reason = Optional.of(why);
    var due = List.copyOf(hooks);
    hooks.clear();
    return due;
  }

  /** Why it was cut, if it was. */
  public synchronized Optional<String> reason() {
    return reason;
  }

  /** Whether it was cut. */
  public boolean isCut() {
    return reason().isPresent();
  }

  /** Runs the hook when the call is cut; the answer takes the hook back. */
  public Runnable onCut(Runnable hook) {
    synchronized (this) {
      if (reason.isEmpty()) {
        hooks.add(hook);
        return () -> remove(hook);
      }
    }
    hook.run();
    return () -> {};
  }

  private synchronized void remove(Runnable hook) {
    hooks.remove(hook);
  }
}
