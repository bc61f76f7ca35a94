package dev.remit.bench;

import java.util.List;

/**
 * The command line: the benchmark's name, and whether programs read the result.
 *
 * @param isJson one flat JSON object on standard output instead of a table
 * @param isFull in the largest size, which takes long; of {@code log} alone
 * @param isKill with the kills of {@code kill}, which take minutes; of {@code identity} alone
 */
record BenchOptions(String name, boolean isJson, boolean isFull, boolean isKill) {

  static final List<String> NAMES =
      List.of("approvals", "call", "decision", "identity", "kill", "log", "secrets");

  /** Reads the arguments; an unknown or missing one refuses. */
  static BenchOptions parse(List<String> arguments) {
    String name = "";
    boolean isJson = false;
    boolean isFull = false;
    boolean isKill = false;
    for (String argument : arguments) {
      if (argument.equals("--json")) {
        isJson = true;
      } else if (argument.equals("--full")) {
        isFull = true;
      } else if (argument.equals("--kill")) {
        isKill = true;
      } else if (argument.startsWith("-")) {
        throw BenchException.usage(
            "unknown option `" + argument + "`: there are --json, --full and --kill");
      } else if (name.isEmpty()) {
        name = argument;
      } else {
        throw BenchException.usage("one benchmark at a time: leave out `" + argument + "`");
      }
    }
    if (!NAMES.contains(name)) {
      throw BenchException.usage(
          "usage: bench/run NAME [--json] [--full] [--kill], where NAME is one of "
              + String.join(", ", NAMES));
    }
    if (isFull && !name.equals("log")) {
      throw BenchException.usage("`--full` is of `log` alone: leave it out");
    }
    if (isKill && !name.equals("identity")) {
      throw BenchException.usage("`--kill` is of `identity` alone: leave it out");
    }
    return new BenchOptions(name, isJson, isFull, isKill);
  }
}
