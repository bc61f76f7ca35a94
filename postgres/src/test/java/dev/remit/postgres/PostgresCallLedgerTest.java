package dev.remit.postgres;

import static dev.remit.postgres.World.DEVICE;
import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NORTH;
import static dev.remit.postgres.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.approval.Proposal;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.CallLedger.Admission;
import dev.remit.core.evidence.CallLedger.Admitted;
import dev.remit.core.evidence.CallLedger.Changed;
import dev.remit.core.evidence.CallLedger.Joined;
import dev.remit.core.evidence.CallLedger.Refused;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Intent;
import dev.remit.core.kill.KillScope;
import dev.remit.core.release.VersionId;
import dev.remit.core.target.TargetRef;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresCallLedgerTest {

  private World world;

  PostgresCallLedgerTest() {
    world = new World();
  }

  @BeforeEach
  void anIntentIsAdmittedWhereNothingIsWrong() {
    assertThat(world.ledger.admit(world.intent(world.openTask(3)))).isEqualTo(new Admitted());
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void assertRefused(Intent intent, Admission expected) {
    var before = traces();
    assertThat(world.ledger.admit(intent)).isEqualTo(expected);
    assertThat(traces()).as("a refused intent leaves nothing").isEqualTo(before);
  }

  private List<Long> traces() {
    return List.of(
        world.count("entry"),
        world.count("intent"),
        world.count("lease"),
        world.count("proposal where state = 'consumed'"),
        TestDatabase.count(world.at.admin(), "select coalesce(sum(calls), 0) from remit.task_use"),
        TestDatabase.count(world.at.admin(), "select coalesce(sum(calls), 0) from remit.class_use"),
        TestDatabase.count(
            world.at.admin(), "select coalesce(sum(calls), 0) from remit.ticket_use"),
        world.count("ticket_use"),
        world.count("class_use"));
  }

  private static Refused refused(ReasonCode reason) {
    return new Refused(reason);
  }

  @Test
  void everyKillScopeStopsIt() {
    var task = world.openTask(3);
    world.kill(new KillScope("connector:rmm"));
    var intent = world.intent(task);
    var scoped = Intents.of(intent).killScopes(List.of("tenant:harbor-dental", "connector:rmm"));
    assertRefused(scoped.build(), refused(ReasonCode.KILLED));
    assertThat(world.ledger.admit(intent)).isEqualTo(new Admitted());
  }

  @Test
  void aKilledTaskStaysKilled() {
    var task = world.openTask(3);
    world.kill(KillScope.tenant(HARBOR));
    assertThat(world.tasks.find(HARBOR, task.id()).orElseThrow().state())
        .isEqualTo(Task.State.KILLED);
    assertRefused(world.intent(task), refused(ReasonCode.KILLED));
    var unscoped = Intents.of(world.intent(task)).killScopes(List.of()).build();
    assertRefused(unscoped, refused(ReasonCode.KILLED));
  }

  @Test
  void anotherTenantsKillDoesNot() {
    var task = world.openTask(3);
    world.kill(KillScope.tenant(NORTH));
    assertThat(world.ledger.admit(world.intent(task))).isEqualTo(new Admitted());
  }

  @Test
  void noTaskMeansNo() {
    var use =
        new Intent.TaskUse(
            new TaskId("nowhere"), "restart-service", "T-1", 3, 10, List.of(), false);
    assertRefused(world.intent(HARBOR, Optional.of(use)), refused(ReasonCode.NO_TASK));
  }

  @Test
  void anotherTenantsTaskMeansNo() {
    var task = world.openTask(NORTH, "T-north", 3);
    assertRefused(
        world.intent(HARBOR, Optional.of(World.use(task, 3, 10))), refused(ReasonCode.NO_TASK));
  }

  @Test
  void aClosedTaskMeansNo() {
    var task = world.openTask(3);
    world.taskLedger.close(
        HARBOR, task.id(), Task.State.DONE, NOW, world.entry(HARBOR, Entry.Kind.TASK_CLOSED));
    assertRefused(world.intent(task), refused(ReasonCode.NO_TASK));
  }

  @Test
  void aTaskIsDeadAtItsDeadline() {
    var task = world.openTask(3);
    var late = Intents.of(world.intent(task)).at(task.deadline()).build();
    assertRefused(late, refused(ReasonCode.NO_TASK));
    var intime = Intents.of(world.intent(task)).at(task.deadline().minusMillis(1)).build();
    assertThat(world.ledger.admit(intime)).isEqualTo(new Admitted());
  }

  @Test
  void anotherVersionMeansDecideAgain() {
    var other = Intents.of(world.intent(world.openTask(3))).version(World.V2).build();
    assertRefused(other, new Changed("policy"));
  }

  @Test
  void aChangedRecordMeansDecideAgain() {
    var intent = world.intent(world.openTask(3));
    world.inventory.update(World.reading(DEVICE, "org-1", "2"), NOW.plusSeconds(1));
    assertRefused(intent, new Changed("rmm/device/17"));
  }

  @Test
  void aRecordThatMovedToAnotherTenantMeansDecideAgainThoughItsVersionDidNotChange() {
    var intent = world.intent(world.openTask(3));
    world.inventory.update(World.reading(DEVICE, "org-2", "1"), NOW.plusSeconds(1));
    assertRefused(intent, new Changed("rmm/device/17"));
  }

  @Test
  void everyTargetMustBeAsSeen() {
    var intent = world.intent(world.openTask(3));
    var targets =
        List.of(
            new Intent.SeenTarget(DEVICE, "1"),
            new Intent.SeenTarget(new TargetRef(World.RMM, "device", "gone"), "1"));
    assertRefused(Intents.of(intent).targets(targets).build(), new Changed("rmm/device/gone"));
  }

  @Test
  void anotherTenantsRecordIsNeverAsSeen() {
    var intent = world.intent(world.openTask(3));
    var targets = List.of(new Intent.SeenTarget(World.FOREIGN, "1"));
    assertRefused(Intents.of(intent).targets(targets).build(), new Changed("rmm/device/99"));
  }

  @Test
  void anOpenApprovalIsNone() {
    var task = world.openTask(3);
    var proposal = proposed(task);
    assertRefused(approved(task, proposal), refused(ReasonCode.APPROVAL_INSUFFICIENT));
  }

  @Test
  void anApprovalIsUsedOnce() {
    var task = world.openTask(3);
    var proposal = proposed(task);
    world.grant(proposal, NOW.plusSeconds(60));
    assertThat(world.ledger.admit(approved(task, proposal))).isEqualTo(new Admitted());
    assertThat(world.proposals.find(HARBOR, proposal.id()).orElseThrow().state())
        .isEqualTo(Proposal.State.CONSUMED);
    assertRefused(approved(task, proposal), refused(ReasonCode.APPROVAL_STALE));
  }

  @Test
  void aUsedApprovalThatIsDeclaredGrantedAgainIsStillUsed() {
    var task = world.openTask(3);
    var proposal = proposed(task);
    world.grant(proposal, NOW.plusSeconds(60));
    assertThat(world.ledger.admit(approved(task, proposal))).isEqualTo(new Admitted());
    world.grant(proposal, NOW.plusSeconds(60));
    assertRefused(approved(task, proposal), refused(ReasonCode.APPROVAL_STALE));
  }

  @Test
  void anApprovalIsDeadAtTheEndOfItsTimeToUse() {
    var task = world.openTask(3);
    var proposal = proposed(task);
    world.grant(proposal, NOW);
    assertRefused(approved(task, proposal), refused(ReasonCode.APPROVAL_STALE));
  }

  @Test
  void anApprovalOfAnotherTaskIsNone() {
    var proposal = proposed(world.openTask(3));
    world.grant(proposal, NOW.plusSeconds(60));
    assertRefused(approved(world.openTask(3), proposal), refused(ReasonCode.APPROVAL_STALE));
  }

  @Test
  void anApprovalThatDoesNotExistIsNone() {
    var task = world.openTask(3);
    assertRefused(approved(task, world.proposal(task)), refused(ReasonCode.APPROVAL_STALE));
  }

  private Proposal proposed(Task task) {
    return world.propose(world.proposal(task)).orElseThrow();
  }

  private Intent approved(Task task, Proposal proposal) {
    return Intents.of(world.intent(task)).approval(proposal.id()).build();
  }

  @Test
  void hostileCase08AZeroLimitMeansNone() {
    var task = world.openTask(3);
    assertRefused(
        world.intent(HARBOR, Optional.of(World.use(task, 0, 10))),
        refused(ReasonCode.LIMIT_EXCEEDED));
    assertRefused(
        world.intent(HARBOR, Optional.of(World.use(task, 3, 0))),
        refused(ReasonCode.LIMIT_EXCEEDED));
    assertRefused(world.intent(world.openTask(0)), refused(ReasonCode.LIMIT_EXCEEDED));
  }

  @Test
  void theTasksOwnLimitHolds() {
    var task = world.openTask(1);
    assertThat(world.ledger.admit(world.intent(task))).isEqualTo(new Admitted());
    assertRefused(
        world.intent(HARBOR, Optional.of(World.use(task, 100, 100))),
        refused(ReasonCode.LIMIT_EXCEEDED));
  }

  @Test
  void hostileCase32ClosingAndOpeningAgainResetsNoLimit() {
    var first = world.openTask(HARBOR, "T-again", 1);
    assertThat(world.ledger.admit(world.intent(first))).isEqualTo(new Admitted());
    world.taskLedger.close(
        HARBOR, first.id(), Task.State.DONE, NOW, world.entry(HARBOR, Entry.Kind.TASK_CLOSED));
    assertRefused(
        world.intent(world.openTask(HARBOR, "T-again", 1)), refused(ReasonCode.LIMIT_EXCEEDED));
  }

  @Test
  void theClassIsLimitedPerTenantAndHour() {
    admitInHour(HARBOR, NOW, 1);
    assertRefused(inHour(HARBOR, NOW, 2), refused(ReasonCode.LIMIT_EXCEEDED));
    assertRefused(
        inHour(HARBOR, NOW.plus(Duration.ofMinutes(14)), 2), refused(ReasonCode.LIMIT_EXCEEDED));
    admitInHour(NORTH, NOW, 1);
  }

  @Test
  void anHourLaterTheClassIsFreeAgain() {
    TestDatabase.run(
        world.at.admin(), "update remit.class_use set since = since - interval '1 hour'");
    admitInHour(HARBOR, NOW, 1);
  }

  private void admitInHour(TenantId tenant, Instant at, int perHour) {
    assertThat(world.ledger.admit(inHour(tenant, at, tenant.equals(HARBOR) ? perHour + 1 : 1)))
        .isEqualTo(new Admitted());
  }

  private Intent inHour(TenantId tenant, Instant at, int perHour) {
    var task = world.openTask(tenant, "T-" + world.id(), 5);
    return Intents.of(world.intent(tenant, Optional.of(World.use(task, 5, perHour))))
        .at(at)
        .build();
  }

  @Test
  void anEqualCallWithinTheWindowJoinsTheFirst() {
    var task = world.openTask(3);
    var first = Intents.of(world.intent(task)).joinKey("k").build();
    assertThat(world.ledger.admit(first)).isEqualTo(new Admitted());
    var again = Intents.of(world.intent(task)).joinKey("k").build();
    assertRefused(again, new Joined(first.call()));
    var later = Intents.of(again).joinSince(NOW.plusMillis(1)).build();
    assertThat(world.ledger.admit(later)).isEqualTo(new Admitted());
  }

  @Test
  void anotherTenantsEqualKeyDoesNotJoin() {
    var first = Intents.of(world.intent(world.openTask(3))).joinKey("k").build();
    assertThat(world.ledger.admit(first)).isEqualTo(new Admitted());
    var north = world.openTask(NORTH, "T-n", 3);
    assertThat(world.ledger.admit(Intents.of(world.intent(north)).joinKey("k").build()))
        .isEqualTo(new Admitted());
  }

  @Test
  void aLeaseIsStoredWithItsEnd() {
    var intent = world.intent(world.openTask(3));
    world.ledger.admit(intent);
    assertThat(world.leases.unfinished()).contains(intent.lease().orElseThrow());
  }

  @Test
  void aCallIsAdmittedOnce() {
    var intent = world.intent(world.openTask(3));
    world.ledger.admit(intent);
    assertThatThrownBy(() -> world.ledger.admit(intent)).isInstanceOf(IllegalStateException.class);
    assertThat(world.count("entry where call = '" + intent.call() + "'")).isEqualTo(1);
  }

  @Test
  void hostileCase06StateThatCannotBeReadStopsTheWrite() {
    var intent = world.intent(world.openTask(3));
    var before = traces();
    for (var table : List.of("kill", "target", "active_version", "class_use", "ticket_use")) {
      TestDatabase.run(world.at.admin(), "revoke select on remit." + table + " from remit_serve");
      assertThatThrownBy(() -> world.ledger.admit(intent)).isInstanceOf(RuntimeException.class);
      assertThat(traces()).as(table).isEqualTo(before);
      TestDatabase.run(world.at.admin(), "grant select on remit." + table + " to remit_serve");
    }
    TestDatabase.run(world.at.admin(), "delete from remit.active_version");
    assertRefused(intent, refused(ReasonCode.POLICY_UNAVAILABLE));
  }

  @Test
  void anIntentAndItsEntryAreOfOneTenant() {
    var intent =
        Intents.of(world.intent(world.openTask(3)))
            .entry(world.entry(NORTH, Entry.Kind.INTENT))
            .build();
    assertThatThrownBy(() -> world.ledger.admit(intent)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void remitsOwnReadsNeedNoTask() {
    var read =
        Intents.of(world.intent(TenantId.OPERATOR, Optional.empty())).targets(List.of()).build();
    assertThat(world.ledger.admit(read)).isEqualTo(new Admitted());
    assertRefused(Intents.of(read).version(new VersionId("old")).build(), new Changed("policy"));
  }
}
