package dev.remit.postgres;

import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.PersonId;
import dev.remit.core.release.VersionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Policy versions as files, each stored once under the digest of its content, and which one is in
 * force.
 *
 * <p>It does not check the digest and does not compile anything: that is the caller's. A stored
 * version is never changed.
 */
public final class PostgresVersions {

  private final Database database;

  public PostgresVersions(Database database) {
    this.database = database;
  }

  /** Stores a version of which nobody knows who wrote it. */
  public void store(VersionId version, Map<String, byte[]> files, Instant at) {
    store(version, files, at, Set.of());
  }

  /**
   * Stores a version; storing the same again changes nothing, neither its content nor who is known
   * to have written it.
   */
  public void store(
      VersionId version, Map<String, byte[]> files, Instant at, Set<PersonId> authors) {
    boolean isNew =
        database.transaction(connection -> {
          var inserted =
              Database.rows(
                  connection,
                  "insert into remit.policy_version (version, created_at, authors) values (?, ?, ?)"
                      + " on conflict (version) do nothing returning version",
                  params ->
                      params
                          .text(version.value())
                          .at(at)
                          .texts(authors.stream().map(PersonId::text).sorted().toList()),
                  row -> row.text("version"));
          if (!inserted.isEmpty()) {
            insert(connection, version, files);
          }
          return !inserted.isEmpty();
        });
    if (!isNew && !isEqual(files(version), files)) {
      throw new IllegalStateException("a policy version is stored with other content");
    }
  }

  private static void insert(Connection connection, VersionId version, Map<String, byte[]> files)
      throws SQLException {
    var paths = List.copyOf(files.keySet());
    Database.rows(
        connection,
        "insert into remit.policy_file (version, path, content)"
            + " select ?, f.path, f.content from unnest(?, ?) as f (path, content)",
        params ->
            params
                .text(version.value())
                .texts(paths)
                .array("bytea", paths.stream().map(files::get).toArray(byte[][]::new)),
        row -> true);
  }

  private static boolean isEqual(Map<String, byte[]> stored, Map<String, byte[]> given) {
    return stored.keySet().equals(given.keySet())
        && given.entrySet().stream()
            .allMatch(file -> Arrays.equals(file.getValue(), stored.get(file.getKey())));
  }

  /** Who is known to have written a version; empty when nobody knows, or it is not stored. */
  public Set<PersonId> authors(VersionId version) {
    return database
        .rows(
            "select unnest(authors) as author from remit.policy_version where version = ?",
            params -> params.text(version.value()),
            row -> PersonKeyForm.person(row.text("author")))
        .stream()
        .collect(Collectors.toSet());
  }

  /** The files of a version by path; empty when it is not stored. */
  public SortedMap<String, byte[]> files(VersionId version) {
    var files = new TreeMap<String, byte[]>();
    database
        .rows(
            "select path, content from remit.policy_file where version = ?",
            params -> params.text(version.value()),
            row -> Map.entry(row.text("path"), row.bytes("content")))
        .forEach(file -> files.put(file.getKey(), file.getValue()));
    return files;
  }

  /** Puts a stored version into force: no effect decided by another one commits afterwards. */
  public void activate(VersionId version, Instant at, Entry entry) {
    database.rows(
        "select remit.activate(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)::text",
        params -> params.text(version.value()).at(at).text(entry.tenant().value()).entry(entry),
        row -> true);
  }

  /** The version in force, if there is one. */
  public Optional<VersionId> activeVersion() {
    return Database.first(
        database.rows(
            "select version from remit.active_version",
            Params.Binding.NONE,
            row -> new VersionId(row.text("version"))));
  }

  /** A version in force, and since when. */
  public record Activation(VersionId version, Instant since) {}

  /** What is in force since when, if there is a version. */
  public Optional<Activation> activation() {
    return Database.first(
        database.rows(
            "select version, activated_at from remit.active_version",
            Params.Binding.NONE,
            row -> new Activation(new VersionId(row.text("version")), row.at("activated_at"))));
  }
}
