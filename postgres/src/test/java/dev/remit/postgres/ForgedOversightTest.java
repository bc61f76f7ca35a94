package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.call.CallId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.execution.Outcome;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.Autonomy;
import dev.remit.core.identity.AutonomyLevel;
import dev.remit.core.identity.Grade;
import dev.remit.core.oversight.AutonomyScope;
import dev.remit.core.oversight.AutonomySnapshot;
import dev.remit.core.oversight.Change;
import dev.remit.core.oversight.Involved;
import dev.remit.core.oversight.Item;
import dev.remit.core.oversight.OversightLedger.Gains;
import dev.remit.core.oversight.OversightLedger.Position;
import dev.remit.core.oversight.OversightLedger.Reading;
import dev.remit.core.oversight.Standing;
import dev.remit.core.oversight.Tally;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What whoever writes to the database can make of levels and items: nothing that lets more go. */
class ForgedOversightTest {
  private static final AgentClassId DESK = new AgentClassId("service-desk");
  private static final AutonomyScope SCOPE = new AutonomyScope(HARBOR, DESK, "restart-service");
  private static final CallId CALL = new CallId("call-1");

  private final World world = new World();
  private final PostgresOversightLedger ledger =
      new PostgresOversightLedger(world.database, new RowSeal(new byte[32]));
  private final AtomicLong nanos = new AtomicLong();
  private final AgentClass desk =
      new AgentClass(
          DESK,
          "ops",
          "purpose",
          "models",
          Set.of("restart-service"),
          List.of(),
          new Autonomy(
              new Autonomy.Range(AutonomyLevel.SUPERVISED, AutonomyLevel.BOUNDED),
              java.util.Map.of()));

  @BeforeEach
  void aLevelFellAndAnItemWaits() {
    var gains =
        new Gains(
            List.of(item()),
            List.of(Tally.none(SCOPE)),
            List.of(
                change(AutonomyLevel.BOUNDED, 1, Entry.Kind.AUTONOMY_RAISED),
                change(AutonomyLevel.PROPOSE, 2, Entry.Kind.AUTONOMY_LOWERED)));
    assertThat(ledger.advance(new Position(HARBOR, 0), new Reading(1, List.of()), gains)).isTrue();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Change change(AutonomyLevel level, long revision, Entry.Kind kind) {
    var entry =
        new Entry(
            "level-" + revision,
            HARBOR,
            kind,
            Optional.empty(),
            Optional.empty(),
            NOW,
            Value.object(
                "agentClass", DESK.value(), "taskClass", "restart-service", "revision", revision),
            Value.Obj.EMPTY,
            "00112233445566778899aabbccddeeff");
    return new Change(
        new Standing(SCOPE, level, revision, NOW, entry.id(), "test"), revision - 1, entry);
  }

  private static Item item() {
    return item(CALL);
  }

  private static Item item(CallId call) {
    return new Item(
        HARBOR,
        call,
        SCOPE,
        Grade.HIGH,
        Outcome.SUCCEEDED,
        "sha256:leaf",
        Value.object("ticket", "T-1"),
        new Involved(
            Optional.of("dana"),
            Optional.empty(),
            Optional.of("ops"),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of()),
        NOW,
        NOW.plus(Duration.ofDays(3)),
        Item.State.OPEN,
        false);
  }

  private AutonomyLevel level(AutonomySnapshot levels) {
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    return levels.inForce(desk, HARBOR, "restart-service");
  }

  private AutonomySnapshot process() {
    return new AutonomySnapshot(ledger, nanos::get);
  }

  private void run(String sql) {
    TestDatabase.run(world.at.admin(), sql);
  }

  @Test
  void aLevelWrittenByTheDatabasesAdministratorLetsNothingGo() {
    keep("autonomy");
    for (var sql :
        List.of(
            "update remit.autonomy set level = 'bounded'",
            "update remit.autonomy set level = 'bounded', revision = 9",
            "update remit.autonomy set level = 'everything'",
            "update remit.autonomy set seal = ''",
            "update remit.autonomy set cause = 'promotion'",
            "delete from remit.autonomy")) {
      var levels = process();
      assertThat(level(levels)).isEqualTo(AutonomyLevel.PROPOSE);
      run(sql);
      assertThat(level(levels)).as(sql).isEqualTo(AutonomyLevel.PROPOSE);
      assertThat(level(process())).as("later, " + sql).isEqualTo(AutonomyLevel.PROPOSE);
      setBack("autonomy");
    }
  }

  private void keep(String table) {
    run("create table public.kept as select * from remit." + table);
  }

  private void setBack(String table) {
    run(
        "delete from remit."
            + table
            + "; insert into remit."
            + table
            + " select * from public.kept");
  }

  @Test
  void aLevelOfAnotherTenantServesForNone() {
    run(
        "insert into remit.autonomy select 'north-legal', agent_class, task_class, level, revision,"
            + " since, entry, cause, seal from remit.autonomy");
    assertThat(process().inForce(desk, World.NORTH, "restart-service"))
        .isEqualTo(AutonomyLevel.PROPOSE);
  }

  @Test
  void aLevelSetBackToAnEarlierRowOfItsOwnLetsNothingGo() {
    keep("autonomy");
    var later =
        new Gains(
            List.of(),
            List.of(),
            List.of(change(AutonomyLevel.SUPERVISED, 3, Entry.Kind.AUTONOMY_RAISED)));
    assertThat(ledger.advance(new Position(HARBOR, 1), new Reading(2, List.of()), later)).isTrue();
    var levels = process();
    assertThat(level(levels)).isEqualTo(AutonomyLevel.SUPERVISED);
    setBack("autonomy");
    assertThat(level(levels)).isEqualTo(AutonomyLevel.PROPOSE);
    assertThat(level(process())).as("a process begun later").isEqualTo(AutonomyLevel.PROPOSE);
  }

  @Test
  void anItemChangedByTheDatabasesAdministratorIsNone() {
    keep("certification");
    for (var change :
        List.of(
            "digest = 'sha256:other'",
            "detail = replace(detail, 'dana', 'hugo')",
            "due_at = due_at + interval '9 years'",
            "grade = 'low'",
            "task_class = 'another'",
            "seal = ''")) {
      assertThat(ledger.find(HARBOR, CALL)).isPresent();
      run("update remit.certification set " + change);
      assertThat(ledger.find(HARBOR, CALL)).as(change).isEmpty();
      assertThat(ledger.open(HARBOR, Optional.empty(), 10)).as(change).isEmpty();
      setBack("certification");
    }
  }

  @Test
  void aRowThatOnlySaysItWasCertifiedIsOverdueAllTheSame() {
    run("update remit.certification set state = 'certified'");
    assertThat(ledger.find(HARBOR, CALL)).isEmpty();
    var late = ledger.overdue(NOW.plus(Duration.ofDays(4)), 10);
    assertThat(late).containsExactly(item());
    assertThat(ledger.count(late, List.of())).isTrue();
    assertThat(ledger.overdue(NOW.plus(Duration.ofDays(4)), 10)).isEmpty();
  }

  @Test
  void aRowThatCannotBeReadHidesNoOther() {
    var other = item(new CallId("call-2"));
    assertThat(
            ledger.advance(
                new Position(HARBOR, 1),
                new Reading(2, List.of()),
                new Gains(List.of(other), List.of(), List.of())))
        .isTrue();
    for (var sql :
        List.of(
            "update remit.certification set grade = 'none' where call = 'call-1'",
            "update remit.certification set outcome = 'none' where call = 'call-1'",
            "update remit.certification set agent_class = '!' where call = 'call-1'",
            "update remit.certification set detail = 'no JSON' where call = 'call-1'")) {
      run(sql);
      assertThat(ledger.overdue(NOW.plus(Duration.ofDays(4)), 10)).as(sql).containsExactly(other);
      assertThat(ledger.open(HARBOR, Optional.empty(), 10)).as(sql).containsExactly(other);
      assertThat(ledger.find(HARBOR, CALL)).as(sql).isEmpty();
    }
    run("update remit.autonomy_tally set detail = 'no JSON'");
    assertThat(ledger.tallies(HARBOR)).isEmpty();
  }

  @Test
  void aTallyChangedByTheDatabasesAdministratorIsNone() {
    run("update remit.autonomy_tally set detail = replace(detail, '\"done\":0', '\"done\":900')");
    assertThat(ledger.tallies(HARBOR)).isEmpty();
  }

  @Test
  void theServingRoleWritesNoRowByHand() {
    for (var sql :
        List.of(
            "update remit.autonomy set level = 'bounded'",
            "update remit.certification set state = 'certified'",
            "delete from remit.certification",
            "update remit.oversight_head set next = 900",
            "update remit.autonomy_tally set detail = '{}'")) {
      assertThatThrownBy(() ->
              TestDatabase.run(world.at.serving(), "set remit.tenant = 'harbor-dental'; " + sql))
          .as(sql)
          .rootCause()
          .satisfies(cause ->
              assertThat(((java.sql.SQLException) cause).getSQLState()).isEqualTo("42501"));
    }
  }

  @Test
  void anotherTenantSeesNoRow() {
    for (var table : List.of("certification", "autonomy", "autonomy_tally", "oversight_head")) {
      var seen =
          world.database.rowsOf(
              World.NORTH,
              "select count(*) as seen from remit." + table,
              Params.Binding.NONE,
              row -> row.number("seen"));
      assertThat(seen).as(table).containsExactly(0L);
    }
  }

  @Test
  void theShareIsDrawnByASecretAndAlikeEverywhere() {
    var draw = new KeyedDraw(new RowSeal(new byte[32]));
    byte[] other = new byte[32];
    other[0] = 1;
    var another = new KeyedDraw(new RowSeal(other));
    int drawn = 0;
    int alike = 0;
    for (int i = 0; i < 2_000; i++) {
      var call = new CallId("call-" + i);
      assertThat(draw.ofHundred(call)).isBetween(0, 99).isEqualTo(draw.ofHundred(call));
      drawn += draw.ofHundred(call) < 10 ? 1 : 0;
      alike += draw.ofHundred(call) == another.ofHundred(call) ? 1 : 0;
    }
    assertThat(drawn).isBetween(140, 260);
    assertThat(alike).isLessThan(60);
  }
}
