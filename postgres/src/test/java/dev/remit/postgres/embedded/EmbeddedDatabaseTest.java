package dev.remit.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.postgres.Database;
import dev.remit.postgres.DatabaseCheck;
import dev.remit.postgres.DatabaseConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

  private static final Path BINARIES = Path.of("target/embedded-binaries").toAbsolutePath();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path data;

  @SuppressWarnings("NullAway.Init") // set before each test, once the folder is there
  private EmbeddedDatabase database;

  private EmbeddedDatabase start() {
    return EmbeddedDatabase.start(data, BINARIES, new SecureRandom(), Map.of());
  }

  @BeforeEach
  void aNewFolderGetsADatabaseThatMayBeServedFrom() {
    database = start();
    assertThat(new DatabaseCheck(database.serving()).faults()).isEmpty();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static void run(DatabaseConfig config, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(config.url(), config.user(), config.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void assertServes() {
    try (var pool = new Database(database.serving(), 1)) {
      assertThat(pool.isReachable()).isTrue();
    }
  }

  @Test
  void passwordsAreOursAloneAndStayTheSame() throws IOException {
    var file = data.resolve("keys/postgres.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    var before = database.serving();
    assertThat(before.toString()).doesNotContain(before.password());
    database.close();
    database = start();
    assertThat(database.serving()).isEqualTo(before);
  }

  @Test
  void aWrongPasswordAndNoPasswordAreRefusedEvenForTheAdministrator() {
    var admin = database.administration();
    for (var password : List.of("", "wrong")) {
      assertThatThrownBy(() -> run(admin.as(admin.user(), password), "select 1"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void itServesAgainAfterItsEnd() {
    database.close();
    database = start();
    assertServes();
  }

  @Test
  void aSecondServerOnTheFolderIsRefusedAndHarmsNothing() {
    assertThatThrownBy(this::start)
        .isInstanceOf(EmbeddedDatabaseException.class)
        .hasMessageContaining("another server uses this data folder");
    assertServes();
  }

  @Test
  void anEditedRuleFileDoesNotLast() throws Exception {
    var rules = data.resolve("postgres/cluster/pg_hba.conf");
    Files.writeString(rules, "host all all 127.0.0.1/32 trust\n");
    database.close();
    database = start();
    assertThat(Files.readString(rules)).doesNotContain("trust");
  }

  @Test
  void settingsThatRiskCommitsAreRefusedByTheCheck() {
    database.close();
    database = EmbeddedDatabase.start(data, BINARIES, new SecureRandom(), Map.of("fsync", "off"));
    assertThat(new DatabaseCheck(database.serving()).faults())
        .anyMatch(fault -> fault.what().contains("fsync"));
  }

  @Test
  void aForeignProcessInThePidFileIsLeftAlone() throws Exception {
    database.close();
    var pid = data.resolve("postgres/cluster/postmaster.pid");
    var other = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(pid, other.pid() + "\n" + data.resolve("postgres/cluster") + "\n");
      database = start();
      assertThat(other.isAlive()).isTrue();
      assertServes();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void whatAKilledServerLeftRunningIsStoppedAndNoCommitIsLost() throws Exception {
    database.close();
    var child = child();
    try (var lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("committed");
    }
    child.destroyForcibly().waitFor();
    var postmaster = postmaster();
    assertThat(postmaster.isAlive()).as("the postmaster outlives the server").isTrue();
    database = start();
    postmaster.onExit().get(10, TimeUnit.SECONDS);
    assertThat(postmaster().pid()).isNotEqualTo(postmaster.pid());
    run(database.administration(), "do $$ begin assert (select count(*) from kept) = 1; end $$");
    assertServes();
  }

  @Test
  void everythingKilledAtOnceStartsAgainWithWhatWasCommitted() throws Exception {
    run(database.administration(), "create table kept as select 1 as one");
    var killed = postmaster();
    killed.destroyForcibly();
    killed.onExit().get(10, TimeUnit.SECONDS);
    database.close();
    database = start();
    run(database.administration(), "do $$ begin assert (select count(*) from kept) = 1; end $$");
  }

  private ProcessHandle postmaster() throws IOException {
    var pid = Files.readAllLines(data.resolve("postgres/cluster/postmaster.pid")).getFirst();
    return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
  }

  private Process child() throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            data.toString(),
            BINARIES.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** A server that commits, says so, and waits to be killed. */
  static final class Child {

    private Child() {}

    public static void main(String[] arguments) throws Exception {
      var database =
          EmbeddedDatabase.start(
              Path.of(arguments[0]), Path.of(arguments[1]), new SecureRandom(), Map.of());
      run(database.administration(), "create table kept as select 1 as one");
      System.out.println("committed");
      Thread.currentThread().join();
    }
  }
}
