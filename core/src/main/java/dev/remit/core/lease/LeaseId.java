package dev.remit.core.lease;

/** A lease's random name. */
public record LeaseId(String value) {

  @Override
  public String toString() {
    return value;
  }
}
