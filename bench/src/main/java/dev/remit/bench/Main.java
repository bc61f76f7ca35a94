package dev.remit.bench;

import dev.remit.bench.call.CallBench;
import dev.remit.cli.CommandException;
import dev.remit.cli.process.Installation;
import dev.remit.json.Json;
import java.util.List;

/**
 * Runs one benchmark: progress on standard error, the result on standard output. Exit codes: 0
 * measured, 2 wrong usage, 3 something else is broken.
 */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) {
    try {
      var options = BenchOptions.parse(arguments);
      var figures = new CallBench(Installation.current(), Main::say).run();
      System.out.println(options.isJson() ? Json.text(figures.json()) : figures.table());
      return 0;
    } catch (BenchException e) {
      say(String.valueOf(e.getMessage()));
      return e.exitCode();
    } catch (CommandException e) {
      say(String.valueOf(e.getMessage()));
      return 3;
    }
  }

  private static void say(String line) {
    System.err.println("bench: " + line);
  }
}
