package dev.remit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.execution.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the serving role cannot do, whatever statement it is made to run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowSecurityTest {

  private final World world = new World();

  @BeforeAll
  void harborHasRowsEverywhere() {
    var intent = world.intent(world.openTask(3));
    world.ledger.admit(intent);
    world.ledger.settle(world.settlement(intent, Outcome.SUCCEEDED, true));
    assertThat(seen("harbor-dental", "entry")).isPositive();
  }

  @AfterAll
  void close() {
    world.close();
  }

  private long seen(String tenant, String table) {
    return world
        .database
        .rowsOf(
            new dev.remit.core.tenant.TenantId(tenant),
            "select count(*) as seen from remit." + table,
            Params.Binding.NONE,
            row -> row.number("seen"))
        .getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"task", "task_use", "ticket_use", "class_use", "lease", "intent", "entry"})
  void anotherTenantSeesNothing(String table) {
    assertThat(seen("harbor-dental", table)).isPositive();
    assertThat(seen("north-legal", table)).isZero();
    assertThat(TestDatabase.count(world.at.serving(), "select count(*) from remit." + table))
        .as("no tenant named")
        .isZero();
  }

  @Test
  void theTenantOfARoundTripIsForgottenAfterIt() {
    var one = new Database(world.at.serving(), 1);
    one.rowsOf(World.HARBOR, "select 1 as one", Params.Binding.NONE, row -> row.number("one"));
    long seen =
        one.row(
            "select count(*) as seen from remit.entry",
            Params.Binding.NONE,
            row -> row.number("seen"));
    assertThat(seen).isZero();
    one.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into remit.task_use values ('harbor-dental', 'x', 0, 0)",
        "insert into remit.entry (tenant, id, kind, at, leaf, body, salt)"
            + " values ('harbor-dental', 'x', 'kill', '2026-01-01Z', '', '', '')",
        "insert into remit.checkpoint values ('harbor-dental', 1, '', '2026-01-01Z')",
        "insert into remit.leaf values ('harbor-dental', 0, 'x', ''::bytea)"
      })
  void nobodyWritesForAnotherTenant(String sql) {
    assertRefused("set remit.tenant = 'north-legal'; " + sql);
    assertRefused(sql);
  }

  @Test
  void anotherTenantsRowsAreNotThereToUpdate() {
    TestDatabase.run(
        world.at.serving(),
        "set remit.tenant = 'north-legal'; update remit.task set state = 'open', closed_at = null;"
            + " update remit.intent set outcome = 'failed';"
            + " update remit.lease set state = 'intended', revoked_at = null");
    assertThat(world.count("intent where outcome = 'succeeded'")).isEqualTo(1);
    assertThat(world.count("lease where state = 'revoked'")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update remit.entry set leaf = ''",
        "delete from remit.entry",
        "truncate remit.entry",
        "update remit.leaf set hash = ''::bytea",
        "delete from remit.leaf",
        "truncate remit.leaf",
        "update remit.checkpoint set note = ''",
        "delete from remit.checkpoint",
        "truncate remit.checkpoint",
        "alter table remit.entry disable row level security",
        "drop table remit.entry",
        "create trigger t before insert on remit.entry execute function remit.lock_epoch()",
        "insert into remit.entry (tenant, id, kind, at, leaf, body, salt, xid)"
            + " values ('harbor-dental', 'x', 'kill', '2026-01-01Z', '', '', '', '1')",
        "insert into remit.entry (tenant, id, kind, at, leaf, body, salt, seq)"
            + " overriding system value"
            + " values ('harbor-dental', 'x', 'kill', '2026-01-01Z', '', '', '', 1)"
      })
  void evidenceCanOnlyBeAdded(String sql) {
    assertRefused("set remit.tenant = 'harbor-dental'; " + sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set role remit_owner",
        "create table remit.x (a int)",
        "create temp table entry (a int)",
        "delete from remit.kill",
        "update remit.kill set lifted_at = ordered_at",
        "update remit.policy_file set content = ''::bytea",
        "delete from remit.policy_version",
        "update remit.target set tenant = 'north-legal'",
        "delete from remit.task",
        "alter role remit_serve bypassrls",
        "alter system set fsync = off",
        "copy remit.kill to program 'true'"
      })
  void theServingRoleIsSmall(String sql) {
    assertRefused(sql);
  }

  private void assertRefused(String sql) {
    assertThatThrownBy(() -> TestDatabase.run(world.at.serving(), sql))
        .hasRootCauseInstanceOf(org.postgresql.util.PSQLException.class)
        .rootCause()
        .satisfies(cause ->
            assertThat(((java.sql.SQLException) cause).getSQLState())
                .as(cause.getMessage())
                .isIn("42501", "428C9", "42P17"));
  }
}
