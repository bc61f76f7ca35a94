package dev.remit.server.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Asker;
import dev.remit.core.approval.Parties;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.PersonId;
import dev.remit.core.notice.NoticeKind;
import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is told of what, when, and who never is. */
class NotifierTest {

  private static final TenantId HARBOR = new TenantId("harbor-dental");
  private static final TenantId SUMMIT = new TenantId("summit-freight");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static final Asker ANN = new Asker(new PersonId("staff", "ann"), Optional.empty());

  private final Recorded msp = new Recorded("msp", new Organisation.Msp());
  private final Recorded ops = new Recorded("ops", new Organisation.Msp(), "ops");
  private final Recorded harbor = new Recorded("harbor", new Organisation.Client(HARBOR));
  private final Recorded summit = new Recorded("summit", new Organisation.Client(SUMMIT));
  private final MemoryNotices ledger = new MemoryNotices();
  private final ManualClock clock = new ManualClock(NOW);
  private final List<StandIns.StandIn> standIns = new ArrayList<>();
  private Notifier notifier = notifier();

  private Notifier notifier() {
    return new Notifier(
        ledger,
        new Notifier.Sources(
            ledger::find,
            proposal -> standIns,
            proposal -> Optional.of("ops").filter(owner -> !proposal.groups().contains("msp:x")),
            proposal -> "http://localhost:8471/console/card/" + proposal.id().value()),
        List.of(msp, ops, harbor, summit),
        clock,
        Duration.ofMillis(300));
  }

  /** A channel that remembers, and may be broken. */
  private static final class Recorded implements Channel {
    final List<Notice> told = new ArrayList<>();
    private final String name;
    private final Organisation organisation;
    private final Optional<String> group;
    int tries;
    volatile boolean isBroken;
    volatile boolean isHanging;

    Recorded(String name, Organisation organisation) {
      this(name, organisation, null);
    }

    Recorded(String name, Organisation organisation, @Nullable String group) {
      this.name = name;
      this.organisation = organisation;
      this.group = Optional.ofNullable(group);
    }

    @Override
    public Optional<String> group() {
      return group;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Organisation organisation() {
      return organisation;
    }

    @Override
    public boolean tell(Notice notice, Instant at) {
      tries++;
      if (isHanging) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          return false;
        }
      }
      if (!isBroken) {
        told.add(notice);
      }
      return !isBroken;
    }
  }

  private static Proposal proposal(String id, TenantId tenant, String... groups) {
    var key =
        new PersonKey(
            "cred",
            new PersonId("staff", "ann"),
            new Organisation.Msp(),
            "x",
            0,
            NOW,
            NOW,
            false,
            "blue");
    Subject subject = new Subject.OfKey(key, "Ann", Optional.empty());
    return proposal(id, tenant, subject, groups);
  }

  private static Proposal lift(String id, TenantId tenant, String... groups) {
    return proposal(id, tenant, new Subject.OfLift("everything", false, ANN, "over"), groups);
  }

  private static Proposal proposal(String id, TenantId tenant, Subject subject, String... groups) {
    var from = new ArrayList<Answers>();
    for (var group : groups) {
      from.add(new Answers(1, group));
    }
    return new Proposal(
        new ProposalId(id),
        tenant,
        subject,
        "sha256:00",
        List.of(new AskRule("r", "true", from, Duration.ofMinutes(30), Duration.ofMinutes(10))),
        Parties.askedBy(ANN),
        Value.object("secret", "not for a notice"),
        NOW,
        NOW.plus(Duration.ofMinutes(30)),
        Optional.empty(),
        Proposal.State.OPEN);
  }

  @Test
  void thoseWhoAreAskedAreToldOnce() {
    ledger.ask(lift("p-1", HARBOR, "msp.seniors", "tenant.approvers"));
    notifier.round();
    notifier.round();
    assertThat(msp.told).extracting(Notice::proposal).containsExactly("p-1");
    assertThat(harbor.told).extracting(Notice::proposal).containsExactly("p-1");
    assertThat(summit.told).isEmpty();
    assertThat(ops.told).isEmpty();
  }

  @Test
  void aRestartRepeatsNothing() {
    ledger.ask(lift("p-1", HARBOR, "msp.seniors", "tenant.approvers"));
    notifier.round();
    notifier = notifier();
    notifier.round();
    assertThat(msp.told).hasSize(1);
    assertThat(harbor.told).hasSize(1);
  }

  @Test
  void whatWasOnItsWayInACrashIsToldAgainUnderTheSameIdAndNothingElse() {
    ledger.ask(lift("p-1", HARBOR, "msp.seniors"));
    ledger.ask(lift("p-2", HARBOR, "msp.seniors"));
    msp.isBroken = true;
    notifier.round();
    msp.isBroken = false;
    clock.advance(Duration.ofSeconds(2));
    // It takes the next one and dies before it can say so.
    var onItsWay = ledger.claim("msp", clock.instant(), clock.instant().plusSeconds(25));
    assertThat(onItsWay).isPresent();
    notifier = notifier();
    notifier.round();
    assertThat(msp.told).hasSize(1);
    clock.advance(Duration.ofSeconds(25));
    notifier.round();
    notifier.round();
    assertThat(msp.told)
        .extracting(Notice::id)
        .containsExactlyInAnyOrder("p-1.approval.asked", "p-2.approval.asked");
  }

  @Test
  void nobodyIsToldAboutAnotherTenantOrWhatOthersAnswer() {
    ledger.ask(lift("p-1", HARBOR, "tenant.approvers"));
    ledger.ask(lift("p-2", SUMMIT, "msp.seniors"));
    ledger.ask(proposal("p-3", TenantId.OPERATOR, "msp:administer"));
    notifier.round();
    for (var id : List.of("p-1", "p-2", "p-3")) {
      ledger.end(new ProposalId(id), Proposal.State.EXPIRED);
    }
    notifier.round();
    assertThat(harbor.told).extracting(Notice::proposal).containsOnly("p-1").hasSize(2);
    assertThat(summit.told).isEmpty();
    assertThat(msp.told)
        .extracting(Notice::proposal)
        .containsExactlyInAnyOrder("p-2", "p-3", "p-2", "p-3");
  }

  @Test
  void aGroupsChannelHearsOfItsOwnQuestionsAlone() {
    ledger.ask(lift("p-1", HARBOR, "msp.ops"));
    ledger.ask(lift("p-2", HARBOR, "msp.seniors"));
    notifier.round();
    assertThat(ops.told).extracting(Notice::proposal).containsExactly("p-1");
    assertThat(msp.told).extracting(Notice::proposal).containsExactlyInAnyOrder("p-1", "p-2");
  }

  @Test
  void aClientAlwaysHearsOfANewKeyOfItsOwnEvenIfItWasAnsweredForAtOnce() {
    ledger.ask(proposal("p-1", HARBOR));
    ledger.end(new ProposalId("p-1"), Proposal.State.CONSUMED);
    notifier.round();
    assertThat(harbor.told)
        .extracting(Notice::kind)
        .containsExactlyInAnyOrder(NoticeKind.ASKED, NoticeKind.RESOLVED);
    assertThat(summit.told).isEmpty();
    assertThat(msp.told).isEmpty();
  }

  @Test
  void halfTheTimeIsAReminderAndNoMore() {
    ledger.ask(lift("p-1", HARBOR, "msp.seniors"));
    notifier.round();
    clock.advance(Duration.ofMinutes(14));
    notifier.round();
    assertThat(msp.told).hasSize(1);
    clock.advance(Duration.ofMinutes(1));
    notifier.round();
    notifier.round();
    assertThat(msp.told)
        .extracting(Notice::kind)
        .containsExactly(NoticeKind.ASKED, NoticeKind.REMINDER);
    assertThat(msp.told).extracting(Notice::id).doesNotHaveDuplicates();
  }

  @Test
  void standInsHearAtTheirTimeAndNotBefore() {
    standIns.add(new StandIns.StandIn("msp.ops", NOW.plus(Duration.ofMinutes(10))));
    ledger.ask(lift("p-1", HARBOR, "tenant.approvers"));
    notifier.round();
    clock.advance(Duration.ofMinutes(9));
    notifier.round();
    assertThat(ops.told).isEmpty();
    clock.advance(Duration.ofMinutes(1));
    notifier.round();
    notifier.round();
    assertThat(ops.told).extracting(Notice::kind).containsExactly(NoticeKind.ESCALATED);
  }

  @Test
  void eachGroupOfStandInsHearsAtItsOwnTime() {
    standIns.add(new StandIns.StandIn("msp.ops", NOW.plus(Duration.ofMinutes(10))));
    standIns.add(new StandIns.StandIn("tenant.stand-ins", NOW.plus(Duration.ofMinutes(20))));
    ledger.ask(lift("p-1", HARBOR, "msp.seniors"));
    notifier.round();
    clock.advance(Duration.ofMinutes(10));
    notifier.round();
    assertThat(ops.told).extracting(Notice::kind).containsExactly(NoticeKind.ESCALATED);
    assertThat(harbor.told).isEmpty();
    clock.advance(Duration.ofMinutes(10));
    notifier.round();
    assertThat(harbor.told).extracting(Notice::kind).containsExactly(NoticeKind.ESCALATED);
    assertThat(ops.told).hasSize(1);
    assertThat(summit.told).isEmpty();
  }

  @Test
  void standInsHearNothingOfWhatWasAnsweredBefore() {
    standIns.add(new StandIns.StandIn("msp.ops", NOW.plus(Duration.ofMinutes(10))));
    ledger.ask(lift("p-1", HARBOR, "tenant.approvers"));
    notifier.round();
    ledger.end(new ProposalId("p-1"), Proposal.State.GRANTED);
    clock.advance(Duration.ofMinutes(10));
    notifier.round();
    assertThat(ops.told).isEmpty();
    assertThat(harbor.told)
        .extracting(Notice::kind)
        .containsExactly(NoticeKind.ASKED, NoticeKind.RESOLVED);
    assertThat(harbor.told.getLast().stateText()).isEqualTo("granted");
  }

  @Test
  void anExpiryIsToldToWhoeverAnswersForTheTaskClass() {
    ledger.ask(lift("p-1", HARBOR, "tenant.approvers"));
    notifier.round();
    ledger.end(new ProposalId("p-1"), Proposal.State.EXPIRED);
    notifier.round();
    assertThat(ops.told).extracting(Notice::kind).containsExactly(NoticeKind.EXPIRED);
    assertThat(harbor.told)
        .extracting(Notice::kind)
        .containsExactly(NoticeKind.ASKED, NoticeKind.EXPIRED);
    assertThat(msp.told).isEmpty();
  }

  @Test
  void aBrokenChannelIsTriedAgainWithGrowingPausesAndStopsNoOther() {
    msp.isBroken = true;
    ledger.ask(lift("p-1", HARBOR, "msp.seniors", "tenant.approvers"));
    notifier.round();
    notifier.round();
    assertThat(msp.tries).isEqualTo(1);
    assertThat(harbor.told).hasSize(1);
    clock.advance(Duration.ofSeconds(2));
    notifier.round();
    assertThat(msp.tries).isEqualTo(2);
    clock.advance(Duration.ofSeconds(2));
    notifier.round();
    assertThat(msp.tries).isEqualTo(2);
    clock.advance(Duration.ofSeconds(2));
    msp.isBroken = false;
    notifier.round();
    assertThat(msp.told).hasSize(1);
  }

  @Test
  void aHungChannelIsLeftAtItsDeadlineAndTheOthersAreToldMeanwhile() throws Exception {
    msp.isHanging = true;
    ledger.ask(lift("p-1", HARBOR, "msp.seniors", "tenant.approvers"));
    try (var running = notifier) {
      running.start();
      running.wake();
      for (int i = 0; i < 500 && (harbor.told.isEmpty() || msp.tries == 0); i++) {
        boolean _ = new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
      }
      assertThat(harbor.told).hasSize(1);
      assertThat(msp.told).isEmpty();
    }
  }

  @Test
  void whatIsAnsweredIsNotTriedAgain() {
    msp.isBroken = true;
    ledger.ask(lift("p-1", HARBOR, "msp.seniors"));
    notifier.round();
    msp.isBroken = false;
    ledger.end(new ProposalId("p-1"), Proposal.State.GRANTED);
    clock.advance(Duration.ofMinutes(1));
    notifier.round();
    assertThat(msp.told).extracting(Notice::kind).containsExactly(NoticeKind.RESOLVED);
  }

  @Test
  void aNoticeHoldsNothingOfWhatIsAsked() {
    ledger.ask(lift("p-1", HARBOR, "msp.seniors"));
    notifier.round();
    ledger.end(new ProposalId("p-1"), Proposal.State.REFUSED);
    notifier.round();
    for (var notice : msp.told) {
      assertThat(dev.remit.json.Json.text(notice.json(NOW)))
          .doesNotContain("not for a notice")
          .doesNotContain("\"over\"")
          .doesNotContain("ann")
          .contains("/console/");
    }
  }
}
