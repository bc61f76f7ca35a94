package dev.remit.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where the packed parts and the tests' own folders are. */
final class Home {

  /** The repository. */
  static final Path ROOT = Path.of(System.getProperty("remit.root", "..")).toAbsolutePath();

  /** The sources; the repository unless packed parts of another build are tried. */
  static final Path SOURCE =
      Path.of(System.getProperty("remit.source", ROOT.toString())).toAbsolutePath();

  /** What the tests write; made anew by each run. */
  static final Path TARGET =
      Path.of(System.getProperty("remit.e2e.target", ROOT.resolve("e2e/target").toString()))
          .toAbsolutePath();

  private Home() {}

  /** The command that starts a packed part with this JVM. */
  static List<String> java(String part, String main, List<String> flags) {
    var target = ROOT.resolve(part).resolve("target");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(flags);
    command.addAll(List.of("-cp", jar(target, part) + ":" + target.resolve("lib") + "/*", main));
    return command;
  }

  private static Path jar(Path target, String part) {
    try (var files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("remit-" + part + "-"))
          .filter(file -> file.toString().endsWith(".jar"))
          .findFirst()
          .orElseThrow();
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          "no jar in `" + target + "`: run `mvn package` (or `verify`) first", e);
    }
  }

  /** An empty folder of this name. */
  static Path fresh(String name) {
    var folder = TARGET.resolve("estates").resolve(name);
    try {
      if (Files.exists(folder)) {
        delete(folder);
      }
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
