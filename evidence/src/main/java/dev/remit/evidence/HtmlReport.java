package dev.remit.evidence;

import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pack as one page to read and print: what was verified and what was not, counts per task class,
 * approvals, refusals, exposures, and the timeline.
 *
 * <p>Self-contained, without scripts and without anything from elsewhere; words that outsiders
 * chose stand in it as text only. What is unwitnessed or unchecked stands on the first page. It is
 * made for people and proves nothing: the pack does.
 */
public final class HtmlReport {

  private static final int LIMIT_TIMELINE = 20_000;

  private static final String STYLE =
      """
      body{font:10pt/1.45 system-ui,sans-serif;color:#1a1a1a;max-width:60rem;margin:2rem auto;padding:0 1rem}
      h1{font-size:1.6rem;margin:0}h2{font-size:1.1rem;margin:1.6rem 0 .4rem}
      table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.2rem .5rem;border-bottom:1px solid #ccc;vertical-align:top;overflow-wrap:anywhere}
      th{background:#f2f2f2}td.n,th.n{text-align:right}
      .status{border:2px solid;padding:.5rem .8rem;margin:1rem 0;font-weight:600}
      .verified{border-color:#0a5c2b}.unwitnessed,.not-anchored{border-color:#8a5a00}.refuted{border-color:#a00000}
      ul{padding-left:1.2rem}.later{break-before:page}thead{display:table-header-group}tr{break-inside:avoid}
      @media print{body{margin:0;max-width:none}}
      """;

  private final Writer out;

  private HtmlReport(Writer out) {
    this.out = out;
  }

  /** Writes it to a file that appears whole or not at all. */
  public static void write(Path pack, VerificationReport report, Path file) {
    PrivateFile.write(file, out -> write(pack, report, out));
  }

  /**
   * Writes the report of a pack.
   *
   * @param report of the same pack, by the keys that the reader brought
   */
  public static void write(Path pack, VerificationReport report, OutputStream to)
      throws IOException {
    try {
      var tally = new ReportTally();
      each(pack, Integer.MAX_VALUE, tally::add);
      Optional<Period> period = period(pack);
      var writer = new OutputStreamWriter(to, StandardCharsets.UTF_8);
      var page = new HtmlReport(writer);
      page.head(report);
      page.verification(report, tally, period);
      page.counts(tally);
      page.rows(
          "Approvals",
          "No answers of people.",
          tally.all().answered + tally.all().granted,
          tally.approvals());
      page.rows("Refusals", "Nothing was refused.", tally.all().refused, tally.refusals());
      page.rows(
          "Exposures",
          "Every credential was proven gone, or has no end in this export yet.",
          tally.all().exposed,
          tally.exposures());
      page.rows(
          "Policies in force",
          "No entry of this export says which policies were in force.",
          tally.inForceCount(),
          tally.inForce());
      page.items("As the last of these entries says", tally.policies());
      page.timeline(pack, tally);
      page.put("</body></html>\n");
      writer.flush();
    } catch (UncheckedIOException e) {
      throw new IOException("the pack cannot be read", e);
    }
  }

  /** What is done with each entry. */
  private interface Entry {
    void take(PackLine.Content content, Optional<Long> index);
  }

  private static void each(Path pack, int limit, Entry entry) throws IOException {
    int left = limit;
    try (var reader = EvidencePack.read(pack)) {
      for (var line = reader.next(); line.isPresent() && left > 0; line = reader.next()) {
        switch (line.get()) {
          case PackLine.Covered covered -> {
            entry.take(covered.content(), Optional.of(covered.index()));
            left--;
          }
          case PackLine.Pending pending -> {
            entry.take(pending.content(), Optional.empty());
            left--;
          }
          case PackLine.Header _,
              PackLine.Cosigned _,
              PackLine.Skipped _,
              PackLine.Checkpoint _,
              PackLine.End _ -> {}
        }
      }
    }
  }

  private void head(VerificationReport report) throws IOException {
    put("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
    put(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
            + " 'sha256-");
    put(styleDigest());
    put("'\"><meta name=\"viewport\" content=\"width=device-width\"><title>Evidence of ");
    text(report.tenant().orElse("nobody"));
    put("</title><style>" + STYLE + "</style></head><body>\n<h1>Evidence of ");
    text(report.tenant().orElse("nobody"));
    put("</h1>\n");
  }

  private static String styleDigest() {
    MessageDigest digest = LineReader.sha256();
    digest.update(STYLE.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  private static Optional<Period> period(Path pack) throws IOException {
    try (var reader = EvidencePack.read(pack)) {
      return reader.next().orElseThrow() instanceof PackLine.Header header
          ? header.period()
          : Optional.empty();
    }
  }

  private void verification(VerificationReport report, ReportTally tally, Optional<Period> period)
      throws IOException {
    put("<p class=\"status " + report.status().text() + "\">");
    text(words(report));
    put("</p>\n<table>");
    pair("Log", report.origin().orElse(""));
    pair(
        "Entries",
        report.counts().entries() + " in the log, " + report.counts().pending() + " pending");
    pair("Period", period.map(Period::words).orElse("from the first entry on"));
    pair("Time", tally.entries() == 0 ? "no entries" : tally.period());
    pair("Root", report.head().map(head -> head.root().toBase64()).orElse("none"));
    pair(
        "Witnessed",
        report
            .witnessed()
            .map(w -> "the first " + w.size() + " entries, by " + String.join(", ", w.by()))
            .orElse("nothing: no quorum of witnesses was asked for, or none cosigned"));
    pair("Calls without outcome", Long.toString(report.counts().openCalls()));
    put("</table>\n");
    items("What is wrong", report.findings().stream().map(Finding::toString).toList());
    items("Not checked, and unwitnessed parts", report.notChecked());
  }

  private static String words(VerificationReport report) {
    return switch (report.status()) {
      case VERIFIED -> "Verified: these entries are what the log's key signed.";
      case UNWITNESSED ->
          "Unwitnessed: signed by the log's key, but witnesses have not cosigned all of it.";
      case NOT_ANCHORED ->
          "Not anchored: nothing is wrong in itself, and no keys were brought to check who made"
              + " it.";
      case REFUTED -> "Refuted: this is not what was signed.";
    };
  }

  private void items(String title, List<String> items) throws IOException {
    if (!items.isEmpty()) {
      put("<h2>" + title + "</h2><ul>");
      for (String item : items) {
        put("<li>");
        text(item);
        put("</li>");
      }
      put("</ul>\n");
    }
  }

  private void counts(ReportTally tally) throws IOException {
    put("<h2>By task class</h2><table><thead><tr><th>Class</th>");
    for (String name :
        List.of(
            "Tasks",
            "Calls",
            "Succeeded",
            "Rejected",
            "Failed",
            "Unknown",
            "Refused",
            "Asked",
            "Granted",
            "Exposed")) {
      put("<th class=\"n\">" + name + "</th>");
    }
    put("</tr></thead><tbody>");
    for (Map.Entry<String, ReportTally.Counts> entry : tally.classes().entrySet()) {
      row(entry.getKey().isEmpty() ? "(none)" : entry.getKey(), entry.getValue());
    }
    row("all", tally.all());
    put("</tbody></table>\n");
  }

  private void row(String name, ReportTally.Counts counts) throws IOException {
    put("<tr><td>");
    text(name);
    put("</td>");
    for (long count :
        new long[] {
          counts.tasks, counts.calls, counts.succeeded, counts.rejected, counts.failed,
          counts.unknown, counts.refused, counts.asked, counts.granted, counts.exposed
        }) {
      put("<td class=\"n\">" + count + "</td>");
    }
    put("</tr>");
  }

  private void rows(String title, String none, long count, List<TrailRow> rows) throws IOException {
    put("<h2>" + title + "</h2>\n");
    if (rows.isEmpty()) {
      put("<p>" + none + "</p>\n");
      return;
    }
    table(rows);
    if (count > rows.size()) {
      put("<p>The first " + rows.size() + " of " + count + "; the timeline has all.</p>\n");
    }
  }

  private void table(List<TrailRow> rows) throws IOException {
    put("<table>" + COLUMNS + "<tbody>");
    for (TrailRow row : rows) {
      row(row);
    }
    put("</tbody></table>\n");
  }

  private static final String COLUMNS =
      "<thead><tr><th>#</th><th>At</th><th>Kind</th><th>Who</th><th>What</th><th>On</th><th>Said</th></tr></thead>";

  private void row(TrailRow row) throws IOException {
    var fields = row.leaf().object("fields").orElse(Value.Obj.EMPTY);
    put("<tr>");
    cell(row.index().map(String::valueOf).orElse("pending"));
    cell(row.at());
    cell(row.kind());
    cell(row.agent().isEmpty() ? TrailRow.text(fields, "person") : row.agent());
    cell(row.tool());
    cell(String.join(", ", row.targets()));
    cell(row.summary().isEmpty() ? TrailRow.text(fields, "verdict") : row.summary());
    put("</tr>\n");
  }

  private void timeline(Path pack, ReportTally tally) throws IOException {
    put("<h2 class=\"later\">Timeline</h2>\n<table>" + COLUMNS + "<tbody>\n");
    each(
        pack,
        LIMIT_TIMELINE,
        (content, index) -> {
          try {
            row(ReportTally.row(Json.parseObject(content.leaf()), index));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    put("</tbody></table>\n");
    if (tally.entries() > LIMIT_TIMELINE) {
      put(
          "<p>The first "
              + LIMIT_TIMELINE
              + " of "
              + tally.entries()
              + " entries; the pack has all.</p>\n");
    }
  }

  private void pair(String name, String value) throws IOException {
    put("<tr><th>" + name + "</th><td>");
    text(value);
    put("</td></tr>");
  }

  private void cell(String value) throws IOException {
    put("<td>");
    text(value);
    put("</td>");
  }

  /** Words from outside: never markup, never hidden characters. */
  private void text(String words) throws IOException {
    String shown = Printable.of(words);
    for (int i = 0; i < shown.length(); i++) {
      switch (shown.charAt(i)) {
        case '&' -> out.write("&amp;");
        case '<' -> out.write("&lt;");
        case '>' -> out.write("&gt;");
        case '"' -> out.write("&quot;");
        case '\'' -> out.write("&#39;");
        default -> out.write(shown.charAt(i));
      }
    }
  }

  /** Markup of our own. */
  private void put(String markup) throws IOException {
    out.write(markup);
  }
}
