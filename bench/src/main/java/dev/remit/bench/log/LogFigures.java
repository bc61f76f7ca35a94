package dev.remit.bench.log;

import dev.remit.bench.load.Samples;
import dev.remit.core.value.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What was measured, and how it stands to the floors of the same run. */
public record LogFigures(Written written, Read read) {

  private static final double MILLION = 1_000_000;

  /**
   * Writing.
   *
   * @param rates by number of callers
   */
  record Written(Map<Integer, Writing.Pair> rates, Writing.Lag lag) {

    Written {
      rates = new LinkedHashMap<>(rates);
    }
  }

  /**
   * Reading.
   *
   * @param receiptEntries how large the log was that receipts were taken from
   * @param exportSeconds for {@code exportEntries}
   * @param integratedPerSecond one log alone, from the table into the tree
   */
  record Read(
      double hashesPerSecond,
      Reading.Checked full,
      Samples receipts,
      long receiptEntries,
      double exportSeconds,
      long exportEntries,
      double integratedPerSecond) {}

  /** The same with receipts of another log. */
  LogFigures withReceipts(Samples receipts, long entries, double integratedPerSecond) {
    return new LogFigures(
        written,
        new Read(
            read.hashesPerSecond(),
            read.full(),
            receipts,
            entries,
            read.exportSeconds(),
            read.exportEntries(),
            integratedPerSecond));
  }

  /** One flat object. */
  public Value.Obj json() {
    var figures = new LinkedHashMap<String, Double>();
    double worst = 0;
    double least = Double.MAX_VALUE;
    for (var pair : written.rates().entrySet()) {
      int callers = pair.getKey();
      figures.put("append_per_s_" + callers, pair.getValue().append().perSecond());
      figures.put("plain_per_s_" + callers, pair.getValue().plain().perSecond());
      figures.put("append_ratio_" + callers, rate(pair.getValue()));
      figures.put("ack_p50_ms_" + callers, pair.getValue().append().ackP50Millis());
      figures.put("ack_ratio_p50_" + callers, ack(pair.getValue()));
      worst = Math.max(worst, ack(pair.getValue()));
      least = Math.min(least, rate(pair.getValue()));
    }
    figures.put("append_ratio_min", least);
    figures.put("ack_ratio_p50", worst);
    figures.put("integration_lag_p50_ms", written.lag().p50Millis());
    figures.put("integration_lag_p99_ms", written.lag().p99Millis());
    figures.put("integration_lag_at_per_s", written.lag().perSecond());
    figures.put("integrate_per_s", read.integratedPerSecond());
    figures.put("verify_hashes_per_s", read.hashesPerSecond());
    figures.put("verify_full_per_s", read.full().perSecond());
    figures.put("verify_full_per_cpu_s", read.full().perProcessorSecond());
    figures.put("receipt_ms_p50", read.receipts().millis(0.5));
    figures.put("receipt_ms_p99", read.receipts().millis(0.99));
    figures.put("receipt_entries", (double) read.receiptEntries());
    figures.put("export_1m_s", exportOfAMillion());
    figures.put("export_entries", (double) read.exportEntries());
    var object = Value.Obj.EMPTY;
    for (var figure : figures.entrySet()) {
      object = object.with(figure.getKey(), Value.number(rounded(figure.getValue())));
    }
    return object;
  }

  private static double rate(Writing.Pair pair) {
    return pair.append().perSecond() / pair.plain().perSecond();
  }

  private static double ack(Writing.Pair pair) {
    return pair.append().ackP50Millis() / pair.plain().ackP50Millis();
  }

  /** Of fewer entries it is scaled, and the number of entries says so. */
  private double exportOfAMillion() {
    return read.exportSeconds() * MILLION / read.exportEntries();
  }

  private static double rounded(double figure) {
    return Math.abs(figure) >= 100 ? Math.rint(figure) : Math.rint(figure * 1000) / 1000;
  }

  /** For people. */
  public String table() {
    var out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "entries of %d bytes, 100 tenants%n%8s %12s %12s %7s %9s %9s %7s%n",
            Entries.bytes(),
            "callers",
            "ours/s",
            "plain/s",
            "ratio",
            "ack ms",
            "plain ms",
            "ratio"));
    written
        .rates()
        .forEach((callers, pair) ->
            out.append(
                String.format(
                    Locale.ROOT,
                    "%8d %12.0f %12.0f %7.2f %9.2f %9.2f %7.2f%n",
                    callers,
                    pair.append().perSecond(),
                    pair.plain().perSecond(),
                    rate(pair),
                    pair.append().ackP50Millis(),
                    pair.plain().ackP50Millis(),
                    ack(pair))));
    line(
        out,
        "lag p99, ms at %s entries/s",
        written.lag().p99Millis(),
        Math.round(written.lag().perSecond()));
    line(out, "integrated/s, one log of %s", read.integratedPerSecond(), read.receiptEntries());
    line(out, "hashes/s", read.hashesPerSecond(), 0);
    line(out, "full check, entries/s", read.full().perSecond(), 0);
    line(out, "full check, entries/s of processor", read.full().perProcessorSecond(), 0);
    line(out, "receipt p50, ms at %s entries", read.receipts().millis(0.5), read.receiptEntries());
    line(out, "export of a million, s (of %s)", exportOfAMillion(), read.exportEntries());
    return out.toString();
  }

  private static void line(StringBuilder out, String name, double figure, long of) {
    out.append(
        String.format(Locale.ROOT, "%-36s %12.2f%n", String.format(Locale.ROOT, name, of), figure));
  }
}
