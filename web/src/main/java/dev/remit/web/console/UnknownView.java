package dev.remit.web.console;

import dev.remit.core.evidence.CallLedger.Unknown;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Calls that may have happened, as a list to work off. */
public record UnknownView(List<Row> rows, Optional<String> problem, Instant now) {

  public UnknownView {
    rows = List.copyOf(rows);
  }

  /** One of them. */
  public record Row(Unknown unknown, String tenantName) {

    /** Where the form goes. */
    public String path() {
      return "/console/unknown/" + unknown.tenant().value() + "/" + unknown.call().value();
    }

    /** Where its decision path is. */
    public String call() {
      return "/console/call/" + unknown.tenant().value() + "/" + unknown.call().value();
    }
  }
}
