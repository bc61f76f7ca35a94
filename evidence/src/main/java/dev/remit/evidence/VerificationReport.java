package dev.remit.evidence;

import dev.remit.core.value.Value;
import dev.remit.log.TreeHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What checking a pack showed, and what it did not show.
 *
 * <p>{@code VERIFIED} says: these entries, in this order and number, are what the holder of a key
 * that the reader trusts signed for this tenant's log. It does not say that they are true or that
 * they are all that happened; {@code notChecked} names that.
 *
 * @param tenant whose evidence the pack says it is, where that could be read
 * @param head of the checkpoint; signed by a trusted key only if the status says so
 * @param witnessed how far a quorum of the reader's witnesses cosigned it; absent where none did
 * @param findings the first of them, in the order of the file
 * @param openCalls the first calls whose intent has no outcome in the pack
 */
public record VerificationReport(
    Status status,
    Optional<String> tenant,
    Optional<String> origin,
    Optional<TreeHead> head,
    Optional<Witnessed> witnessed,
    Counts counts,
    List<Finding> findings,
    List<String> openCalls,
    List<String> notChecked) {

  static final int OPEN_CALLS_SHOWN = 20;

  static final List<String> NEVER_CHECKED =
      List.of(
          "whether anything went around Remit: compare with the vendors' own logs",
          "whether what was recorded is true, and the clock it was recorded by");

  public VerificationReport {
    findings = List.copyOf(findings);
    openCalls = List.copyOf(openCalls);
    notChecked = List.copyOf(notChecked);
  }

  /** What may be said of the pack. */
  public enum Status {
    /** Nothing is wrong, and a key that the reader trusts signed it. */
    VERIFIED,
    /**
     * Nothing is wrong and a trusted key signed it, but the reader asks for witnesses and they did
     * not cosign all of it: somebody else may have been shown another end.
     */
    UNWITNESSED,
    /** Something is wrong; findings say what and where. */
    REFUTED,
    /** Nothing is wrong in itself, and the reader brought no keys: anybody could have made it. */
    NOT_ANCHORED;

    /** The form in reports, such as {@code not-anchored}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * What witnesses cosigned.
   *
   * @param size of the log then, in entries
   * @param by names that the reader's policy gives them, sorted
   */
  public record Witnessed(long size, List<String> by) {
    public Witnessed {
      by = List.copyOf(by);
    }
  }

  /**
   * How much was looked at.
   *
   * @param entries covered by the checkpoint
   * @param pending stored and not covered
   * @param openCalls intents without an outcome, over both
   * @param findings all of them, also those not listed
   */
  public record Counts(
      long entries, long pending, long absentBodies, long openCalls, long findings) {

    Value.Obj toValue() {
      return Value.object(
          "entries", entries,
          "pending", pending,
          "absentBodies", absentBodies,
          "openCalls", openCalls,
          "findings", findings);
    }
  }

  static VerificationReport unreadable(Finding finding) {
    return new VerificationReport(
        Status.REFUTED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Counts(0, 0, 0, 0, 1),
        List.of(finding),
        List.of(),
        List.of("everything: this is no evidence pack"));
  }

  /** Whether a caller may rely on it; anything but {@code VERIFIED} is exit code 1. */
  public boolean isVerified() {
    return status == Status.VERIFIED;
  }

  /** For programs; names are stable. */
  public Value.Obj toValue() {
    var report =
        Value.object(
            "status", status.text(),
            "counts", counts.toValue(),
            "findings", new Value.Array(findings.stream().<Value>map(Finding::toValue).toList()),
            "openCalls", Value.texts(openCalls),
            "notChecked", Value.texts(notChecked));
    report = tenant.isPresent() ? report.with("tenant", Value.of(tenant.get())) : report;
    report = origin.isPresent() ? report.with("origin", Value.of(origin.get())) : report;
    if (witnessed.isPresent()) {
      report =
          report.with(
              "witnessed",
              Value.object(
                  "size", witnessed.get().size(), "by", Value.texts(witnessed.get().by())));
    }
    return head.isPresent()
        ? report
            .with("size", Value.of(head.get().size()))
            .with("root", Value.of(head.get().root().toBase64()))
        : report;
  }

  /** For people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        status.text().replace('-', ' ')
            + tenant.map(name -> ": evidence of " + Printable.of(name)).orElse(""));
    lines.add(
        counts.entries()
            + " entries, "
            + counts.pending()
            + " pending, "
            + counts.openCalls()
            + " calls without outcome");
    head.ifPresent(h -> lines.add("head: " + h.size() + " entries, root " + h.root().toBase64()));
    witnessed.ifPresent(w ->
        lines.add(
            "witnessed: the first "
                + w.size()
                + " entries, by "
                + Printable.of(String.join(", ", w.by()))));
    findings.forEach(finding -> lines.add("wrong: " + Printable.of(finding.toString())));
    if (counts.findings() > findings.size()) {
      lines.add("wrong: " + (counts.findings() - findings.size()) + " findings more");
    }
    openCalls.forEach(call -> lines.add("without outcome: call " + Printable.of(call)));
    notChecked.forEach(what -> lines.add("not checked: " + Printable.of(what)));
    return List.copyOf(lines);
  }
}
