package dev.remit.postgres.embedded;

import dev.remit.postgres.DatabaseConfig;
import dev.remit.postgres.DatabaseSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL inside a data folder, durable and with passwords from its first moment.
 *
 * <p>{@code DATA/postgres} holds binaries, cluster and log, {@code DATA/keys/postgres.json} the
 * passwords. It listens on 127.0.0.1 only, on a port that stays the folder's own while it is free.
 * One process at a time may have it (a lock that dies with the process); what an earlier one left
 * running after a crash is stopped first, and only if it really is a PostgreSQL on this folder.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  static final String ADMINISTRATOR = "postgres";
  private static final String NAME = "remit";

  private final FileChannel lock;
  private final Cluster cluster;
  private final Passwords passwords;
  private final int port;

  private EmbeddedDatabase(FileChannel lock, Cluster cluster, Passwords passwords, int port) {
    this.lock = lock;
    this.cluster = cluster;
    this.passwords = passwords;
    this.port = port;
  }

  /** Starts it in this data folder, made and migrated when it is new. */
  public static EmbeddedDatabase start(Path data, SecureRandom random) {
    return start(data, data.resolve("postgres/binaries"), random, Map.of());
  }

  /**
   * As {@link #start(Path, SecureRandom)} with shared binaries and other settings, for tests.
   *
   * @param settings of {@code postgresql.conf}; {@code DatabaseCheck} judges them
   */
  public static EmbeddedDatabase start(
      Path data, Path binaries, SecureRandom random, Map<String, String> settings) {
    var home = data.toAbsolutePath().resolve("postgres");
    @Nullable FileChannel lock = null;
    try {
      Files.createDirectories(
          home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      lock = lock(home.resolve("lock"));
      var passwords =
          Passwords.of(data.toAbsolutePath().resolve("keys").resolve("postgres.json"), random);
      var cluster =
          new Cluster(
              Binaries.unpacked(binaries.toAbsolutePath()),
              home.resolve("cluster"),
              home.resolve("postgres.log"));
      var database = start(home, lock, cluster, passwords, settings);
      database.prepare();
      return database;
    } catch (IOException e) {
      throw failed(lock, new EmbeddedDatabaseException("the database folder cannot be used", e));
    } catch (RuntimeException e) {
      throw failed(lock, e);
    }
  }

  /**
   * The administrator of the database that runs in this data folder; whoever asks is its owner.
   *
   * @throws EmbeddedDatabaseException when the folder has none
   */
  public static DatabaseConfig running(Path data) {
    var folder = data.toAbsolutePath();
    var keys = folder.resolve("keys").resolve("postgres.json");
    var port = folder.resolve("postgres/port");
    if (!Files.isRegularFile(keys) || !Files.isRegularFile(port)) {
      throw new EmbeddedDatabaseException("no database was ever started in `" + data + "`");
    }
    try {
      return new DatabaseConfig(
          "jdbc:postgresql://127.0.0.1:" + Files.readString(port).strip() + "/postgres",
          ADMINISTRATOR,
          Passwords.of(keys, new SecureRandom()).administrator());
    } catch (IOException e) {
      throw new EmbeddedDatabaseException("the database folder cannot be used", e);
    }
  }

  private static EmbeddedDatabase start(
      Path home,
      FileChannel lock,
      Cluster cluster,
      Passwords passwords,
      Map<String, String> settings)
      throws IOException {
    cluster.stop();
    cluster.create(passwords);
    int port = port(home.resolve("port"));
    cluster.configure(port, settings);
    cluster.start();
    return new EmbeddedDatabase(lock, cluster, passwords, port);
  }

  private void prepare() {
    try {
      new DatabaseSetup(administration(), serving()).prepare();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static FileChannel lock(Path file) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock taken = null;
    try {
      taken = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // held by this process; the same answer as for another one
    }
    if (taken == null) {
      channel.close();
      throw new EmbeddedDatabaseException(
          "another server uses this data folder: stop it, or take another `--data`");
    }
    return channel;
  }

  private static RuntimeException failed(@Nullable FileChannel lock, RuntimeException failure) {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
    return failure;
  }

  private static int port(Path file) throws IOException {
    if (Files.isRegularFile(file)) {
      var kept = Files.readString(file).strip();
      if (kept.matches("[1-9][0-9]{3,4}") && isFree(Integer.parseInt(kept))) {
        return Integer.parseInt(kept);
      }
    }
    try (var any = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Files.writeString(file, String.valueOf(any.getLocalPort()));
      return any.getLocalPort();
    }
  }

  private static boolean isFree(int port) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      return true;
    } catch (java.net.BindException e) {
      return false;
    }
  }

  /** What to serve from. */
  public DatabaseConfig serving() {
    return config(NAME, DatabaseSetup.SERVE, passwords.serving());
  }

  /** The administrator, for setting up and for tests; the server does not keep it. */
  public DatabaseConfig administration() {
    return config("postgres", ADMINISTRATOR, passwords.administrator());
  }

  private DatabaseConfig config(String name, String user, String password) {
    return new DatabaseConfig("jdbc:postgresql://127.0.0.1:" + port + "/" + name, user, password);
  }

  /** Stops it and gives the folder free. */
  @Override
  public void close() {
    try (lock) {
      cluster.stop();
    } catch (IOException e) {
      throw new EmbeddedDatabaseException("the database did not stop", e);
    }
  }
}
