package dev.remit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every state that would break a promise is refused, and says what to do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseCheckTest {

  private final TestDatabase.Fresh at = TestDatabase.fresh();
  private final DatabaseCheck check = new DatabaseCheck(at.serving());

  @BeforeAll
  @AfterAll
  void aDatabaseAsSetUpHasNoFault() {
    assertThat(check.faults()).isEmpty();
    check.require();
  }

  private void assertFault(String break_, String what, String repair) {
    TestDatabase.run(at.admin(), break_);
    try {
      assertThat(check.faults())
          .anySatisfy(fault -> {
            assertThat(fault.what()).contains(what);
            assertThat(fault.fix()).isNotEmpty();
          });
      assertThatThrownBy(check::require)
          .isInstanceOf(UnsafeDatabaseException.class)
          .hasMessageContaining(what)
          .message()
          .doesNotContain(at.serving().password());
    } finally {
      TestDatabase.run(at.admin(), repair);
    }
    assertThat(check.faults()).isEmpty();
  }

  @Test
  void commitsThatDoNotWaitAreRefused() {
    assertFault(
        "alter role remit_serve set synchronous_commit = off",
        "`synchronous_commit` is off",
        "alter role remit_serve reset synchronous_commit");
  }

  @Test
  void fsyncOffIsRefused() {
    assertSettingRefused("fsync");
  }

  @Test
  void fullPageWritesOffIsRefused() {
    assertSettingRefused("full_page_writes");
  }

  private void assertSettingRefused(String name) {
    TestDatabase.run(at.admin(), "alter system set " + name + " = off");
    try {
      reloadUntil(name, "off");
      assertThat(check.faults()).anyMatch(fault -> fault.what().contains(name));
    } finally {
      TestDatabase.run(at.admin(), "alter system reset " + name);
      reloadUntil(name, "on");
    }
  }

  private void reloadUntil(String name, String value) {
    TestDatabase.run(at.admin(), "select pg_reload_conf()");
    var tries = 0;
    while (TestDatabase.count(
            at.admin(),
            "select count(*) from pg_settings where name = '"
                + name
                + "' and setting = '"
                + value
                + "'")
        == 0) {
      assertThat(tries++).as("the server takes its new settings").isLessThan(1_000);
    }
  }

  @Test
  void aSuperuserDoesNotServe() {
    assertFault(
        "alter role remit_serve superuser", "too much", "alter role remit_serve nosuperuser");
  }

  @Test
  void whoBypassesRowSecurityDoesNotServe() {
    assertFault(
        "alter role remit_serve bypassrls", "too much", "alter role remit_serve nobypassrls");
  }

  @Test
  void whoCanMakeRolesDoesNotServe() {
    assertFault(
        "alter role remit_serve createrole", "too much", "alter role remit_serve nocreaterole");
  }

  @Test
  void whoCanBecomeSomebodyGreaterDoesNotServe() {
    assertFault(
        "grant pg_write_all_data to remit_serve",
        "too much",
        "revoke pg_write_all_data from remit_serve");
  }

  @Test
  void theOwnerDoesNotServe() {
    assertFault(
        "grant remit_owner to remit_serve",
        "owns or can alter",
        "revoke remit_owner from remit_serve");
  }

  @Test
  void evidenceThatCanBeUpdatedIsRefused() {
    assertFault(
        "grant update (body) on remit.entry to remit_serve",
        "not insert-only (entry)",
        "revoke update (body) on remit.entry from remit_serve");
  }

  @Test
  void evidenceThatCanBeDeletedThroughAnyRoleIsRefused() {
    assertFault(
        "grant delete on remit.checkpoint to public",
        "not insert-only (checkpoint)",
        "revoke delete on remit.checkpoint from public");
  }

  @Test
  void aTableWithoutRowSecurityIsRefused() {
    assertFault(
        "alter table remit.lease disable row level security",
        "kept apart by row security (lease)",
        "alter table remit.lease enable row level security");
  }

  @Test
  void aSecondPolicyThatLetsMoreThroughIsRefused() {
    assertFault(
        "create policy all_of_it on remit.task using (true)",
        "kept apart by row security (task)",
        "drop policy all_of_it on remit.task");
  }

  @Test
  void anotherSchemaVersionIsRefused() {
    TestDatabase.run(at.admin(), "update remit.schema_mark set digest = digest || '-old'");
    assertThat(check.faults()).anyMatch(fault -> fault.what().contains("not of this version"));
    TestDatabase.run(
        at.admin(), "update remit.schema_mark set digest = replace(digest, '-old', '')");
  }

  @Test
  void anEmptyDatabaseIsRefused() {
    TestDatabase.run(at.admin(), "drop database if exists empty", "create database empty");
    assertThat(new DatabaseCheck(at.serving().database("empty")).faults())
        .anyMatch(fault -> fault.what().contains("not of this version"));
  }

  @Test
  void aTrustingServerIsRefused() throws IOException {
    var rules = TestDatabase.DATA.resolve("postgres/cluster/pg_hba.conf");
    var before = Files.readString(rules);
    assertThat(before).contains("scram-sha-256").doesNotContain("trust");
    Files.writeString(rules, "host all all 127.0.0.1/32 trust\n");
    try {
      reloadRules("trust");
      assertThat(check.faults()).anyMatch(fault -> fault.what().contains("a wrong password opens"));
    } finally {
      Files.writeString(rules, before);
      reloadRules("scram-sha-256");
    }
  }

  /** The postmaster takes new rules for connections made after it saw the signal. */
  private void reloadRules(String method) {
    TestDatabase.run(at.admin(), "select pg_reload_conf()");
    var wrong = at.serving().as("remit_serve", "wrong");
    boolean isTrusting = method.equals("trust");
    for (int tries = 0; opens(wrong) != isTrusting; tries++) {
      assertThat(tries).isLessThan(1_000);
    }
  }

  private static boolean opens(DatabaseConfig config) {
    try (var connection = Connect.to(config)) {
      return connection.isValid(1);
    } catch (java.sql.SQLException e) {
      return false;
    }
  }

  @Test
  void aServerThatIsAwayIsToldAsAway() {
    var nowhere = new DatabaseConfig("jdbc:postgresql://127.0.0.1:1/remit", "remit_serve", "x");
    assertThatThrownBy(() -> new DatabaseCheck(nowhere).require())
        .isInstanceOf(DatabaseUnavailableException.class);
    try (var database = new Database(nowhere, 2)) {
      assertThat(database.isReachable()).isFalse();
      assertThatThrownBy(() -> new PostgresVersions(database).activeVersion())
          .isInstanceOf(DatabaseUnavailableException.class)
          .message()
          .doesNotContain("select")
          .doesNotContain("remit_serve");
    }
  }
}
