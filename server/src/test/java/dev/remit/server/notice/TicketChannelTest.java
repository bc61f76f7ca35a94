package dev.remit.server.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.approval.Asker;
import dev.remit.core.approval.Parties;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.flow.TicketNotes;
import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.identity.PersonId;
import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tickets hear of what agents want as it begins to wait and as it ends, each once. */
class TicketChannelTest {

  private static final TenantId HARBOR = new TenantId("harbor-dental");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static final Asker ANN = new Asker(new PersonId("staff", "ann"), Optional.empty());

  private final List<String> noted = new ArrayList<>();
  private final MemoryNotices ledger = new MemoryNotices();
  private final ManualClock clock = new ManualClock(NOW);
  private TicketNotes.Result result = new TicketNotes.Noted();
  private final Notifier notifier =
      new Notifier(
          ledger,
          new Notifier.Sources(
              ledger::find,
              StandIns.NONE,
              proposal -> Optional.empty(),
              proposal -> "http://localhost:8471/console/card/" + proposal.id().value()),
          List.of(
              new TicketChannel(
                  (tenant, proposal, kind, origin) -> {
                    noted.add(proposal.value() + " " + kind + " " + origin);
                    return result;
                  },
                  "http://localhost:8471")),
          clock,
          Duration.ofMillis(300));

  private static Proposal proposal(String id, Subject subject) {
    var rule =
        new AskRule(
            "r",
            "true",
            List.of(new Answers(1, "tenant.approvers")),
            Duration.ofMinutes(30),
            Duration.ofMinutes(10));
    return new Proposal(
        new ProposalId(id),
        HARBOR,
        subject,
        "sha256:00",
        List.of(rule),
        Parties.askedBy(ANN),
        Value.Obj.EMPTY,
        NOW,
        NOW.plus(Duration.ofMinutes(30)),
        Optional.empty(),
        Proposal.State.OPEN);
  }

  private static Proposal call(String id) {
    return proposal(
        id,
        new Subject.OfCall(
            new TaskId("t"),
            AgentId.parse("service-desk/harbor-dental/production/change"),
            new InstanceId("i"),
            "rmm_reboot_device",
            Value.Obj.EMPTY,
            Optional.empty()));
  }

  @Test
  void aQuestionAndItsEndAreNotedOnceWithTheOriginAlone() {
    ledger.ask(call("p-1"));
    notifier.round();
    notifier.round();
    clock.advance(Duration.ofMinutes(15));
    notifier.round();
    ledger.end(new ProposalId("p-1"), Proposal.State.GRANTED);
    notifier.round();
    notifier.round();
    assertThat(noted)
        .containsExactly("p-1 ASKED http://localhost:8471", "p-1 RESOLVED http://localhost:8471");
  }

  @Test
  void anExpiryIsNoted() {
    ledger.ask(call("p-1"));
    notifier.round();
    ledger.end(new ProposalId("p-1"), Proposal.State.EXPIRED);
    notifier.round();
    assertThat(noted).hasSize(2).last().asString().contains("EXPIRED");
  }

  @Test
  void whatNoAgentWantsIsInNoTicket() {
    ledger.ask(proposal("p-1", new Subject.OfLift("everything", false, ANN, "over")));
    notifier.round();
    ledger.end(new ProposalId("p-1"), Proposal.State.GRANTED);
    notifier.round();
    assertThat(noted).isEmpty();
  }

  @Test
  void whatIsDroppedIsNotTriedAgain() {
    result = new TicketNotes.Dropped("guardrail");
    ledger.ask(call("p-1"));
    notifier.round();
    clock.advance(Duration.ofMinutes(5));
    notifier.round();
    assertThat(noted).hasSize(1);
  }

  @Test
  void whatCouldNotBeIsTriedAgainWithPauses() {
    result = new TicketNotes.Later("vendor-unavailable");
    ledger.ask(call("p-1"));
    notifier.round();
    notifier.round();
    assertThat(noted).hasSize(1);
    clock.advance(Duration.ofSeconds(2));
    result = new TicketNotes.Noted();
    notifier.round();
    clock.advance(Duration.ofSeconds(60));
    notifier.round();
    assertThat(noted).hasSize(2);
  }
}
