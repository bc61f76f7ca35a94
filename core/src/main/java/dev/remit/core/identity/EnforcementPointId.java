package dev.remit.core.identity;

/** The name of a registered enforcement point. */
public record EnforcementPointId(String value) {

  @Override
  public String toString() {
    return value;
  }
}
