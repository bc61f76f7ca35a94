package dev.remit.postgres;

import static dev.remit.postgres.World.HARBOR;
import static dev.remit.postgres.World.NOW;
import static dev.remit.postgres.World.V1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.decision.ReasonCode;
import dev.remit.core.evidence.CallLedger.Admission;
import dev.remit.core.evidence.CallLedger.Admitted;
import dev.remit.core.evidence.CallLedger.Refused;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.Intent;
import dev.remit.core.identity.PersonId;
import dev.remit.core.task.Task;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the uses of a standing approval are counted, whoever comes at once. */
class PostgresStandingTest {

  private static final Instant UNTIL = NOW.plus(Duration.ofDays(7));

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  private Proposal standing(int uses) {
    var like = world.proposal(world.openTask(3));
    var subject =
        new Subject.OfStanding(
            World.agent(HARBOR),
            "restart-service",
            "rmm_restart_service",
            Value.object("device", "17", "service", "spooler"),
            Set.of("service"),
            uses,
            UNTIL,
            new dev.remit.core.approval.Asker(
                new PersonId("staff", "olga"), Optional.of("sha256:address of olga")),
            "it hangs \u202e",
            "sha256:match");
    var proposal =
        new Proposal(
            new ProposalId(world.id()),
            HARBOR,
            subject,
            "sha256:" + world.id(),
            like.rules(),
            like.parties(),
            like.facts(),
            NOW,
            NOW.plus(Duration.ofMinutes(30)),
            Optional.empty(),
            Proposal.State.OPEN);
    assertThat(world.propose(proposal)).contains(proposal);
    return proposal;
  }

  private Proposal granted(int uses) {
    var proposal = standing(uses);
    assertThat(
            world.proposals.grant(
                proposal, NOW, UNTIL, world.entry(HARBOR, Entry.Kind.PROPOSAL_GRANTED)))
        .isTrue();
    return proposal;
  }

  private int open(Proposal proposal, Task task, int uses) {
    return world.proposals.openUse(proposal, task.id(), uses, NOW);
  }

  private Admission admit(Task task, Proposal proposal, int use) {
    var plain = world.intent(task);
    return world.ledger.admit(
        new Intent(
            plain.call(),
            plain.tenant(),
            plain.task(),
            plain.killScopes(),
            V1,
            plain.targets(),
            Optional.of(proposal.id().ofStep(use)),
            plain.lease(),
            plain.at(),
            plain.sendBy(),
            plain.settleBy(),
            plain.replica(),
            plain.joinKey(),
            plain.joinSince(),
            plain.entry()));
  }

  private int used() {
    return world.proposals.standing(HARBOR, Optional.empty()).getFirst().used();
  }

  @Test
  void itIsReadAsItWasWrittenAndFoundByItsTargets() {
    var proposal = standing(3);
    var stored = world.proposals.standing(HARBOR, Optional.of(proposal.act())).getFirst();
    assertThat(stored.proposal()).isEqualTo(proposal);
    assertThat(stored.used()).isZero();
    assertThat(world.proposals.standing(HARBOR, Optional.of("standing [device/99]"))).isEmpty();
    assertThat(world.proposals.standing(World.NORTH, Optional.empty())).isEmpty();
  }

  @Test
  void eachUseIsUsedUpByAdmissionAndThereAreNoMore() {
    var proposal = granted(2);
    for (int i = 0; i < 2; i++) {
      var task = world.openTask(3);
      int use = open(proposal, task, 2);
      assertThat(admit(task, proposal, use)).isInstanceOf(Admitted.class);
      assertThat(admit(task, proposal, use)).isEqualTo(new Refused(ReasonCode.APPROVAL_STALE));
    }
    assertThat(used()).isEqualTo(2);
    assertThat(open(proposal, world.openTask(3), 2)).isZero();
  }

  @Test
  void aUseThatWasOpenedAndNotUsedServesAnotherTask() {
    var proposal = granted(1);
    assertThat(open(proposal, world.openTask(3), 1)).isEqualTo(1);
    var task = world.openTask(3);
    assertThat(open(proposal, task, 1)).isEqualTo(1);
    assertThat(used()).isZero();
    assertThat(admit(task, proposal, 1)).isInstanceOf(Admitted.class);
    assertThat(used()).isEqualTo(1);
  }

  @Test
  void aUseOpenedForAnotherTaskIsNotThisOnes() {
    var proposal = granted(2);
    int use = open(proposal, world.openTask(3), 2);
    assertThat(admit(world.openTask(3), proposal, use))
        .isEqualTo(new Refused(ReasonCode.APPROVAL_STALE));
  }

  @Test
  void nothingIsOpenedBeforeItIsGrantedOrAfterItsEnd() {
    var waits = standing(2);
    var task = world.openTask(3);
    assertThat(open(waits, task, 2)).isZero();
    var proposal = granted(2);
    assertThat(world.proposals.openUse(proposal, task.id(), 2, UNTIL)).isZero();
    int use = open(proposal, task, 2);
    world.proposals.end(
        proposal, Proposal.State.WITHDRAWN, world.entry(HARBOR, Entry.Kind.PROPOSAL_ENDED));
    assertThat(open(proposal, task, 2)).isZero();
    assertThat(admit(task, proposal, use)).isEqualTo(new Refused(ReasonCode.APPROVAL_STALE));
  }

  @Test
  void manyAtOnceUseNoMoreThanThereAre() throws Exception {
    var proposal = granted(5);
    var all = new ArrayList<Callable<Boolean>>();
    for (int i = 0; i < 16; i++) {
      var task = world.openTask(3);
      all.add(() -> {
        int use = open(proposal, task, 5);
        return use > 0 && admit(task, proposal, use) instanceof Admitted;
      });
    }
    int admitted = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var one : threads.invokeAll(all)) {
        admitted += one.get() ? 1 : 0;
      }
    }
    assertThat(admitted).isBetween(1, 5);
    assertThat(used()).isEqualTo(admitted);
    assertThat(world.count("intent where proposal is not null")).isEqualTo(admitted);
  }

  @Test
  void aUseThatTheDatabasesAdministratorDeclaresFreeAgainIsNotUsedAgain() {
    var proposal = granted(1);
    var task = world.openTask(3);
    assertThat(admit(task, proposal, open(proposal, task, 1))).isInstanceOf(Admitted.class);
    TestDatabase.run(
        world.at.admin(), "update remit.proposal set state = 'granted' where kind = 'step'");
    assertThat(open(proposal, task, 1)).isZero();
    assertThat(admit(task, proposal, 1)).isEqualTo(new Refused(ReasonCode.APPROVAL_STALE));
  }

  @Test
  void usesAreNoProposalsThatAnybodyLists() {
    var proposal = granted(2);
    open(proposal, world.openTask(3), 2);
    assertThat(world.proposals.list(HARBOR, 100))
        .extracting(Proposal::id)
        .containsExactly(proposal.id());
    assertThat(world.proposals.overdue(UNTIL.plusSeconds(1)))
        .extracting(Proposal::id)
        .containsExactly(proposal.id());
    assertThat(List.of(world.proposals.find(HARBOR, proposal.id().ofStep(1))))
        .containsExactly(Optional.empty());
  }
}
