package dev.remit.server;

import dev.remit.identity.secret.SealedSecrets;
import dev.remit.postgres.DatabaseConfig;
import dev.remit.postgres.DatabaseSetup;
import dev.remit.postgres.embedded.EmbeddedDatabase;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/** Where the database runs: embedded in the data folder, or given by URL and prepared by others. */
final class DatabaseHost implements AutoCloseable {

  /** The sealed secret that holds the serving role's password on a database of one's own. */
  static final String SERVING_SECRET = "database-serve";

  /**
   * The sealed secret {@code user:password} of a role that may make roles and databases; where it
   * is there, roles and schema are brought up to date at each start.
   */
  static final String ADMINISTRATOR_SECRET = "database-admin";

  private final DatabaseConfig serving;
  private final Optional<DatabaseConfig> administration;
  private final Optional<EmbeddedDatabase> embedded;

  private DatabaseHost(
      DatabaseConfig serving,
      Optional<DatabaseConfig> administration,
      Optional<EmbeddedDatabase> embedded) {
    this.serving = serving;
    this.administration = administration;
    this.embedded = embedded;
  }

  static DatabaseHost open(Options options, DataFolder data, SecureRandom random) {
    return open(options.database(), data.root(), random);
  }

  static DatabaseHost open(Optional<URI> own, Path data, SecureRandom random) {
    if (own.isEmpty()) {
      var embedded = EmbeddedDatabase.start(data, random);
      return new DatabaseHost(
          embedded.serving(), Optional.of(embedded.administration()), Optional.of(embedded));
    }
    String url = own.get().toString();
    String jdbc = url.startsWith("jdbc:") ? url : "jdbc:" + url;
    var secrets = SealedSecrets.open(data);
    var password =
        text(secrets, SERVING_SECRET)
            .orElseThrow(() ->
                new StartupException(
                    "the database needs a password: run `remit secret put "
                        + SERVING_SECRET
                        + "` and send it on standard input"));
    var serving = new DatabaseConfig(jdbc, DatabaseSetup.SERVE, password);
    var administration =
        text(secrets, ADMINISTRATOR_SECRET).map(admin -> administration(serving, admin));
    administration.ifPresent(admin -> new DatabaseSetup(admin, serving).prepare());
    return new DatabaseHost(serving, administration, Optional.empty());
  }

  private static Optional<String> text(SealedSecrets secrets, String name) {
    return secrets.get(name).map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip());
  }

  private static DatabaseConfig administration(DatabaseConfig serving, String admin) {
    int colon = admin.indexOf(':');
    if (colon < 1) {
      throw new StartupException("secret `" + ADMINISTRATOR_SECRET + "` is written user:password");
    }
    return serving.as(admin.substring(0, colon), admin.substring(colon + 1)).database("postgres");
  }

  /** Who may become the owner of the database that is served from, for setting up and restoring. */
  DatabaseConfig administration() {
    var admin =
        administration.orElseThrow(() ->
            new StartupException(
                "the database's administrator is needed: run `remit secret put "
                    + ADMINISTRATOR_SECRET
                    + "` and send user:password on standard input"));
    var path = URI.create(serving.url().substring("jdbc:".length())).getPath();
    return admin.database(path.substring(1));
  }

  /** As whom and where to serve from. */
  DatabaseConfig serving() {
    return serving;
  }

  @Override
  public void close() {
    embedded.ifPresent(EmbeddedDatabase::close);
  }
}
