package dev.remit.lab.assets;

import dev.remit.lab.estate.Seed;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The asset database's own PostgreSQL cluster: durable, SCRAM passwords from its first moment,
 * loopback only. Only the database `assets` is open to roles other than the superuser.
 */
public final class AssetCluster implements AutoCloseable {
  public static final String DATABASE = "assets";
  public static final String BROKER = "remit_broker";
  public static final String SUPER_USER = "postgres";
  private static final String HBA =
      """
      # written by the lab: passwords only
      host all postgres 127.0.0.1/32 scram-sha-256
      host assets all 127.0.0.1/32 scram-sha-256
      """;

  private final EmbeddedPostgres postgres;
  private final String superPassword;
  private final String brokerPassword;
  private final Seed seed;

  private AssetCluster(
      EmbeddedPostgres postgres, String superPassword, String brokerPassword, Seed seed) {
    this.postgres = postgres;
    this.superPassword = superPassword;
    this.brokerPassword = brokerPassword;
    this.seed = seed;
  }

  /** Starts it, after stopping what an earlier kill left behind, and fills it from the seed. */
  public static AssetCluster start(
      Path data, int port, String superPassword, String brokerPassword, Seed seed) {
    try {
      StalePostmaster.stop(data);
      Path password = data.resolveSibling("pg-init");
      Files.deleteIfExists(password);
      Files.createFile(
          password,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(password, superPassword);
      EmbeddedPostgres postgres = launch(data, free(port), password, superPassword);
      Files.deleteIfExists(password);
      AssetCluster cluster = new AssetCluster(postgres, superPassword, brokerPassword, seed);
      cluster.prepare();
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmbeddedPostgres launch(Path data, int port, Path password, String secret)
      throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(Duration.ofSeconds(30))
            .setLocaleConfig("auth", "scram-sha-256")
            .setLocaleConfig("pwfile", password.toString())
            .setDataDirectoryCustomizer(AssetCluster::restrict)
            .setConnectConfig("password", secret)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("unix_socket_directories", "")
            .setServerConfig("max_connections", "100")
            .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
            .setErrorRedirector(ProcessBuilder.Redirect.DISCARD);
    if (port != 0) {
      builder.setPort(port);
    }
    return builder.start();
  }

  private static void restrict(java.io.File data) {
    try {
      Files.writeString(data.toPath().resolve("pg_hba.conf"), HBA);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return port;
    } catch (IOException e) {
      return 0;
    }
  }

  private void prepare() {
    try (Connection connection = connect("postgres")) {
      AssetSchema.database(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot prepare the asset database", e);
    }
    reseed();
  }

  /** Ends and removes every leased role, and fills all tables from the seed again. */
  public void reset() {
    try (Connection connection = connect(DATABASE)) {
      LeasedRoles.remove(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot remove leased roles", e);
    }
    reseed();
  }

  /** Fills all tables from the seed; leased roles of an earlier run stay, as at a real target. */
  private void reseed() {
    try (Connection connection = connect(DATABASE)) {
      connection.setAutoCommit(false);
      AssetSchema.create(connection, seed, brokerPassword);
      AssetRows.fill(connection, seed);
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot fill the asset database", e);
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port() + "/" + database, SUPER_USER, superPassword);
  }

  public int port() {
    return postgres.getPort();
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
