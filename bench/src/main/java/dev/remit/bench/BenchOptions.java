package dev.remit.bench;

import java.util.List;

/**
 * The command line: the benchmark's name, and whether programs read the result.
 *
 * @param isJson one flat JSON object on standard output instead of a table
 * @param isFull in the largest size, which takes long; of {@code log} alone
 */
record BenchOptions(String name, boolean isJson, boolean isFull) {

  static final List<String> NAMES = List.of("approvals", "call", "decision", "kill", "log");

  /** Reads the arguments; an unknown or missing one refuses. */
  static BenchOptions parse(List<String> arguments) {
    String name = "";
    boolean isJson = false;
    boolean isFull = false;
    for (String argument : arguments) {
      if (argument.equals("--json")) {
        isJson = true;
      } else if (argument.equals("--full")) {
        isFull = true;
      } else if (argument.startsWith("-")) {
        throw BenchException.usage(
            "unknown option `" + argument + "`: there are --json and --full");
      } else if (name.isEmpty()) {
        name = argument;
      } else {
        throw BenchException.usage("one benchmark at a time: leave out `" + argument + "`");
      }
    }
    if (!NAMES.contains(name)) {
      throw BenchException.usage(
          "usage: bench/run NAME [--json] [--full], where NAME is one of "
              + String.join(", ", NAMES));
    }
    if (isFull && !name.equals("log")) {
      throw BenchException.usage("`--full` is of `log` alone: leave it out");
    }
    return new BenchOptions(name, isJson, isFull);
  }
}
