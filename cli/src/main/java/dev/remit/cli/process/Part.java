package dev.remit.cli.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How to start one part as a process.
 *
 * @param name the module's folder, such as {@code server}
 * @param ready the words its ready line begins with
 * @param arguments its own arguments; {@code --parent-pid} is added
 * @param cache where the class data archive is kept, which makes the next start quick
 * @param log where its output goes after it was looked at
 */
public record Part(
    String name,
    String mainClass,
    String ready,
    List<String> jvmOptions,
    List<String> arguments,
    Path cache,
    Path log) {

  public Part {
    jvmOptions = List.copyOf(jvmOptions);
    arguments = List.copyOf(arguments);
  }

  /** The server. */
  public static Part server(List<String> arguments, Path data) {
    return new Part(
        "server",
        "dev.remit.server.ServerMain",
        "remit ready",
        List.of("-Xmx320m", "--enable-native-access=ALL-UNNAMED"),
        arguments,
        data.resolve("cache"),
        data.resolve("log/server.log"));
  }

  /** The lab. */
  public static Part lab(List<String> arguments, Path data) {
    return new Part(
        "lab",
        "dev.remit.lab.LabMain",
        "lab ready",
        List.of("-Xmx192m", "-XX:TieredStopAtLevel=1"),
        arguments,
        data.resolve("cache"),
        data.resolve("log/lab.log"));
  }

  List<String> commandLine(Installation installation) {
    var line = new ArrayList<String>();
    line.add(Installation.java().toString());
    line.addAll(jvmOptions);
    line.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + cache.resolve(name + ".jsa").toAbsolutePath(),
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-cp",
            installation.classPath(name),
            mainClass));
    line.addAll(arguments);
    line.addAll(List.of("--parent-pid", Long.toString(ProcessHandle.current().pid())));
    return line;
  }
}
