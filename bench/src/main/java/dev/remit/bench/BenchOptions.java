package dev.remit.bench;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The command line: the benchmark's name, and whether programs read the result.
 *
 * @param isJson one flat JSON object on standard output instead of a table
 * @param large of how many entries the large log is, which takes long; 0 for none; of {@code log}
 *     alone
 * @param isKill with the kills of {@code kill}, which take minutes; of {@code identity} alone
 */
record BenchOptions(String name, boolean isJson, long large, boolean isKill) {

  /** What {@code --full} alone stands for. */
  static final long FULL = 10_000_000;

  private static final Pattern FULL_OF = Pattern.compile("--full=([1-9][0-9]{6,8})");

  static final List<String> NAMES =
      List.of("approvals", "call", "decision", "identity", "kill", "log", "secrets");

  /** Reads the arguments; an unknown or missing one refuses. */
  static BenchOptions parse(List<String> arguments) {
    String name = "";
    boolean isJson = false;
    long large = 0;
    boolean isKill = false;
    for (String argument : arguments) {
      var fullOf = FULL_OF.matcher(argument);
      if (argument.equals("--json")) {
        isJson = true;
      } else if (argument.equals("--full")) {
        large = FULL;
      } else if (fullOf.matches()) {
        large = Long.parseLong(fullOf.group(1));
      } else if (argument.equals("--kill")) {
        isKill = true;
      } else if (argument.startsWith("-")) {
        throw BenchException.usage(
            "unknown option `"
                + argument
                + "`: there are --json, --full, --full=ENTRIES of a million at least, and --kill");
      } else if (name.isEmpty()) {
        name = argument;
      } else {
        throw BenchException.usage("one benchmark at a time: leave out `" + argument + "`");
      }
    }
    if (!NAMES.contains(name)) {
      throw BenchException.usage(
          "usage: bench/run NAME [--json] [--full[=ENTRIES]] [--kill], where NAME is one of "
              + String.join(", ", NAMES));
    }
    if (large > 0 && !name.equals("log")) {
      throw BenchException.usage("`--full` is of `log` alone: leave it out");
    }
    if (isKill && !name.equals("identity")) {
      throw BenchException.usage("`--kill` is of `identity` alone: leave it out");
    }
    return new BenchOptions(name, isJson, large, isKill);
  }
}
