package dev.remit.cli.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How to start one part as a process.
 *
 * @param name the module's folder, such as {@code server}
 * @param ready the words its ready line begins with
 * @param arguments its own arguments; {@code --parent-pid} is added
 * @param database where its embedded PostgreSQL keeps its data, to be ended if it is left behind
 * @param cache where the class data archive is kept, which makes the next start quick
 * @param log where its output goes after it was looked at
 */
public record Part(
    String name,
    String mainClass,
    String ready,
    List<String> jvmOptions,
    List<String> arguments,
    Path database,
    Path cache,
    Path log) {

  public Part {
    jvmOptions = List.copyOf(jvmOptions);
    arguments = List.copyOf(arguments);
  }

  /**
   * The server.
   *
   * @param home its own data folder
   * @param data where cache and log are kept
   */
  public static Part server(Path home, List<String> arguments, Path data) {
    return new Part(
        "server",
        "dev.remit.server.ServerMain",
        "remit ready",
        List.of("-Xmx320m", "--enable-native-access=ALL-UNNAMED"),
        with("--data", home, arguments),
        home.resolve("postgres"),
        data.resolve("cache"),
        data.resolve("log/server.log"));
  }

  /**
   * The server's part for backups, which ends by itself.
   *
   * @param data where cache and log are kept
   */
  public static Part backup(Path data, List<String> arguments) {
    return new Part(
        "server",
        "dev.remit.server.BackupMain",
        "remit ready",
        List.of("-Xmx320m", "--enable-native-access=ALL-UNNAMED"),
        arguments,
        data.resolve("no-database"),
        data.resolve("cache"),
        data.resolve("log/backup.log"));
  }

  /** The lab, below the data folder. */
  public static Part lab(Path data) {
    Path home = data.resolve("lab");
    return new Part(
        "lab",
        "dev.remit.lab.LabMain",
        "lab ready",
        List.of("-Xmx192m", "-XX:TieredStopAtLevel=1"),
        with("--data", home, List.of()),
        home.resolve("pg"),
        data.resolve("cache"),
        data.resolve("log/lab.log"));
  }

  private static List<String> with(String name, Path value, List<String> others) {
    return Stream.concat(Stream.of(name, value.toString()), others.stream()).toList();
  }

  List<String> commandLine(Installation installation) throws IOException {
    var line = new ArrayList<String>();
    line.add(Installation.java().toString());
    line.addAll(jvmOptions);
    line.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + ClassArchive.of(cache, name, installation.target(name)),
            "-Xlog:disable",
            "-cp",
            installation.classPath(name),
            mainClass));
    line.addAll(arguments);
    line.addAll(List.of("--parent-pid", Long.toString(ProcessHandle.current().pid())));
    return line;
  }
}
