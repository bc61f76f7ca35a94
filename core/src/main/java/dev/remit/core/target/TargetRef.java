package dev.remit.core.target;

/** Which record: connector, kind (such as {@code device}) and the system's own identifier. */
public record TargetRef(ConnectorId connector, String kind, String id) {

  /** The form {@code connector/kind/id} used in entries and policy. */
  public String text() {
    return connector + "/" + kind + "/" + id;
  }

  @Override
  public String toString() {
    return text();
  }
}
