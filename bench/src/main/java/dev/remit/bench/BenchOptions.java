package dev.remit.bench;

import java.util.List;

/**
 * The command line: the benchmark's name, and whether programs read the result.
 *
 * @param isJson one flat JSON object on standard output instead of a table
 */
record BenchOptions(String name, boolean isJson) {

  static final List<String> NAMES = List.of("approvals", "call", "decision");

  /** Reads the arguments; an unknown or missing one refuses. */
  static BenchOptions parse(List<String> arguments) {
    String name = "";
    boolean isJson = false;
    for (String argument : arguments) {
      if (argument.equals("--json")) {
        isJson = true;
      } else if (argument.startsWith("-")) {
        throw BenchException.usage("unknown option `" + argument + "`: the only one is --json");
      } else if (name.isEmpty()) {
        name = argument;
      } else {
        throw BenchException.usage("one benchmark at a time: leave out `" + argument + "`");
      }
    }
    if (!NAMES.contains(name)) {
      throw BenchException.usage(
          "usage: bench/run NAME [--json], where NAME is one of " + String.join(", ", NAMES));
    }
    return new BenchOptions(name, isJson);
  }
}
