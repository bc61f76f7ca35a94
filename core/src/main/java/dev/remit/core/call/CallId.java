package dev.remit.core.call;

/** A call's random name. */
public record CallId(String value) {

  @Override
  public String toString() {
    return value;
  }
}
