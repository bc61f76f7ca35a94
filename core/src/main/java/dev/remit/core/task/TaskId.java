package dev.remit.core.task;

/** A task's random name; it is no authority: the caller must be the task's agent as well. */
public record TaskId(String value) {

  @Override
  public String toString() {
    return value;
  }
}
