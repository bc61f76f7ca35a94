package dev.remit.core.flow;

import dev.remit.core.approval.Asker;
import dev.remit.core.approval.Eligibility;
import dev.remit.core.approval.Parties;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.ProposalId;
import dev.remit.core.approval.Subject;
import dev.remit.core.call.Sha256;
import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.Organisation;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonFunction;
import dev.remit.core.kill.KillOrder;
import dev.remit.core.kill.KillScope;
import dev.remit.core.kill.Kills;
import dev.remit.core.release.People;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.task.TaskClass.Answers;
import dev.remit.core.task.TaskClass.AskRule;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Stopping by people, and going on again by other people. */
final class KillDesk implements KillSwitch {

  private static final Duration ANSWER_WITHIN = Duration.ofHours(8);
  private static final String CLIENT = "client/";
  private static final int LONGEST_REASON = 1_000;

  private final Ports ports;
  private final Entries entries;
  private final Oversight oversight;
  private final Supplier<Set<ConnectorId>> unreconciled;

  /**
   * A desk.
   *
   * @param unreconciled connectors at which nobody has looked yet for what is ours there
   */
  KillDesk(
      Ports ports, Entries entries, Oversight oversight, Supplier<Set<ConnectorId>> unreconciled) {
    this.ports = ports;
    this.entries = entries;
    this.oversight = oversight;
    this.unreconciled = unreconciled;
  }

  @Override
  public Stopped stop(Person person, KillScope scope, KillOrder.Mode mode, String reason) {
    var people = ports.releases().active().release().people();
    if (!isVouched(people, person) || !mayKill(people, person, scope)) {
      return new NotStopped("you may not stop this");
    }
    return new Done(oversight.stop(scope, mode, by(person), reason));
  }

  /** The organisation leads, so that a client's own kill is known as such later. */
  private static String by(Person person) {
    return switch (person.organisation()) {
      case Organisation.Msp() -> "msp " + person.id().text();
      case Organisation.Client(TenantId tenant) -> CLIENT + tenant + " " + person.id().text();
    };
  }

  private static boolean isVouched(People people, Person person) {
    return people
        .organisationOf(person.id().issuer())
        .filter(person.organisation()::equals)
        .isPresent();
  }

  private static boolean mayKill(People people, Person person, KillScope scope) {
    return switch (person.organisation()) {
      case Organisation.Msp() ->
          people.functionsOf(person, TenantId.OPERATOR).contains(PersonFunction.OPERATE);
      case Organisation.Client(TenantId tenant) ->
          scope.equals(KillScope.tenant(tenant))
              && people.functionsOf(person, tenant).contains(PersonFunction.APPROVE);
    };
  }

  @Override
  public Lift askToLift(Person person, KillScope scope, String reason) {
    var people = ports.releases().active().release().people();
    if (!isVouched(people, person) || !mayKill(people, person, scope)) {
      return new NotAsked("you may not ask for this");
    }
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      return new NotAsked("say why in at most " + LONGEST_REASON + " characters");
    }
    var active = ports.kills().active().stream().filter(k -> k.scope().equals(scope)).toList();
    if (active.isEmpty()) {
      return new NotAsked("nothing of this scope is stopped");
    }
    var unseen = active.stream().anyMatch(KillDesk::isOfRestore) ? unseen() : List.<String>of();
    if (!unseen.isEmpty()) {
      return new NotAsked(
          "what is ours there was not looked for since the restore: "
              + String.join(", ", unseen)
              + "; wait until it answers, or stop that connector by itself");
    }
    var now = ports.clock().instant();
    var subject =
        new Subject.OfLift(
            scope.text(), active.stream().anyMatch(KillDesk::isClients), Asker.of(person), reason);
    var proposal = proposal(new ProposalId(ports.ids().id()), subject, now);
    var entry =
        entries.ofProposal(
            Entry.Kind.PROPOSED,
            proposal,
            now,
            Value.object("by", person.id().text(), "scope", scope.text()),
            Words.body(reason));
    return ports
        .proposals()
        .propose(proposal, Fatigue.CAPS, Optional.empty(), entry)
        .<Lift>map(stored -> new Asked(stored.id()))
        .orElseGet(() -> new NotAsked("too much waits for people already: try again later"));
  }

  private static boolean isOfRestore(Kills.Active kill) {
    return kill.by().equals(KillSwitch.RESTORE);
  }

  /** Connectors that run and whose principals of ours nobody knows yet. */
  private List<String> unseen() {
    var stopped = ports.kills().active().stream().map(kill -> kill.scope().text()).toList();
    return unreconciled.get().stream()
        .map(ConnectorId::value)
        .filter(connector -> !stopped.contains("connector:" + connector))
        .sorted()
        .toList();
  }

  private static boolean isClients(Kills.Active kill) {
    return kill.by().startsWith(CLIENT);
  }

  /**
   * A lift's proposal: all of it follows from the subject, so that no row can say otherwise. What a
   * client stopped its own approvers let go on; the rest needs somebody of the MSP who approves.
   */
  static Proposal proposal(ProposalId id, Subject.OfLift subject, Instant now) {
    var tenant = subject.isClients() ? tenantOf(subject.scope()) : TenantId.OPERATOR;
    var from = subject.isClients() ? Eligibility.TENANT_APPROVERS : Eligibility.MSP_APPROVERS;
    var rule =
        new AskRule(
            "remit/lift", "true", List.of(new Answers(1, from)), ANSWER_WITHIN, ANSWER_WITHIN);
    var digest =
        Sha256.of(
            subject
                .asker()
                .in(
                    Value.object(
                        "kind", "lift",
                        "tenant", tenant.value(),
                        "scope", subject.scope(),
                        "asker", subject.asker().text(),
                        "reason", subject.reason(),
                        "from", from)));
    return new Proposal(
        id,
        tenant,
        subject,
        digest,
        List.of(rule),
        Parties.askedBy(subject.asker()),
        Value.object(
            "tenantName",
            tenant.equals(TenantId.OPERATOR) ? "this installation" : tenant.value(),
            "risk",
            "high",
            "requester",
            subject.asker().text(),
            "why",
            List.of("what was stopped goes on: look at why it was stopped")),
        now,
        now.plus(ANSWER_WITHIN),
        Optional.empty(),
        Proposal.State.OPEN);
  }

  /** A client stops its own tenant and nothing else. */
  private static TenantId tenantOf(String scope) {
    return new TenantId(scope.substring("tenant:".length()));
  }
}
