package dev.remit.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One PostgreSQL cluster on disk: made, configured, started and stopped by PostgreSQL's own
 * programs.
 *
 * <p>Configuration is written anew at each start, so an edited {@code pg_hba.conf} does not last.
 * PostgreSQL refuses to run as root; then it runs in a user namespace in which it is not.
 */
final class Cluster {

  private static final long STOP_SECONDS = 15;
  private static final long START_SECONDS = 30;

  private final Path binaries;
  private final Path folder;
  private final Path log;

  Cluster(Path binaries, Path folder, Path log) {
    this.binaries = binaries;
    this.folder = folder;
    this.log = log;
  }

  /** Makes the cluster if it is not there; it is renamed into place when complete. */
  void create(Passwords passwords) throws IOException {
    if (Files.isRegularFile(folder.resolve("PG_VERSION"))) {
      return;
    }
    var half = folder.resolveSibling(folder.getFileName() + ".half");
    Binaries.delete(half);
    var password = Passwords.privateFile(folder.resolveSibling("first-password"));
    try {
      Files.writeString(password, passwords.administrator() + "\n");
      run(
          START_SECONDS * 2,
          program("initdb"),
          "--pgdata=" + half,
          "--username=" + EmbeddedDatabase.ADMINISTRATOR,
          "--pwfile=" + password,
          "--auth=scram-sha-256",
          "--encoding=UTF8",
          "--locale=C");
    } finally {
      Files.deleteIfExists(password);
    }
    Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Writes the configuration: durable, loopback only, passwords always. */
  void configure(int port, Map<String, String> more) throws IOException {
    var settings = new TreeMap<>(defaults(port));
    settings.putAll(more);
    var text = new StringBuilder();
    settings.forEach((name, value) -> text.append(name + " = '" + value + "'\n"));
    Files.writeString(folder.resolve("postgresql.conf"), text);
    Files.writeString(folder.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
  }

  private static Map<String, String> defaults(int port) {
    return Map.ofEntries(
        Map.entry("listen_addresses", "127.0.0.1"),
        Map.entry("port", String.valueOf(port)),
        Map.entry("unix_socket_directories", ""),
        Map.entry("fsync", "on"),
        Map.entry("synchronous_commit", "on"),
        Map.entry("full_page_writes", "on"),
        Map.entry("password_encryption", "scram-sha-256"),
        Map.entry("shared_buffers", "64MB"),
        Map.entry("max_connections", "100"),
        Map.entry("max_wal_size", "512MB"),
        Map.entry("jit", "off"),
        Map.entry("timezone", "UTC"),
        Map.entry("log_timezone", "UTC"),
        // statements may carry clients' data: none of them goes to the log
        Map.entry("log_min_error_statement", "panic"),
        Map.entry("log_parameter_max_length_on_error", "0"),
        Map.entry("log_error_verbosity", "terse"),
        Map.entry("log_min_messages", "warning"));
  }

  void start() throws IOException {
    run(
        START_SECONDS,
        program("pg_ctl"),
        "start",
        "--pgdata=" + folder,
        "--log=" + log,
        "--wait",
        "--silent",
        "--timeout=" + START_SECONDS);
  }

  /** Stops what runs on this folder, if something does; nothing else is touched. */
  void stop() throws IOException {
    var named = named();
    if (named.isEmpty()) {
      return;
    }
    if (!isOurs(named.get())) {
      disown();
      return;
    }
    try {
      stop("fast");
    } catch (EmbeddedDatabaseException e) {
      stop("immediate");
    }
  }

  /**
   * The pid went to somebody else since, and PostgreSQL would wait for that process. With the pid
   * of its own ancestor it takes the file for left over, and still looks at the shared memory named
   * in it, so that backends of a dead postmaster keep it from starting.
   */
  private void disown() throws IOException {
    var file = folder.resolve("postmaster.pid");
    var lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(0, String.valueOf(ProcessHandle.current().pid()));
    Files.write(file, lines);
  }

  private void stop(String mode) throws IOException {
    run(
        STOP_SECONDS + 5,
        program("pg_ctl"),
        "stop",
        "--pgdata=" + folder,
        "--mode=" + mode,
        "--wait",
        "--silent",
        "--timeout=" + STOP_SECONDS);
  }

  private Optional<ProcessHandle> named() throws IOException {
    var file = folder.resolve("postmaster.pid");
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    var lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.getFirst().strip().matches("[0-9]{1,9}")) {
      return Optional.empty();
    }
    long pid = Long.parseLong(lines.getFirst().strip());
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
  }

  /** Whether it really is a PostgreSQL on this folder. */
  private boolean isOurs(ProcessHandle process) {
    var workingFolder = Path.of("/proc/" + process.pid() + "/cwd");
    if (Files.exists(workingFolder)) {
      try {
        return Files.isSameFile(workingFolder, folder)
            && isPostgres(Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/exe")));
      } catch (IOException e) {
        return false;
      }
    }
    return process.info().command().map(Path::of).filter(Cluster::isPostgres).isPresent()
        && process.info().arguments().stream()
            .anyMatch(arguments -> List.of(arguments).contains(folder.toString()));
  }

  private static boolean isPostgres(Path program) {
    var name = program.getFileName();
    return name != null && name.toString().startsWith("postgres");
  }

  private String program(String name) {
    return binaries.resolve("bin").resolve(name).toString();
  }

  private void run(long seconds, String... command) throws IOException {
    var words = new ArrayList<>(List.of(command));
    if (isRoot()) {
      words.addAll(0, List.of("unshare", "--user"));
    }
    var builder =
        new ProcessBuilder(words)
            .directory(folder.resolveSibling("").toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    var process = builder.start();
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroy();
        throw new EmbeddedDatabaseException(
            "`" + Path.of(command[0]).getFileName() + "` failed: see `" + log + "`");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedDatabaseException("interrupted while postgresql was started", e);
    }
  }

  private static boolean isRoot() throws IOException {
    var self = Path.of("/proc/self");
    return Files.exists(self) && Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"));
  }
}
