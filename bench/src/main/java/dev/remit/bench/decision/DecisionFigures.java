package dev.remit.bench.decision;

import dev.remit.core.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured, by key; a side that could not be measured has no keys. */
public final class DecisionFigures {
  /** How many policies there are. */
  static final List<Integer> SIZES = List.of(10, 100, 1_000, 10_000);

  private final Map<String, Double> figures = new LinkedHashMap<>();

  void put(String key, double value) {
    figures.put(key, value);
  }

  /** The largest median of our engine divided by the smallest. */
  double flatness() {
    var medians = SIZES.stream().map(size -> get("us_p50_" + size)).toList();
    return medians.stream().mapToDouble(d -> d).max().orElse(Double.NaN)
        / medians.stream().mapToDouble(d -> d).min().orElse(Double.NaN);
  }

  private double get(String key) {
    return figures.getOrDefault(key, Double.NaN);
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

  /** For people: a row per size, a column per side, in microseconds. */
  public String table() {
    var out = new StringBuilder();
    line(out, "policies", "ours p50", "ours p99", "cedar-java p50", "cedar-wasm p50", "sapl p50");
    for (int size : SIZES) {
      line(
          out,
          String.valueOf(size),
          number("us_p50_" + size),
          number("us_p99_" + size),
          number("cedar_java_us_p50_" + size),
          number("cedar_wasm_us_p50_" + size),
          number("sapl_us_p50_" + size));
    }
    out.append(
        String.format(
            Locale.ROOT,
            "%nmicroseconds a decision, facts prepared, the clock's cost included; flat within"
                + " %.2f x%ncontext and entities of a call: %s us p50; %s bytes a decision; two"
                + " threads do %s x of one%nactivation of 10,000 policies with 10,000 requests to"
                + " both engines: %s s; check of 1,000 tenants: %s s",
            get("flatness"),
            number("context_us_p50"),
            number("alloc_bytes"),
            number("two_threads_ratio"),
            number("activate_10k_s"),
            number("check_1000_tenants_s")));
    return out.toString();
  }

  private String number(String key) {
    double value = get(key);
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }

  private static void line(StringBuilder out, String first, String... cells) {
    out.append(String.format(Locale.ROOT, "%-10s", first));
    for (String cell : cells) {
      out.append(String.format(Locale.ROOT, "%16s", cell));
    }
    out.append('\n');
  }
}
