package dev.remit.postgres.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;

/**
 * Copies an embedded cluster while it runs, as PostgreSQL describes it for backups of files
 * (manual, "Making a Base Backup Using the Low Level API").
 *
 * <p>Promises: what is copied, started again, holds everything that was committed when the copy
 * began, and is consistent; a temporary replication slot keeps the log that it needs until it is
 * copied. Nobody who uses the database waits.
 */
public final class ClusterCopy {

  /** Contents of these folders are made anew at a start. */
  private static final Set<String> EMPTY =
      Set.of(
          "pg_wal",
          "pg_dynshmem",
          "pg_notify",
          "pg_replslot",
          "pg_serial",
          "pg_snapshots",
          "pg_stat_tmp",
          "pg_subtrans");

  private static final Set<String> LEFT_OUT =
      Set.of("postmaster.pid", "postmaster.opts", "backup_label", "tablespace_map");

  private final Path cluster;
  private final Taker taker;

  private ClusterCopy(Path cluster, Taker taker) {
    this.cluster = cluster;
    this.taker = taker;
  }

  /** Takes what is copied. */
  public interface Taker {

    /** A folder, named from the cluster's own with `/` between parts; it may stay empty. */
    void folder(String name) throws IOException;

    /** A file; the stream is closed by the caller. */
    void file(String name, InputStream content) throws IOException;
  }

  /** Copies the cluster that runs in this data folder. */
  public static void take(Path data, Taker taker) throws IOException {
    var copy = new ClusterCopy(data.toAbsolutePath().resolve("postgres/cluster"), taker);
    try (var connection = connect(data)) {
      copy.take(connection);
    } catch (SQLException e) {
      throw new EmbeddedDatabaseException("the database could not be copied", e);
    }
  }

  private static Connection connect(Path data) throws SQLException {
    var running = EmbeddedDatabase.running(data);
    return DriverManager.getConnection(running.url(), running.user(), running.password());
  }

  private void take(Connection connection) throws SQLException, IOException {
    text(
        connection,
        "select pg_create_physical_replication_slot('remit_backup_' || pg_backend_pid(), true,"
            + " true)::text");
    var first = text(connection, "select pg_walfile_name(pg_backup_start('remit', fast => true))");
    files();
    String label;
    String last;
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select labelfile, pg_walfile_name(lsn) as last"
                    + " from pg_backup_stop(wait_for_archive => false)")) {
      row.next();
      label = row.getString("labelfile");
      last = row.getString("last");
    }
    log(first, last);
    taker.file("backup_label", new ByteArrayInputStream(label.getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private void files() throws IOException {
    Files.walkFileTree(
        cluster,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes ignored)
              throws IOException {
            String name = name(folder);
            if (name.isEmpty()) {
              return FileVisitResult.CONTINUE;
            }
            if (isTemporary(folder)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            taker.folder(name);
            return EMPTY.contains(name) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes ignored)
              throws IOException {
            if (!LEFT_OUT.contains(name(file)) && !isTemporary(file)) {
              give(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            return gone(failure);
          }
        });
  }

  /** A table that is dropped meanwhile is dropped again by the log. */
  private static FileVisitResult gone(IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }

  private void give(Path file) throws IOException {
    InputStream content;
    try {
      content = Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      return;
    }
    try (content) {
      taker.file(name(file), content);
    }
  }

  private String name(Path file) {
    return cluster.relativize(file).toString().replace('\\', '/');
  }

  private static boolean isTemporary(Path file) {
    return String.valueOf(file.getFileName()).startsWith("pgsql_tmp");
  }

  /** The segments of the log from the first to the last, both needed. */
  private void log(String first, String last) throws IOException {
    int taken = 0;
    try (var files = Files.newDirectoryStream(cluster.resolve("pg_wal"))) {
      for (var file : files) {
        String segment = String.valueOf(file.getFileName());
        boolean isNeeded =
            segment.length() == first.length()
                && segment.compareTo(first) >= 0
                && segment.compareTo(last) <= 0;
        if (isNeeded) {
          give(file);
          taken += segment.equals(first) || segment.equals(last) ? 1 : 0;
        }
      }
    }
    if (taken < (first.equals(last) ? 1 : 2)) {
      throw new IOException("the database's own log was gone before it was copied: try again");
    }
  }
}
