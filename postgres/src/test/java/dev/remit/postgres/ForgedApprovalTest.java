package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.PersonId;
import dev.remit.core.tenant.TenantId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What whoever writes to the database can make of keys and answers: nothing that holds. */
class ForgedApprovalTest {
  private static final PersonId ADA = new PersonId("staff", "ada");
  private final World world = new World();

  @BeforeEach
  void adaHasAKey() {
    var key =
        new PersonKey(
            "key-of-ada", ADA, new Organisation.Msp(), "credential", 0, NOW, NOW, false, "key");
    assertThat(
            world.keys.registerFirst(
                key, world.entry(TenantId.OPERATOR, Entry.Kind.KEY_REGISTERED)))
        .isTrue();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aKeyWrittenByTheDatabasesAdministratorIsNone() {
    TestDatabase.run(
        world.at.admin(),
        "insert into remit.person_key (tenant, credential_id, person, organisation, credential,"
            + " counter, registered_at, active_from, label, seal) select tenant, 'planted', person,"
            + " organisation, 'mine', 0, registered_at, active_from, label, seal"
            + " from remit.person_key");
    assertThat(world.keys.find("planted")).isEmpty();
    assertThat(world.keys.of(ADA))
        .extracting(PersonKey::credentialId)
        .containsExactly("key-of-ada");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "credential = 'mine'",
        "person = 'staff/mallory'",
        "organisation = 'client/harbor-dental'",
        "active_from = active_from - interval '3 days'",
        "removed_at = null, registered_at = registered_at - interval '1 day'",
        "label = 'another'",
        "seal = ''"
      })
  void aKeyChangedByTheDatabasesAdministratorIsNone(String change) {
    TestDatabase.run(world.at.admin(), "update remit.person_key set " + change);
    assertThat(world.keys.find("key-of-ada")).isEmpty();
  }

  @Test
  void aRemovedKeyIsNotBroughtBackByItsColumn() {
    world.keys.remove("key-of-ada", NOW, world.entry(TenantId.OPERATOR, Entry.Kind.KEY_REMOVED));
    assertThat(world.keys.find("key-of-ada").orElseThrow().isRemoved()).isTrue();
    TestDatabase.run(world.at.admin(), "update remit.person_key set removed_at = null");
    assertThat(world.keys.find("key-of-ada")).isEmpty();
  }

  @Test
  void anotherInstallationsSealIsNone() {
    byte[] other = new byte[32];
    other[0] = 1;
    assertThat(new PostgresPersonKeyLedger(world.database, new RowSeal(other)).find("key-of-ada"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into remit.answer values ('harbor-dental', 'p', 'staff/ada', 'k', 'grant',"
            + " '2026-01-01Z', '{}')",
        "update remit.answer set verdict = 'grant'",
        "delete from remit.answer",
        "update remit.person_key set counter = 0",
        "delete from remit.person_key",
        "insert into remit.person_key values ('_operator', 'k', 'staff/m', 'msp', 'c', 0,"
            + " '2026-01-01Z', '2026-01-01Z', null, 'l', 's')"
      })
  void theServingRoleWritesNoAnswerAndNoKeyByHand(String sql) {
    assertThatThrownBy(() ->
            TestDatabase.run(world.at.serving(), "set remit.tenant = 'harbor-dental'; " + sql))
        .rootCause()
        .satisfies(
            cause -> assertThat(((java.sql.SQLException) cause).getSQLState()).isEqualTo("42501"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"answer", "person_key", "proposal"})
  void anotherTenantSeesNoRow(String table) {
    var proposal = world.propose(world.proposal(world.openTask(3))).orElseThrow();
    TestDatabase.run(
        world.at.admin(),
        "insert into remit.answer values ('harbor-dental', '"
            + proposal.id()
            + "', 'staff/ada', 'k', 'grant', '2026-01-01Z', '{}')");
    assertThat(count(new TenantId("north-legal"), table)).isZero();
    assertThat(TestDatabase.count(world.at.serving(), "select count(*) from remit." + table))
        .isZero();
  }

  private long count(TenantId tenant, String table) {
    return world
        .database
        .rowsOf(
            tenant,
            "select count(*) as seen from remit." + table,
            Params.Binding.NONE,
            row -> row.number("seen"))
        .getFirst();
  }

  private Proposal answered() {
    var proposal = world.propose(world.proposal(world.openTask(3))).orElseThrow();
    var answer =
        new dev.remit.core.approval.Answer(
            proposal.id(),
            ADA,
            "Ada",
            new dev.remit.core.identity.Organisation.Msp(),
            Set.of("msp.admins"),
            Optional.empty(),
            dev.remit.core.approval.Verdict.GRANT,
            "",
            NOW,
            new dev.remit.core.approval.Assertion("key-of-ada", "c", "a", "s"));
    world.proposals.answer(HARBOR, answer, 7, world.entry(HARBOR, Entry.Kind.ANSWERED));
    assertThat(world.proposals.answers(HARBOR, proposal.id())).containsExactly(answer);
    return proposal;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "at = at + interval '10 minutes'",
        "at = at - interval '1 second'",
        "verdict = 'refuse'",
        "detail = replace(detail, 'msp.admins', 'tenant.approvers')",
        "seal = ''"
      })
  void anAnswerChangedByTheDatabasesAdministratorIsNone(String change) {
    var proposal = answered();
    TestDatabase.run(world.at.admin(), "update remit.answer set " + change);
    assertThat(world.proposals.answers(HARBOR, proposal.id())).isEmpty();
    assertThat(world.proposals.answers(java.util.List.of(proposal))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "asked_at = asked_at - interval '10 minutes'",
        "answer_by = answer_by + interval '1 day'",
        "digest = 'sha256:another'",
        "seal = ''"
      })
  void aProposalChangedByTheDatabasesAdministratorAsksOfNobody(String change) {
    var proposal = answered();
    assertThat(world.proposals.find(HARBOR, proposal.id()).orElseThrow().rules()).isNotEmpty();
    TestDatabase.run(world.at.admin(), "update remit.proposal set " + change);
    assertThat(world.proposals.find(HARBOR, proposal.id()).orElseThrow().rules()).isEmpty();
  }

  @Test
  void tenThousandOpenProposalsSlowNeitherACardNorTheInbox() {
    var task = world.openTask(3);
    var proposal = world.propose(world.proposal(task)).orElseThrow();
    TestDatabase.run(
        world.at.admin(),
        "insert into remit.proposal (tenant, id, task, kind, digest, act, asked_of, state,"
            + " asked_at, answer_by, detail) select case n % 10 when 0 then 'harbor-dental' else"
            + " 'tenant-' || n % 100 end, 'many-' || n, 'task-' || n, 'call', 'sha256:' || n, act,"
            + " asked_of, 'open', asked_at, answer_by + n * interval '1 second', detail from"
            + " remit.proposal, generate_series(1, 10000) as n where id = '"
            + proposal.id()
            + "'",
        "analyze remit.proposal");
    var harbor = Set.of(HARBOR);
    var everybody =
        java.util.stream.IntStream.range(0, 100)
            .mapToObj(n -> new TenantId("tenant-" + n))
            .collect(java.util.stream.Collectors.toSet());
    for (int i = 0; i < 20; i++) {
      world.proposals.inbox(harbor, NOW, Optional.empty(), 50);
      world.proposals.inbox(everybody, NOW, Optional.empty(), 50);
      world.proposals.find(HARBOR, proposal.id());
    }
    long begun = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      assertThat(world.proposals.inbox(harbor, NOW, Optional.empty(), 50)).hasSize(50);
    }
    long own = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      assertThat(world.proposals.inbox(everybody, NOW, Optional.empty(), 50)).hasSize(50);
    }
    long all = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      assertThat(world.proposals.find(HARBOR, proposal.id())).isPresent();
      assertThat(world.proposals.answers(HARBOR, proposal.id())).isEmpty();
    }
    long card = System.nanoTime();
    System.out.printf(
        "10,000 open: inbox of one %.1f ms, of a hundred %.1f ms, card %.1f ms%n",
        (own - begun) / 20e6, (all - own) / 20e6, (card - all) / 20e6);
    assertThat((own - begun) / 20e6).isLessThan(100);
    assertThat((all - own) / 20e6).isLessThan(100);
    assertThat((card - all) / 20e6).isLessThan(100);
  }
}
