package dev.remit.bench.approvals;

import dev.remit.bench.load.Samples;
import dev.remit.core.value.Value;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured.
 *
 * @param pages durations of pages by name, {@link ApprovalsBench#FLOOR} among them
 * @param start from sending the last answer to the vendor's request
 * @param told from sending the last answer to the agent's result
 * @param bare from sending an equal call that nobody is asked about to the vendor's request
 * @param weights bytes of pages by name
 */
public record ApprovalsFigures(
    int open,
    Map<String, Samples> pages,
    Samples start,
    Samples told,
    Samples bare,
    Map<String, Integer> weights) {

  private static final double PAGE_TARGET = 100;
  private static final double START_TARGET = 200;
  private static final double WEIGHT_TARGET = 150_000;

  /** One flat object. */
  public Value.Obj json() {
    var object = Value.object("open_proposals", open);
    for (var page : pages.entrySet()) {
      object = put(object, page.getKey() + "_ms", page.getValue());
    }
    object = put(object, "start_ms", start);
    object = put(object, "told_ms", told);
    object = put(object, "bare_start_ms", bare);
    for (var weight : weights.entrySet()) {
      object = object.with("bytes_" + weight.getKey(), Value.of(weight.getValue()));
    }
    return object;
  }

  private static Value.Obj put(Value.Obj object, String name, Samples samples) {
    return object
        .with(name + "_p50", Value.number(rounded(samples.millis(0.5))))
        .with(name + "_p99", Value.number(rounded(samples.millis(0.99))));
  }

  private static double rounded(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }

  /** For people: ours, the floor beneath it, and how it stands to the target. */
  public String table() {
    var floor = floor();
    var out = new StringBuilder();
    line(out, "", "p50 ms", "p99 ms", "p50/floor", "target p99");
    for (var page : pages.entrySet()) {
      row(out, page.getKey(), page.getValue(), floor, PAGE_TARGET);
    }
    row(out, "answer to vendor", start, bare, START_TARGET);
    row(out, "answer to result", told, bare, Double.NaN);
    row(out, "same call unasked", bare, bare, Double.NaN);
    out.append('\n');
    line(out, "", "bytes", "", "", "target");
    weights.forEach(
        (name, bytes) -> line(out, name, Integer.toString(bytes), "", "", number(WEIGHT_TARGET)));
    out.append(
        String.format(
            Locale.ROOT,
            "%n%d open proposals; real HTTP, one signed-in person, one connection%n"
                + "floor of pages: the health check of the same listener; of starts: an equal call"
                + " that nobody is asked about%n"
                + "bytes: the page and all it names, uncompressed, with an empty cache",
            open));
    return out.toString();
  }

  private Samples floor() {
    var floor = pages.get(ApprovalsBench.FLOOR);
    if (floor == null) {
      throw new IllegalStateException("the floor was not measured");
    }
    return floor;
  }

  private static void row(
      StringBuilder out, String name, Samples samples, Samples floor, double target) {
    line(
        out,
        name,
        number(samples.millis(0.5)),
        number(samples.millis(0.99)),
        number(samples.millis(0.5) / floor.millis(0.5)),
        number(target));
  }

  private static void line(StringBuilder out, String what, String... cells) {
    out.append(String.format(Locale.ROOT, "%-20s", what));
    for (String cell : cells) {
      out.append(String.format(Locale.ROOT, "%12s", cell));
    }
    out.append('\n');
  }

  private static String number(double value) {
    return Double.isNaN(value)
        ? "-"
        : String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value);
  }
}
