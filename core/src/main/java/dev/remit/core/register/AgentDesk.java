package dev.remit.core.register;

import dev.remit.core.approval.Assertion;
import dev.remit.core.approval.AssertionCheck;
import dev.remit.core.evidence.Entry;
import dev.remit.core.evidence.PersonKeyLedger;
import dev.remit.core.identity.AgentClass;
import dev.remit.core.identity.AgentClassId;
import dev.remit.core.identity.Person;
import dev.remit.core.identity.PersonId;
import dev.remit.core.oversight.EntryMaker;
import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How people read and work the register. */
public final class AgentDesk implements Agents {

  private static final int TRIES = 3;

  private final RegisterPorts ports;
  private final LaunchDesk launches;
  private final OwnerDesk owners;
  private final LaunchGate gate;
  private final Releases releases;
  private final InstantSource clock;
  private final EntryMaker entries;

  /** The desk, with that of owners. */
  public static AgentDesk of(
      RegisterPorts ports,
      PersonKeyLedger keys,
      AssertionCheck check,
      LaunchDesk launches,
      Releases releases,
      InstantSource clock,
      EntryMaker entries) {
    var owners = new OwnerDesk(ports, keys, check, releases, clock, entries);
    return new AgentDesk(ports, launches, owners, releases, clock, entries);
  }

  private AgentDesk(
      RegisterPorts ports,
      LaunchDesk launches,
      OwnerDesk owners,
      Releases releases,
      InstantSource clock,
      EntryMaker entries) {
    this.ports = ports;
    this.launches = launches;
    this.owners = owners;
    this.gate = new LaunchGate(ports);
    this.releases = releases;
    this.clock = clock;
    this.entries = entries;
  }

  @Override
  public List<Shown> all() {
    var release = releases.active().release();
    var rows = ports.register().now(release);
    var gone = ports.ledger().gone();
    return release.agentClasses().values().stream()
        .sorted(Comparator.comparing(one -> one.id().value()))
        .map(one -> shown(one, release, rows, gone))
        .toList();
  }

  @Override
  public Optional<Shown> find(AgentClassId agentClass) {
    return all().stream().filter(one -> one.agentClass().id().equals(agentClass)).findFirst();
  }

  private Shown shown(
      AgentClass agentClass,
      Release release,
      Map<AgentClassId, Registration> rows,
      java.util.Set<PersonId> gone) {
    var row = Optional.ofNullable(rows.get(agentClass.id()));
    var boundaries = Boundaries.of(agentClass, release);
    boolean isActive = row.filter(one -> one.isActive(boundaries)).isPresent();
    var stored = row.map(Registration::state).orElse(AgentState.PROPOSED);
    var owner = Owners.of(agentClass, release);
    return new Shown(
        agentClass,
        stored == AgentState.ACTIVE && !isActive ? AgentState.PROPOSED : stored,
        row,
        owner,
        owner.filter(gone::contains).isPresent(),
        boundaries,
        row.filter(one -> isActive).map(one -> RegisterRound.certifyBy(one, release)),
        gate.undefined(agentClass, release));
  }

  @Override
  public List<String> objections(AgentClassId id) {
    var release = releases.active().release();
    var agentClass = release.agentClasses().get(id);
    return agentClass == null
        ? List.of("the version in force has no such agent")
        : gate.objections(agentClass, release);
  }

  @Override
  public Launch launch(Person person, AgentClassId agentClass, String reason) {
    return launches.ask(person, agentClass, reason);
  }

  @Override
  public Stop suspend(String by, AgentClassId agentClass, String reason) {
    return stop(by, agentClass, reason, AgentState.SUSPENDED);
  }

  @Override
  public Stop retire(String by, AgentClassId agentClass, String reason) {
    return stop(by, agentClass, reason, AgentState.RETIRED);
  }

  private Stop stop(String by, AgentClassId id, String reason, AgentState to) {
    var why = unfit(reason);
    if (why.isPresent()) {
      return new NotDone(why.get());
    }
    for (int attempt = 0; attempt < TRIES; attempt++) {
      var release = releases.active().release();
      var row = ports.register().now(release, id);
      if (row.isEmpty()) {
        return new NotDone("the register has no such agent");
      }
      if (row.get().state() == AgentState.RETIRED) {
        return new NotDone("it is retired already");
      }
      if (to == AgentState.SUSPENDED && row.get().state() != AgentState.ACTIVE) {
        return new NotDone("it is not active");
      }
      var fields = Value.object("by", by, "reason", reason);
      var moves = new Moves(entries, clock.instant());
      var move =
          to == AgentState.RETIRED
              ? moves.retired(row.get(), "retired", fields)
              : moves.suspended(row.get(), "suspended", fields);
      if (ports.ledger().move(move)) {
        ports.register().refresh(release);
        return new Done();
      }
    }
    return new NotDone("the register changes just now: try again");
  }

  private static Optional<String> unfit(String reason) {
    return reason.isBlank() || reason.length() > LaunchDesk.LONGEST_REASON
        ? Optional.of("say why in at most " + LaunchDesk.LONGEST_REASON + " characters")
        : Optional.empty();
  }

  @Override
  public Asking toCertify(Person person, AgentClassId agentClass) {
    return owners.ask(person, agentClass);
  }

  @Override
  public Stop certify(Person person, AgentClassId agentClass, Assertion assertion) {
    return owners.certify(person, agentClass, assertion);
  }

  @Override
  public Stop gone(String by, PersonId who, String reason) {
    var why = unfit(reason);
    if (why.isPresent()) {
      return new NotDone(why.get());
    }
    var now = clock.instant();
    var entry =
        entries.of(
            Entry.Kind.PERSON_GONE,
            TenantId.OPERATOR,
            Optional.empty(),
            now,
            Value.object("person", who.text(), "by", by, "reason", reason));
    if (!ports.ledger().gone(who, now, entry)) {
      return new NotDone("that is known already");
    }
    new RegisterRound(ports, releases, clock, entries).round();
    return new Done();
  }

  @Override
  public Optional<UnusedAuthority> unused(AgentClassId id, int days) {
    var release = releases.active().release();
    return Optional.ofNullable(release.agentClasses().get(id))
        .map(agentClass -> new Uses(ports, clock.instant()).unused(agentClass, release, days));
  }
}
