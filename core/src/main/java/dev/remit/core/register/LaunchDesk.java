package dev.remit.core.register;

import dev.remit.core.approval.Asker;
import dev.remit.core.approval.Proposal;
import dev.remit.core.approval.Subject;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.ProposalLedger;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.Person;
import dev.remit.core.oversight.EntryMaker;
import dev.remit.core.register.Agents.Asked;
import dev.remit.core.register.Agents.Launch;
import dev.remit.core.register.Agents.NotDone;
import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.core.value.Value;
import java.time.InstantSource;
import java.util.Optional;

/** Asking that a class of agents works, and letting it work once people signed. */
public final class LaunchDesk {

  static final int LONGEST_REASON = 1_000;

  private final RegisterPorts ports;
  private final LaunchGate gate;
  private final ProposalLedger proposals;
  private final ProposalLedger.Caps caps;
  private final Releases releases;
  private final InstantSource clock;
  private final EntryMaker entries;

  /** Works on these. */
  public LaunchDesk(
      RegisterPorts ports,
      ProposalLedger proposals,
      ProposalLedger.Caps caps,
      Releases releases,
      InstantSource clock,
      EntryMaker entries) {
    this.ports = ports;
    this.gate = new LaunchGate(ports);
    this.proposals = proposals;
    this.caps = caps;
    this.releases = releases;
    this.clock = clock;
    this.entries = entries;
  }

  Launch ask(Person person, AgentClassId id, String reason) {
    var release = releases.active().release();
    var agentClass = release.agentClasses().get(id);
    if (agentClass == null) {
      return new NotDone("the version in force has no such agent");
    }
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      return new NotDone("say why in at most " + LONGEST_REASON + " characters");
    }
    var row = ports.register().now(release, id);
    var boundaries = Boundaries.of(agentClass, release);
    if (row.filter(one -> one.state() == AgentState.RETIRED).isPresent()) {
      return new NotDone("it is retired: give what comes after it another name");
    }
    if (row.filter(one -> one.isActive(boundaries)).isPresent()) {
      return new NotDone("it is active already");
    }
    var objections = gate.objections(agentClass, release);
    if (!objections.isEmpty()) {
      return new NotDone(String.join("; ", objections));
    }
    return asked(
        new Subject.OfLaunch(
            id,
            boundaries.value(),
            row.map(Registration::revision).orElse(0L),
            Owners.of(agentClass, release).orElseThrow(),
            Asker.of(person),
            reason));
  }

  private Launch asked(Subject.OfLaunch subject) {
    var now = clock.instant();
    var proposal = LaunchCase.proposal(entries.handle(), subject, now);
    var entry =
        entries.of(
            Entry.Kind.PROPOSED,
            proposal,
            now,
            Value.object(
                "by", subject.asker().text(),
                "agentClass", subject.agentClass().value(),
                "digest", Boundaries.parse(subject.boundaries()).digest(),
                "owner", subject.owner().text(),
                "reason", subject.reason()));
    return proposals
        .propose(proposal, caps, Optional.empty(), entry)
        .<Launch>map(stored -> new Asked(stored.id()))
        .orElseGet(() -> new NotDone("too much waits for people already: try again later"));
  }

  /**
   * Lets a class work as people signed it, unless anything has moved since they were asked: its
   * boundaries, its owner, its row, or what its scenarios say.
   *
   * @return false when it does not
   */
  public boolean launch(
      Proposal proposal, Subject.OfLaunch subject, Release release, Entry resolution) {
    var agentClass = release.agentClasses().get(subject.agentClass());
    if (agentClass == null) {
      return false;
    }
    var row = ports.register().now(release, subject.agentClass());
    var boundaries = Boundaries.of(agentClass, release);
    boolean isAsAsked =
        row.map(Registration::revision).orElse(0L) == subject.revision()
            && row.filter(one -> one.state() == AgentState.RETIRED).isEmpty()
            && boundaries.value().equals(subject.boundaries())
            && Owners.of(agentClass, release).filter(subject.owner()::equals).isPresent()
            && gate.objections(agentClass, release).isEmpty();
    if (!isAsAsked) {
      return false;
    }
    var fields =
        Value.object(
            "version", release.version().value(),
            "owner", subject.owner().text(),
            "proposal", proposal.digest(),
            "handle", proposal.id().value());
    var move =
        new Moves(entries, clock.instant())
            .launched(subject.agentClass(), row, "launch", boundaries, fields);
    boolean isLaunched = ports.ledger().launch(proposal, resolution, move);
    ports.register().refresh(release);
    return isLaunched;
  }
}
