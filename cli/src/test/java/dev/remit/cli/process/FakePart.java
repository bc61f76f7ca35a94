package dev.remit.cli.process;

import java.util.List;

/** A process for tests: says its arguments, gets ready if asked to, and stays until it is ended. */
public final class FakePart {

  private FakePart() {}

  /** {@code ready} says that it is; {@code fail} ends with 3 at once. */
  public static void main(String[] arguments) throws InterruptedException {
    List<String> words = List.of(arguments);
    System.out.println("got " + words);
    if (words.contains("fail")) {
      System.err.println("the port is taken");
      System.exit(3);
    }
    if (words.contains("ready")) {
      System.out.println("fake ready {\"port\":1}");
    }
    Thread.currentThread().join();
  }
}
