package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NORTH;
import static dev.remit.postgres.World.NOW;
import static dev.remit.postgres.World.V1;
import static dev.remit.postgres.World.V2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.approval.Proposal;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.CallLedger.Changed;
import dev.remit.core.evidence.CallLedger.Refused;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Journal;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.TaskToken;
import dev.remit.core.kill.KillOrder;
import dev.remit.core.kill.KillScope;
import dev.remit.core.release.VersionId;
import dev.remit.core.task.Task;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresStoresTest {

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  private boolean close(Task task, Task.State state) {
    return world.taskLedger.close(
        task.tenant(), task.id(), state, NOW, world.entry(task.tenant(), Entry.Kind.TASK_CLOSED));
  }

  @Test
  void aTaskIsFoundAsItWasOpened() {
    var task = world.openTask(3);
    assertThat(world.tasks.find(HARBOR, task.id())).contains(task);
    assertThat(world.tasks.list(HARBOR, 10)).containsExactly(task);
    assertThat(world.tasks.openOf(task.agent(), task.instance().orElseThrow()))
        .containsExactly(task);
    assertThat(world.count("entry where kind = 'task-opened'")).isEqualTo(1);
  }

  @Test
  void aTokenLivesAsLongAsItsTaskIsOpenAndNobodyGaveItBack() {
    var task = world.openTask(3);
    var revoked = new PostgresRevokedTokens(world.database);
    var token = new TaskToken("one", task.id().value());
    var other = new TaskToken("other", task.id().value());
    assertThat(revoked.isLive(task.agent(), token, NOW)).isTrue();
    assertThat(revoked.isLive(task.agent(), token, task.deadline())).isFalse();
    assertThat(revoked.isLive(task.agent(), new TaskToken("one", "nothing"), NOW)).isFalse();
    var theirs = AgentId.parse(task.agent().text().replace(HARBOR.value(), NORTH.value()));
    assertThat(revoked.isLive(theirs, token, NOW)).isFalse();
    revoked.revoke(HARBOR, token, "somebody", NOW);
    revoked.revoke(HARBOR, token, "somebody", NOW);
    assertThat(revoked.isLive(task.agent(), token, NOW)).isFalse();
    assertThat(revoked.isLive(task.agent(), other, NOW)).isTrue();
    TestDatabase.run(world.at.admin(), "update remit.task set state = 'held'");
    assertThat(revoked.isLive(task.agent(), other, NOW)).isFalse();
    assertThat(close(task, Task.State.DONE)).isTrue();
    assertThat(revoked.isLive(task.agent(), other, NOW)).isFalse();
  }

  @Test
  void anotherTenantDoesNotFindIt() {
    var task = world.openTask(3);
    assertThat(world.tasks.find(NORTH, task.id())).isEmpty();
    assertThat(world.tasks.list(NORTH, 10)).isEmpty();
    assertThat(close(world.task(NORTH, "T", 1), Task.State.DONE)).isFalse();
  }

  @Test
  void aTaskEndsOnce() {
    var task = world.openTask(3);
    assertThat(close(task, Task.State.DONE)).isTrue();
    assertThat(close(task, Task.State.FAILED)).isFalse();
    assertThat(world.tasks.find(HARBOR, task.id()).orElseThrow().state())
        .isEqualTo(Task.State.DONE);
    assertThat(world.count("entry where kind = 'task-closed'")).isEqualTo(1);
    assertThatThrownBy(() -> close(task, Task.State.OPEN))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRefusedOpeningLeavesNothing() {
    var task = world.openTask(HARBOR, "T-1", 3);
    assertThat(open(world.task(HARBOR, "T-1", 3), V1)).contains(ReasonCode.NO_GROUND);
    assertThat(open(world.task(HARBOR, "T-2", 3), V2)).contains(ReasonCode.POLICY_UNAVAILABLE);
    world.kill(KillScope.tenant(HARBOR));
    assertThat(open(world.task(HARBOR, "T-3", 3), V1)).contains(ReasonCode.KILLED);
    assertThat(world.tasks.list(HARBOR, 10)).extracting(Task::id).containsExactly(task.id());
    assertThat(world.count("entry where kind = 'task-opened'")).isEqualTo(1);
  }

  private Optional<ReasonCode> open(Task task, VersionId version) {
    return world.taskLedger.open(
        task,
        version,
        World.scopes(task.tenant()),
        world.entry(task.tenant(), Entry.Kind.TASK_OPENED));
  }

  @Test
  void theFirstInstanceTakesATask() {
    var task = world.openTask(3);
    TestDatabase.run(world.at.admin(), "update remit.task set instance = null");
    assertThat(world.taskLedger.accept(NORTH, task.id(), new InstanceId("a"))).isFalse();
    assertThat(world.taskLedger.accept(HARBOR, task.id(), new InstanceId("a"))).isTrue();
    assertThat(world.taskLedger.accept(HARBOR, task.id(), new InstanceId("a"))).isTrue();
    assertThat(world.taskLedger.accept(HARBOR, task.id(), new InstanceId("b"))).isFalse();
    world.kill(new KillScope("instance:a"));
    assertThat(world.tasks.find(HARBOR, task.id()).orElseThrow().state())
        .isEqualTo(Task.State.KILLED);
    assertThat(world.taskLedger.accept(HARBOR, task.id(), new InstanceId("a"))).isFalse();
  }

  @Test
  void aTaskIsOverdueFromItsDeadlineOn() {
    var task = world.openTask(3);
    assertThat(world.tasks.overdue(task.deadline().minusMillis(1))).isEmpty();
    assertThat(world.tasks.overdue(task.deadline())).containsExactly(task);
    close(task, Task.State.EXPIRED);
    assertThat(world.tasks.overdue(task.deadline())).isEmpty();
  }

  @Test
  void aKillClosesTheTasksUnderItAndNoOther() {
    var harbor = world.openTask(3);
    var north = world.openTask(NORTH, "T-n", 3);
    var killed =
        world.kills.order(
            KillScope.tenant(HARBOR), "dana", "drill", NOW, world.entry(HARBOR, Entry.Kind.KILL));
    assertThat(killed).extracting(Task::id).containsExactly(harbor.id());
    assertThat(killed).extracting(Task::state).containsExactly(Task.State.KILLED);
    assertThat(world.tasks.find(NORTH, north.id())).contains(north);
    assertThat(world.kills.active()).hasSize(1);
    assertThat(world.kills.active().getFirst().scope()).isEqualTo(KillScope.tenant(HARBOR));
    assertThat(world.count("entry where kind = 'kill' and tenant = 'harbor-dental'")).isEqualTo(1);
  }

  @Test
  void everythingIsEverything() {
    world.openTask(3);
    world.openTask(NORTH, "T-n", 3);
    var entry = world.entry(TenantId.OPERATOR, Entry.Kind.KILL);
    assertThat(world.kills.order(KillScope.EVERYTHING, "dana", "drill", NOW, entry)).hasSize(2);
  }

  @Test
  void aConnectorsKillClosesNoTask() {
    world.openTask(3);
    var entry = world.entry(TenantId.OPERATOR, Entry.Kind.KILL);
    assertThat(world.kills.order(new KillScope("connector:rmm"), "dana", "drill", NOW, entry))
        .isEmpty();
  }

  @Test
  void aHoldRefusesIntentsAndLeavesTasksOpen() {
    var task = world.openTask(3);
    var told = List.of(world.entry(HARBOR, Entry.Kind.KILL), world.entry(NORTH, Entry.Kind.KILL));
    assertThat(world.kills.order(hold(KillScope.EVERYTHING, told))).isEmpty();
    assertThat(world.tasks.find(HARBOR, task.id())).contains(task);
    assertThat(world.ledger.admit(world.intent(task))).isEqualTo(new Refused(ReasonCode.KILLED));
    assertThat(world.kills.active().getFirst().mode()).isEqualTo(KillOrder.Mode.HOLD);
    assertThat(world.count("entry where kind = 'kill'")).isEqualTo(3);
  }

  @Test
  void ofAnInstanceTenantsWithItsTasksAreTold() {
    world.openTask(3);
    var told = List.of(world.entry(HARBOR, Entry.Kind.KILL), world.entry(NORTH, Entry.Kind.KILL));
    for (var mode : KillOrder.Mode.values()) {
      var scope = new KillScope("instance:unbound:1");
      var order = hold(scope, mode == KillOrder.Mode.HOLD ? List.of() : told);
      world.kills.order(new KillOrder(scope, mode, "dana", "x", NOW, order.entry(), order.told()));
    }
    assertThat(world.count("entry where kind = 'kill' and tenant = 'north-legal'")).isZero();
    assertThat(world.count("entry where kind = 'kill' and tenant = 'harbor-dental'")).isEqualTo(1);
  }

  private KillOrder hold(KillScope scope, List<Entry> told) {
    var entry = world.entry(TenantId.OPERATOR, Entry.Kind.KILL);
    return new KillOrder(scope, KillOrder.Mode.HOLD, "dana", "drill", NOW, entry, told);
  }

  @Test
  void aKillWhoseEntryCannotBeWrittenIsNotOrdered() {
    var entry = world.entry(HARBOR, Entry.Kind.KILL);
    world.journal.append(entry);
    world.openTask(3);
    assertThatThrownBy(() -> world.kills.order(KillScope.EVERYTHING, "dana", "drill", NOW, entry))
        .isInstanceOf(IllegalStateException.class);
    assertThat(world.kills.active()).isEmpty();
    assertThat(world.tasks.list(HARBOR, 1).getFirst().state()).isEqualTo(Task.State.OPEN);
  }

  @Test
  void equalOpenProposalsCollapse() {
    var task = world.openTask(3);
    var first = propose(world.proposal(task));
    assertThat(propose(world.proposal(task))).isEqualTo(first);
    assertThat(world.count("entry where kind = 'proposed'")).isEqualTo(1);
    assertThat(world.proposals.find(HARBOR, first.id())).contains(first);
    assertThat(world.proposals.find(NORTH, first.id())).isEmpty();
    assertThat(world.proposals.list(HARBOR, 10)).containsExactly(first);
    assertThat(world.proposals.list(NORTH, 10)).isEmpty();
  }

  private Proposal propose(Proposal proposal) {
    return world.propose(proposal).orElseThrow();
  }

  @Test
  void aProposalExpiresOnceAndThenAnotherMayBeMade() {
    var task = world.openTask(3);
    var first = propose(world.proposal(task));
    assertThat(world.proposals.overdue(first.answerBy().minusMillis(1))).isEmpty();
    assertThat(world.proposals.overdue(first.answerBy())).containsExactly(first);
    assertThat(end(first, Proposal.State.EXPIRED)).isTrue();
    assertThat(end(first, Proposal.State.WITHDRAWN)).isFalse();
    assertThat(world.proposals.find(HARBOR, first.id()).orElseThrow().state())
        .isEqualTo(Proposal.State.EXPIRED);
    assertThat(propose(world.proposal(task)).id()).isNotEqualTo(first.id());
    assertThatThrownBy(() -> end(first, Proposal.State.GRANTED))
        .isInstanceOf(IllegalStateException.class);
  }

  private boolean end(Proposal proposal, Proposal.State state) {
    return world.proposals.end(proposal, state, world.entry(HARBOR, Entry.Kind.PROPOSAL_ENDED));
  }

  @Test
  void aVersionIsStoredOnceAndNeverOtherwise() {
    var files = Map.of("remit.yaml", World.bytes(V1.value()));
    world.versions.store(V1, files, NOW);
    assertThat(world.versions.files(V1).get("remit.yaml")).isEqualTo(files.get("remit.yaml"));
    assertThatThrownBy(
            () -> world.versions.store(V1, Map.of("remit.yaml", World.bytes("evil")), NOW))
        .isInstanceOf(IllegalStateException.class);
    assertThat(world.versions.files(new VersionId("none"))).isEmpty();
  }

  @Test
  void onlyAStoredVersionComesIntoForce() {
    var entry = world.entry(TenantId.OPERATOR, Entry.Kind.POLICY_ACTIVATED);
    assertThatThrownBy(() -> world.versions.activate(new VersionId("none"), NOW, entry))
        .isInstanceOf(IllegalStateException.class);
    assertThat(world.versions.activeVersion()).contains(V1);
    assertThat(world.count("entry where kind = 'policy-activated'")).isEqualTo(1);
    var intent = world.intent(world.openTask(3));
    world.versions.activate(V2, NOW, entry);
    assertThat(world.versions.activeVersion()).contains(V2);
    assertThat(world.ledger.admit(intent)).isEqualTo(new Changed("policy"));
  }

  @Test
  void entriesAreReadByCallTaskAndTime() {
    var call = world.entry(HARBOR, Entry.Kind.REFUSAL, Optional.of("call-1"));
    world.journal.append(call);
    world.journal.append(world.entry(HARBOR, Entry.Kind.REFUSAL));
    var found = world.journal.read(query(HARBOR, Optional.of("call-1"), Optional.empty()));
    assertThat(found)
        .containsExactly(
            new Journal.Stored(Optional.empty(), call.leaf(), call.salt(), call.body()));
    assertThat(world.journal.read(query(HARBOR, Optional.empty(), Optional.of(NOW)))).hasSize(2);
    assertThat(world.journal.read(query(HARBOR, Optional.empty(), Optional.of(NOW.plusSeconds(1)))))
        .isEmpty();
    assertThat(world.journal.read(query(NORTH, Optional.of("call-1"), Optional.empty()))).isEmpty();
  }

  private static Journal.Query query(
      TenantId tenant, Optional<String> call, Optional<Instant> since) {
    return new Journal.Query(tenant, 0, 100, call, Optional.empty(), since);
  }

  @Test
  void textThatCannotBeStoredIsTheSendersMistake() {
    var ticket = "T-\u0000";
    assertThatThrownBy(() -> world.openTask(HARBOR, ticket, 1))
        .isInstanceOf(InvalidValueException.class);
    assertThat(List.copyOf(world.tasks.list(HARBOR, 1))).isEmpty();
  }
}
