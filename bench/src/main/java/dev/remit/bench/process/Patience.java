package dev.remit.bench.process;

import dev.remit.bench.BenchException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Asks again and again, with an end. */
public final class Patience {

  private Patience() {}

  /** A question whose answer may be there only later; being refused counts as not there. */
  @FunctionalInterface
  public interface Question<T> {
    Optional<T> ask() throws IOException;
  }

  /** The first answer; after {@code atMost} the complaint. */
  public static <T> T until(
      String complaint, Duration atMost, Duration pause, Question<T> question) {
    long end = System.nanoTime() + atMost.toNanos();
    String last = "";
    while (System.nanoTime() < end) {
      try {
        var answer = question.ask();
        if (answer.isPresent()) {
          return answer.get();
        }
        Thread.sleep(pause);
      } catch (IOException | BenchException e) {
        last = ": " + e.getMessage();
        pause(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw BenchException.broken("interrupted");
      }
    }
    throw BenchException.broken(complaint + last);
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
