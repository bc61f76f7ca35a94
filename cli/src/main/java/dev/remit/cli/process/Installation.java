package dev.remit.cli.process;

import dev.remit.cli.CommandException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where Remit's parts lie: the folder of the {@code remit} script.
 *
 * @param root the folder that holds {@code server/}, {@code lab/} and {@code examples/}
 */
public record Installation(Path root) {

  /** The one this command was started from. */
  public static Installation current() {
    String root = System.getProperty("remit.root");
    if (root == null || root.isBlank()) {
      throw CommandException.broken("start this with the `remit` script, which knows its folder");
    }
    return new Installation(Path.of(root));
  }

  /** The class path of a part: its jar and the libraries beside it. */
  public String classPath(String part) {
    Path target = target(part);
    return jar(part, target) + File.pathSeparator + target.resolve("lib") + File.separator + "*";
  }

  /** Where a part is built. */
  Path target(String part) {
    return root.resolve(part).resolve("target");
  }

  private static Path jar(String part, Path target) {
    if (Files.isDirectory(target)) {
      try (var jars = Files.newDirectoryStream(target, "remit-" + part + "-*.jar")) {
        for (Path jar : jars) {
          return jar;
        }
      } catch (IOException e) {
        throw CommandException.broken("cannot read `" + target + "`: " + e.getMessage());
      }
    }
    throw CommandException.broken(
        "the part `" + part + "` is not built: run the `remit` script, which builds it");
  }

  /** The Java launcher that runs this command. */
  public static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }
}
