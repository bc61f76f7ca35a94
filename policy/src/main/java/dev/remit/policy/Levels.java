package dev.remit.policy;

import dev.remit.core.identity.Grade;
import dev.remit.core.identity.GradeFamily;

/** Grades and families as the numbers that policy compares; part of the published schema. */
public final class Levels {
  private Levels() {}

  /** The number of a grade. */
  public static long of(Grade grade) {
    return switch (grade) {
      case OBSERVE -> 0;
      case LOW -> 1;
      case HIGH -> 2;
      case DESTRUCTIVE -> 3;
    };
  }

  /** The number of a grade. */
  public static long of(GradeFamily family) {
    return switch (family) {
      case OBSERVE -> 0;
      case CHANGE -> 1;
      case DESTRUCTIVE -> 2;
    };
  }
}
