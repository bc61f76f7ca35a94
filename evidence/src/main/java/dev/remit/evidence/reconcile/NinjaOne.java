package dev.remit.evidence.reconcile;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Activities in the shape of NinjaOne's {@code Activity}: {@code id}, {@code activityTime} (seconds
 * since 1970), {@code deviceId}, {@code userId}, {@code activityType}, {@code statusCode}, {@code
 * seriesUid}, {@code subject}, {@code message}.
 *
 * <p>A job writes several activities (asked for, started, completed) under one {@code seriesUid}:
 * those of one series and device are one act at the time of the first.
 */
final class NinjaOne {

  private NinjaOne() {}

  static List<Act> acts(List<Value.Obj> records) {
    Map<String, List<Act>> series = new LinkedHashMap<>();
    for (Value.Obj record : records) {
      Act act = act(record);
      String of =
          record
              .text("seriesUid")
              .map(uid -> "series " + uid + " " + act.targets())
              .orElse("activity " + act.id());
      series.computeIfAbsent(of, s -> new ArrayList<>()).add(act);
    }
    return series.values().stream().map(NinjaOne::joined).toList();
  }

  /** Who asked stands only in the first of a series. */
  private static Act joined(List<Act> acts) {
    Act first = acts.stream().min(Comparator.comparing(Act::at)).orElseThrow();
    Set<String> principals =
        acts.stream()
            .flatMap(act -> act.principals().stream())
            .collect(java.util.stream.Collectors.toUnmodifiableSet());
    return new Act(
        first.id(),
        first.at(),
        principals,
        first.targets(),
        first.kind(),
        first.words(),
        first.references());
  }

  private static Act act(Value.Obj record) {
    return new Act(
        number(record, "id")
            .orElseThrow(() -> new InvalidValueException("an activity has an `id`")),
        time(record),
        number(record, "userId").map(Set::of).orElse(Set.of()),
        number(record, "deviceId").map(Set::of).orElse(Set.of()),
        record.text("activityType").orElse(""),
        record
            .text("message")
            .or(() -> record.text("subject"))
            .or(() -> record.text("status"))
            .orElse(""),
        record.text("seriesUid").map(Set::of).orElse(Set.of()));
  }

  private static Optional<String> number(Value.Obj record, String name) {
    return record.integer(name).map(String::valueOf).or(() -> record.text(name));
  }

  private static Instant time(Value.Obj record) {
    return switch (record.get("activityTime").orElse(Value.Null.NULL)) {
      case Value.Int(long seconds) -> Instant.ofEpochSecond(seconds);
      case Value.Real(double seconds) -> Instant.ofEpochMilli(Math.round(seconds * 1000));
      case Value.Null _, Value.Bool _, Value.Text _, Value.Array _, Value.Obj _ ->
          throw new InvalidValueException("an activity has an `activityTime` in seconds");
    };
  }
}
