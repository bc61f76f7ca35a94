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

  /**
   * The sealed secret {@code user:password} of a role that may make roles and databases; where it
   * is there, roles and schema are brought up to date at each start.
   */
  static final String ADMINISTRATOR_SECRET = "database-admin";

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
    var secrets = SealedSecrets.open(data.root());
    var password =
        text(secrets, SERVING_SECRET)
            .orElseThrow(() ->
                new StartupException(
                    "the database needs a password: run `remit secret put "
                        + SERVING_SECRET
                        + "` and send it on standard input"));
    var serving = new DatabaseConfig(jdbc, DatabaseSetup.SERVE, password);
    text(secrets, ADMINISTRATOR_SECRET).ifPresent(admin -> prepare(serving, admin));
    return new DatabaseHost(serving, Optional.empty());
  }

  private static Optional<String> text(SealedSecrets secrets, String name) {
    return secrets.get(name).map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip());
  }

  /** Makes roles, database and schema as the administrator, who is not used afterwards. */
  private static void prepare(DatabaseConfig serving, String admin) {
    int colon = admin.indexOf(':');
    if (colon < 1) {
      throw new StartupException("secret `" + ADMINISTRATOR_SECRET + "` is written user:password");
    }
    var administration =
        serving.as(admin.substring(0, colon), admin.substring(colon + 1)).database("postgres");
    new DatabaseSetup(administration, serving).prepare();
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
