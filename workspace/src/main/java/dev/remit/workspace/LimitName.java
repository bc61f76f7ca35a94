package dev.remit.workspace;

import dev.remit.core.task.TaskClass;
import dev.remit.core.task.TaskClass.Limits;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A limit of a task class that a tenant may have otherwise.
 *
 * <p>Values are counts, calls an hour, or milliseconds. Zero is zero: it lets nothing through.
 */
enum LimitName {
  CALLS("calls", "a number from 0 to 1000000"),
  DURATION("duration", "a duration above zero such as 15m"),
  PER_TENANT("per-tenant", "a rate such as 20/h"),
  TARGETS("targets", "a number from 0 to 100"),
  SEEN_WITHIN("seen-within", "a duration above zero such as 24h");

  private static final Pattern COUNT = Pattern.compile("0|[1-9][0-9]{0,6}");
  private static final Pattern RATE = Pattern.compile("(0|[1-9][0-9]{0,5})/h");

  private final String key;
  private final String form;

  LimitName(String key, String form) {
    this.key = key;
    this.form = form;
  }

  String key() {
    return key;
  }

  /** What its values look like, for messages. */
  String form() {
    return form;
  }

  static Optional<LimitName> of(String key) {
    for (var name : values()) {
      if (name.key.equals(key)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /** The value; empty where the text is none. */
  OptionalLong parse(String text) {
    return switch (this) {
      case CALLS -> count(text, 1_000_000);
      case TARGETS -> count(text, 100);
      case PER_TENANT -> {
        var rate = RATE.matcher(text);
        yield rate.matches()
            ? OptionalLong.of(Long.parseLong(rate.group(1)))
            : OptionalLong.empty();
      }
      case DURATION, SEEN_WITHIN ->
          Durations.FORM.accepts(text)
              ? OptionalLong.of(Durations.parse(text).toMillis())
              : OptionalLong.empty();
    };
  }

  private static OptionalLong count(String text, long atMost) {
    if (!COUNT.matcher(text).matches() || Long.parseLong(text) > atMost) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  /** What the class has. */
  long of(TaskClass taskClass) {
    return switch (this) {
      case CALLS -> taskClass.limits().calls();
      case DURATION -> taskClass.limits().duration().toMillis();
      case PER_TENANT -> taskClass.limits().perTenantPerHour();
      case TARGETS -> taskClass.targetsAtMost();
      case SEEN_WITHIN -> taskClass.seenWithin().toMillis();
    };
  }

  /** As files write it. */
  String text(long value) {
    return switch (this) {
      case CALLS, TARGETS -> Long.toString(value);
      case PER_TENANT -> value + "/h";
      case DURATION, SEEN_WITHIN -> Durations.text(Duration.ofMillis(value));
    };
  }

  /** Limits with this one changed; those that are no part of them stay as they are. */
  Limits in(Limits limits, long value) {
    return switch (this) {
      case CALLS ->
          new Limits((int) value, limits.duration(), limits.perTenantPerHour(), limits.more());
      case DURATION ->
          new Limits(
              limits.calls(), Duration.ofMillis(value), limits.perTenantPerHour(), limits.more());
      case PER_TENANT -> new Limits(limits.calls(), limits.duration(), (int) value, limits.more());
      case TARGETS, SEEN_WITHIN -> limits;
    };
  }
}
