package dev.remit.bench.call;

import dev.remit.bench.load.Samples;
import dev.remit.core.value.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured, and what follows from it.
 *
 * @param perSecond calls per second of 16 clients, by side
 * @param effects durations of calls that each had a database role of its own
 * @param standing durations of the same query on a connection that stands
 * @param byHand durations of the same query under a role of its own that nobody governs
 */
public record CallFigures(
    Samples direct,
    Samples governed,
    Samples proxied,
    Samples effects,
    Samples standing,
    Samples byHand,
    Map<String, Double> perSecond,
    double readySeconds,
    double residentMb) {

  /** The bare upstream. */
  static final String DIRECT = "direct";

  /** A role of its own that nobody governs. */
  static final String BY_HAND = "by-hand";

  /** The upstream behind Remit. */
  static final String GOVERNED = "governed";

  /** The upstream behind the peer. */
  static final String PROXIED = "mcp-proxy";

  /** One flat object. */
  public Value.Obj json() {
    var figures = new LinkedHashMap<String, Double>();
    figures.put("direct_p50_ms", direct.millis(0.5));
    figures.put("direct_p99_ms", direct.millis(0.99));
    figures.put("governed_read_p50_ms", governed.millis(0.5));
    figures.put("governed_read_p99_ms", governed.millis(0.99));
    figures.put("added_read_p50_ms", added(governed, direct, 0.5));
    figures.put("added_read_p99_ms", added(governed, direct, 0.99));
    figures.put("standing_query_p50_ms", standing.millis(0.5));
    figures.put("role_by_hand_p50_ms", byHand.millis(0.5));
    figures.put("governed_effect_p50_ms", effects.millis(0.5));
    figures.put("governed_effect_p99_ms", effects.millis(0.99));
    figures.put("added_effect_p50_ms", added(effects, standing, 0.5));
    figures.put("added_effect_p99_ms", added(effects, standing, 0.99));
    figures.put("direct_calls_per_s_16", rate(DIRECT));
    figures.put("governed_reads_per_s_16", rate(GOVERNED));
    figures.put("mcp_proxy_p50_ms", proxied.millis(0.5));
    figures.put("mcp_proxy_p99_ms", proxied.millis(0.99));
    figures.put("mcp_proxy_calls_per_s_16", rate(PROXIED));
    figures.put("ready_s", readySeconds);
    figures.put("jvm_rss_mb", residentMb);
    var object = Value.Obj.EMPTY;
    for (var figure : figures.entrySet()) {
      object = object.with(figure.getKey(), Value.number(rounded(figure.getValue())));
    }
    return object;
  }

  /** For people: ours, the peer, the floor, and how ours stands to the floor. */
  public String table() {
    var out = new StringBuilder();
    line(out, "", "ours", "mcp-proxy", "floor", "ours/floor");
    line(out, "read, p50 ms", governed.millis(0.5), proxied.millis(0.5), direct.millis(0.5));
    line(out, "read, p99 ms", governed.millis(0.99), proxied.millis(0.99), direct.millis(0.99));
    line(out, "reads/s, 16 clients", rate(GOVERNED), rate(PROXIED), rate(DIRECT));
    line(out, "effect, p50 ms", effects.millis(0.5), Double.NaN, standing.millis(0.5));
    line(out, "a role by hand, p50", byHand.millis(0.5), Double.NaN, standing.millis(0.5));
    line(out, "effect, p99 ms", effects.millis(0.99), Double.NaN, standing.millis(0.99));
    out.append(
        "%nadded p50: read %.2f ms, effect %.2f ms%n"
            .formatted(added(governed, direct, 0.5), added(effects, standing, 0.5)));
    out.append(
        "ready in %.2f s on an existing folder; %.0f MiB resident after the run%n"
            .formatted(readySeconds, residentMb));
    out.append(
        "floor: the bare upstream for reads, the query on a standing connection for effects");
    return out.toString();
  }

  private static void line(StringBuilder out, String what, double ours, double peer, double floor) {
    line(out, what, number(ours), number(peer), number(floor), number(ours / floor));
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

  private double rate(String side) {
    return perSecond.getOrDefault(side, 0.0);
  }

  private static double added(Samples ours, Samples floor, double share) {
    return ours.millis(share) - floor.millis(share);
  }

  private static double rounded(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }
}
