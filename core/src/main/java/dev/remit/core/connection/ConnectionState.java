package dev.remit.core.connection;

import dev.remit.core.target.ConnectorId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What the last look at a connection found. */
public record ConnectionState(ConnectorId connector, Instant lookedAt, List<Finding> findings) {

  public ConnectionState {
    findings = List.copyOf(findings);
  }

  /** Whether something is wrong that no call may meet. */
  public boolean isOut() {
    return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.FAILED);
  }

  /** What failed, in words for people. */
  public List<String> failures() {
    return findings.stream()
        .filter(finding -> finding.verdict() == Verdict.FAILED)
        .map(finding -> finding.check().text() + ": " + finding.detail())
        .toList();
  }

  /** As posture and evidence show it; a detail never names a client or a record. */
  public Value.Obj value() {
    return Value.object(
        "lookedAt",
        lookedAt.toString(),
        "isOut",
        isOut(),
        "findings",
        new Value.Array(
            findings.stream()
                .<Value>map(finding ->
                    Value.object(
                        "check", finding.check().text(),
                        "verdict", finding.verdict().text(),
                        "detail", finding.detail()))
                .toList()));
  }

  /** One thing that was tried. */
  public record Finding(Check check, Verdict verdict, String detail) {}

  /** What is tried. */
  public enum Check {
    /** A credential is made, used and proven gone. */
    CANARY,
    /** A credential of one client shows that client's record and no other client's. */
    SCOPE_TRUTH;

    /** The form in posture and evidence. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What came of it. */
  public enum Verdict {
    /** It is as it should be. */
    HELD,
    /** It could not be tried; calls that meet the same refuse by themselves. */
    UNTRIED,
    /** It is not wholly as its file says: people look at it, and calls go on. */
    DOUBTED,
    /** It is not as it should be: the connector is out of service until it is. */
    FAILED;

    /** The form in posture and evidence. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
