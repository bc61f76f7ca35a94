package dev.remit.cli.demo;

import java.util.function.Supplier;

/**
 * One act of the demo.
 *
 * <p>What is expected is written down in words before anything runs; what happened is put together
 * from the agent's answer, the vendor's own state and the evidence, in the same words. The two
 * texts are compared as they are.
 *
 * @param name a slug that programs may rely on
 * @param title what happens, for people
 * @param expected the words that must come out
 */
record Act(String name, String title, String expected, Play play) {

  /** What the act does. */
  @FunctionalInterface
  interface Play {
    /** Plays it and tells what happened. */
    Happened on(Stage stage);
  }

  /**
   * What happened.
   *
   * @param actual in the words of {@code expected}
   * @param detail what the agent heard and what the evidence holds, for people
   */
  record Happened(String actual, String detail) {}

  /** An act that was played. */
  record Played(String name, String title, String expected, String actual, String detail) {
    boolean agrees() {
      return expected.equals(actual);
    }
  }

  /** Plays it; an act that breaks did not end as expected, and the next one is played. */
  Played played(Stage stage) {
    return played(() -> play.on(stage));
  }

  Played played(Supplier<Happened> course) {
    Happened happened;
    try {
      happened = course.get();
    } catch (RuntimeException e) {
      happened = new Happened("the act broke", String.valueOf(e.getMessage()));
    }
    return new Played(name, title, expected, happened.actual(), happened.detail());
  }
}
