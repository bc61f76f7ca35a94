package dev.remit.server.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Parties;
import dev.remit.core.approval.PersonKey;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.PersonId;
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
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is told of what, when, and who never is. */
class NotifierTest {

  private static final TenantId HARBOR = new TenantId("harbor-dental");
  private static final TenantId SUMMIT = new TenantId("summit-freight");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Recorded msp = new Recorded("msp", new Organisation.Msp());
  private final Recorded harbor = new Recorded("harbor", new Organisation.Client(HARBOR));
  private final Recorded summit = new Recorded("summit", new Organisation.Client(SUMMIT));
  private final List<Proposal> open = new ArrayList<>();
  private final ManualClock clock = new ManualClock(NOW);
  private final Notifier notifier =
      new Notifier(
          (tenants, at, after, limit) -> List.copyOf(open),
          () -> Set.of(HARBOR, SUMMIT),
          List.of(msp, harbor, summit),
          proposal -> "http://localhost:8471/console/card/" + proposal.id().value(),
          clock);

  /** A channel that remembers, and may be broken. */
  private static final class Recorded implements Channel {
    final List<Notice> told = new ArrayList<>();
    private final String name;
    private final Organisation organisation;
    int tries;
    boolean isBroken;

    Recorded(String name, Organisation organisation) {
      this.name = name;
      this.organisation = organisation;
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
    Subject subject = new Subject.OfKey(key, "Ann");
    return proposal(id, tenant, subject, groups);
  }

  private static Proposal lift(String id, TenantId tenant, String... groups) {
    return proposal(
        id,
        tenant,
        new Subject.OfLift("everything", false, new PersonId("staff", "ann"), "over"),
        groups);
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
        Parties.askedBy(new PersonId("staff", "ann")),
        Value.object("secret", "not for a notice"),
        NOW,
        NOW.plus(Duration.ofMinutes(30)),
        Optional.empty(),
        Proposal.State.OPEN);
  }

  @Test
  void thoseWhoAreAskedAreToldOnce() {
    open.add(lift("p-1", HARBOR, "msp.seniors", "tenant.approvers"));
    notifier.run();
    notifier.run();
    assertThat(msp.told).extracting(Notice::proposal).containsExactly("p-1");
    assertThat(harbor.told).extracting(Notice::proposal).containsExactly("p-1");
    assertThat(summit.told).isEmpty();
  }

  @Test
  void nobodyIsToldAboutAnotherTenantOrWhatOthersAnswer() {
    open.add(lift("p-1", HARBOR, "tenant.approvers"));
    open.add(lift("p-2", SUMMIT, "msp.seniors"));
    open.add(proposal("p-3", TenantId.OPERATOR, "msp:administer"));
    notifier.run();
    assertThat(harbor.told).extracting(Notice::proposal).containsExactly("p-1");
    assertThat(summit.told).isEmpty();
    assertThat(msp.told).extracting(Notice::proposal).containsExactly("p-2", "p-3");
  }

  @Test
  void aClientAlwaysHearsOfANewKeyOfItsOwn() {
    open.add(proposal("p-1", HARBOR));
    notifier.run();
    assertThat(harbor.told).hasSize(1);
    assertThat(summit.told).isEmpty();
    assertThat(msp.told).isEmpty();
  }

  @Test
  void halfTheTimeIsAReminderAndNoMore() {
    open.add(lift("p-1", HARBOR, "msp.seniors"));
    notifier.run();
    clock.advance(Duration.ofMinutes(14));
    notifier.run();
    assertThat(msp.told).hasSize(1);
    clock.advance(Duration.ofMinutes(1));
    notifier.run();
    notifier.run();
    assertThat(msp.told)
        .extracting(Notice::kind)
        .containsExactly(Notice.Kind.ASKED, Notice.Kind.REMINDER);
    assertThat(msp.told).extracting(Notice::id).doesNotHaveDuplicates();
  }

  @Test
  void aBrokenChannelIsTriedAgainWithGrowingPausesAndStopsNoOther() {
    msp.isBroken = true;
    open.add(lift("p-1", HARBOR, "msp.seniors", "tenant.approvers"));
    notifier.run();
    notifier.run();
    assertThat(msp.tries).isEqualTo(1);
    assertThat(harbor.told).hasSize(1);
    clock.advance(Duration.ofSeconds(10));
    notifier.run();
    assertThat(msp.tries).isEqualTo(2);
    clock.advance(Duration.ofSeconds(10));
    notifier.run();
    assertThat(msp.tries).isEqualTo(2);
    clock.advance(Duration.ofSeconds(10));
    msp.isBroken = false;
    notifier.run();
    assertThat(msp.told).hasSize(1);
  }

  @Test
  void whatIsAnsweredIsForgottenAndNotTriedAgain() {
    msp.isBroken = true;
    open.add(lift("p-1", HARBOR, "msp.seniors"));
    notifier.run();
    open.clear();
    clock.advance(Duration.ofMinutes(1));
    notifier.run();
    assertThat(msp.tries).isEqualTo(1);
  }

  @Test
  void aNoticeHoldsNothingOfWhatIsAsked() {
    open.add(lift("p-1", HARBOR, "msp.seniors"));
    notifier.run();
    var json = dev.remit.json.Json.text(msp.told.getFirst().json(NOW));
    assertThat(json)
        .doesNotContain("not for a notice")
        .doesNotContain("over")
        .contains("/console/");
  }
}
