package dev.remit.postgres;

import java.util.List;
import java.util.stream.Collectors;

/** The database would not keep the promises, so nothing is served from it; all faults are told. */
public final class UnsafeDatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  public UnsafeDatabaseException(List<Fault> faults) {
    super(
        "the database is not safe to serve from:\n  "
            + faults.stream().map(Fault::toString).collect(Collectors.joining("\n  ")));
    this.faults = List.copyOf(faults);
  }

  public List<Fault> faults() {
    return faults;
  }
}
