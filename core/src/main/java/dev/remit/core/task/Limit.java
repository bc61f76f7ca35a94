package dev.remit.core.task;

import java.time.Duration;
import java.util.Optional;

/**
 * At most so many of something, counted over a scope, within any stretch of a length.
 *
 * <p>Zero means that none may pass. A limit without a window holds for as long as its task or
 * ticket does.
 *
 * @param over what is counted together, such as {@code class:restart-service} or {@code all}
 * @param tool the one tool it is about; absent when it is about every tool
 * @param isOfEffects whether reads are left out
 */
public record Limit(
    Counted counted,
    Scope scope,
    String over,
    Optional<String> tool,
    boolean isOfEffects,
    int atMost,
    Optional<Duration> window) {

  public Limit {
    boolean isForEver = window.isEmpty();
    if (isForEver && scope != Scope.TASK && scope != Scope.TICKET) {
      throw new IllegalStateException("only a task and a ticket end by themselves");
    }
    if (window.filter(length -> !length.isPositive()).isPresent()) {
      throw new IllegalStateException("a window has a length");
    }
    if (atMost < 0) {
      throw new IllegalStateException("a limit is zero or more");
    }
  }

  /** Whether a call of this tool counts against it. */
  public boolean covers(String name, boolean isEffect) {
    return tool.map(name::equals).orElse(true) && (isEffect || !isOfEffects);
  }

  /**
   * Whether an attempt that was refused counts: against rates of whoever tried, and never against
   * those that others share over all clients or that protect a target.
   */
  public boolean countsRefused() {
    return counted == Counted.CALLS
        && window.isPresent()
        && scope != Scope.TARGET
        && scope != Scope.FLEET;
  }

  /** A name that no other limit has: counts under one name add up. */
  public String key() {
    return over
        + tool.map(name -> " tool:" + name).orElse("")
        + (isOfEffects ? " effects" : "")
        + " "
        + counted.name().toLowerCase(java.util.Locale.ROOT)
        + "/"
        + scope.name().toLowerCase(java.util.Locale.ROOT)
        + "/"
        + window.orElse(Duration.ZERO).toSeconds();
  }

  /** What is counted. */
  public enum Counted {
    CALLS,
    /** Different records that calls touch. */
    TARGETS,
    /** Different clients at which calls were made. */
    TENANTS
  }

  /** Over what it is counted. */
  public enum Scope {
    TASK,
    TICKET,
    /** Each record by itself. */
    TARGET,
    AGENT,
    /** An agent class at all its clients. */
    AGENT_CLASS,
    TENANT,
    /** The installation. */
    FLEET
  }
}
