package dev.remit.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says.
 *
 * @param port the RMM's port; 0 for the one of the last start, or a free one
 * @param parentPid the process whose end ends the lab; 0 for none
 */
public record LabOptions(Path data, long seed, int port, Duration tokenLife, long parentPid) {
  /** How to call it. */
  public static final String USAGE =
      "usage: lab --data DIR [--seed N] [--port N] [--token-seconds N] [--parent-pid N]";

  private static final Set<String> NAMES =
      Set.of("--data", "--seed", "--port", "--token-seconds", "--parent-pid");

  /** Options for a folder, all else as usual. */
  public static LabOptions of(Path data, long seed) {
    return new LabOptions(data, seed, 0, Duration.ofSeconds(60), 0);
  }

  /** Reads the arguments; throws {@link IllegalArgumentException} with words for people. */
  public static LabOptions parse(String... args) {
    java.util.Map<String, String> given = new java.util.HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!NAMES.contains(args[i])) {
        throw new IllegalArgumentException("unknown option `" + args[i] + "`; " + USAGE);
      }
      if (i + 1 == args.length) {
        throw new IllegalArgumentException("`" + args[i] + "` needs a value; " + USAGE);
      }
      if (given.put(args[i], args[i + 1]) != null) {
        throw new IllegalArgumentException("give `" + args[i] + "` once; " + USAGE);
      }
    }
    String data = given.get("--data");
    if (data == null || data.isBlank()) {
      throw new IllegalArgumentException("`--data` is missing; " + USAGE);
    }
    return new LabOptions(
        Path.of(data),
        number("--seed", given.get("--seed"), 1, Long.MIN_VALUE, Long.MAX_VALUE),
        (int) number("--port", given.get("--port"), 0, 0, 65_535),
        Duration.ofSeconds(number("--token-seconds", given.get("--token-seconds"), 60, 1, 86_400)),
        number("--parent-pid", given.get("--parent-pid"), 0, 1, Long.MAX_VALUE));
  }

  private static long number(
      String name, @Nullable String text, long otherwise, long min, long max) {
    if (text == null) {
      return otherwise;
    }
    try {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, in the same words as a number out of bounds.
    }
    throw new IllegalArgumentException("`" + name + "` cannot be `" + text + "`; " + USAGE);
  }
}
