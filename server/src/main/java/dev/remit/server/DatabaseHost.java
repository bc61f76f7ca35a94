package dev.remit.server;

import dev.remit.identity.secret.SealedSecrets;
import dev.remit.postgres.DatabaseConfig;
import dev.remit.postgres.DatabaseSetup;
import dev.remit.postgres.embedded.EmbeddedDatabase;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;

/** Where the database runs: embedded in the data folder, or given by URL and prepared by others. */
final class DatabaseHost implements AutoCloseable {

  /** The sealed secret that holds the serving role's password on a database of one's own. */
  static final String SERVING_SECRET = "database-serve";

  private final DatabaseConfig serving;
  private final Optional<EmbeddedDatabase> embedded;

  private DatabaseHost(DatabaseConfig serving, Optional<EmbeddedDatabase> embedded) {
    this.serving = serving;
    this.embedded = embedded;
  }

  static DatabaseHost open(Options options, DataFolder data, SecureRandom random) {
    if (options.database().isEmpty()) {
      var embedded = EmbeddedDatabase.start(data.root(), random);
      return new DatabaseHost(embedded.serving(), Optional.of(embedded));
    }
    String url = options.database().get().toString();
    String jdbc = url.startsWith("jdbc:") ? url : "jdbc:" + url;
    byte[] password =
        SealedSecrets.open(data.root())
            .get(SERVING_SECRET)
            .orElseThrow(() ->
                new StartupException(
                    "the database needs a password: run `remit secret put "
                        + SERVING_SECRET
                        + "` and send it on standard input"));
    return new DatabaseHost(
        new DatabaseConfig(jdbc, DatabaseSetup.SERVE, new String(password, StandardCharsets.UTF_8)),
        Optional.empty());
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
