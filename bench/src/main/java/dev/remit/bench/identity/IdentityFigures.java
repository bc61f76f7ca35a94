package dev.remit.bench.identity;

import dev.remit.core.value.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was measured, by key: microseconds at the median, or how many a second on one thread. */
public final class IdentityFigures {

  private final Map<String, Double> figures = new LinkedHashMap<>();

  void put(String key, double value) {
    figures.put(key, value);
  }

  /** One flat object. */
  public Value.Obj json() {
    var object = Value.Obj.EMPTY;
    for (var figure : figures.entrySet()) {
      object =
          object.with(figure.getKey(), Value.number(Math.round(figure.getValue() * 1e3) / 1e3));
    }
    return object;
  }

  /** For people: a line per figure. */
  public String table() {
    return figures.entrySet().stream()
        .map(figure ->
            String.format(Locale.ROOT, "%-32s %12.2f", figure.getKey(), figure.getValue()))
        .collect(Collectors.joining("\n"));
  }
}
