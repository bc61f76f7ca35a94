package dev.remit.cli;

import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder with the launcher in it, JDKs that print what they were given, and a Maven that notes.
 */
final class Launch {

  record Ran(int exit, String out, String err) {}

  private static final String JAVA =
      """
      #!/bin/sh
      here=$(cd "$(dirname "$0")/.." && pwd)
      echo "java of $here"
      for a in "$@"; do printf '<%s>\\n' "$a"; done
      exit ${FAKE_EXIT:-0}
      """;

  private static final String MAVEN =
      """
      #!/bin/sh
      echo "$@" >>"$FAKE_HOME/builds"
      if [ "${FAKE_BUILD_EXIT:-0}" != 0 ]; then
        echo "[ERROR] it does not compile"
        exit "$FAKE_BUILD_EXIT"
      fi
      echo "[INFO] Building Remit command line 0.1.0-SNAPSHOT                          [1/1]"
      mkdir -p "$FAKE_HOME/cli/target/lib"
      : >"$FAKE_HOME/cli/target/remit-cli-1.jar"
      """;

  private final Path home;
  private final Path jdks;
  private final Map<String, String> environment = new HashMap<>();

  Launch(Path home, Path jdks) {
    this.home = home;
    this.jdks = jdks;
  }

  Path home() {
    return home;
  }

  Path jdks() {
    return jdks;
  }

  void set(String name, String value) {
    environment.put(name, value);
  }

  /** A module that looks built a moment ago, from sources of long ago. */
  void part(String name) throws IOException {
    Files.createDirectories(home.resolve(name + "/target/lib"));
    Path pom = Files.createFile(home.resolve(name + "/pom.xml"));
    Files.setLastModifiedTime(pom, FileTime.from(Instant.EPOCH));
    Files.createFile(jar(name));
    Files.setLastModifiedTime(jar(name), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    script(home.resolve("mvn"), MAVEN);
  }

  Path jar(String part) {
    return home.resolve(part + "/target/remit-" + part + "-1.jar");
  }

  Path jdk(String name, String version) throws IOException {
    Path jdk = jdks.resolve(name);
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    script(jdk.resolve("bin/java"), JAVA);
    script(jdk.resolve("bin/javac"), JAVA);
    return jdk.toRealPath();
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, fromString("rwxr-xr-x"));
  }

  List<String> builds() throws IOException {
    Path noted = home.resolve("builds");
    return Files.exists(noted) ? Files.readAllLines(noted) : List.of();
  }

  Ran run(String... arguments) throws IOException, InterruptedException {
    return runScript(home.resolve("remit"), arguments);
  }

  Ran runScript(Path script, String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(script.toString()));
    line.addAll(List.of(arguments));
    Path out = Files.createTempFile(jdks, "out", "");
    Path err = Files.createTempFile(jdks, "err", "");
    var builder =
        new ProcessBuilder(line)
            .directory(jdks.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    var variables = builder.environment();
    variables.keySet().removeIf(name -> name.startsWith("REMIT_") || name.equals("JAVA_HOME"));
    variables.put("REMIT_JDK_DIRS", jdks + "-not-there:" + jdks);
    variables.put("REMIT_MAVEN", home.resolve("mvn").toString());
    variables.put("FAKE_HOME", home.toString());
    variables.putAll(environment);
    int exit = builder.start().waitFor();
    return new Ran(
        exit,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
