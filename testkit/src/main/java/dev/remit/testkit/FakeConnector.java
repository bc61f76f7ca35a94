package dev.remit.testkit;

import dev.remit.core.call.Tool;
import dev.remit.core.execution.Connector;
import dev.remit.core.execution.Cut;
import dev.remit.core.execution.Execution;
import dev.remit.core.execution.SendBy;
import dev.remit.core.lease.Credential;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRef;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A system with records, tickets and operations in memory, which a test can take away, make hang,
 * or change in the middle of a call.
 *
 * <p>It keeps what was sent, in order, and lets nothing in whose credential is not live at its
 * {@link FakeBroker}. Thread-safe.
 */
public final class FakeConnector implements Connector {
  private final ConnectorId id;
  private final FakeBroker broker;
  private final Map<TargetRef, Reading> records = new LinkedHashMap<>(); // guarded by this
  private final Map<String, Ticket> tickets = new LinkedHashMap<>(); // guarded by this
  private final Map<String, Script> scripts = new LinkedHashMap<>(); // guarded by this
  private final List<Request> sent = new ArrayList<>(); // guarded by this
  private Set<String> changed = Set.of(); // guarded by this
  private boolean isAway; // guarded by this
  private boolean holdsTheLine; // guarded by this
  private Duration leaseLife = Duration.ofMinutes(1); // guarded by this

  public FakeConnector(ConnectorId id, InstantSource clock) {
    this.id = id;
    this.broker = new FakeBroker(clock);
  }

  /** What one tool does. */
  @FunctionalInterface
  public interface Script {
    /** Does it; may look at the cut and may block at a {@link Gate}. */
    Execution run(Request request, Cut cut);
  }

  @Override
  public ConnectorId id() {
    return id;
  }

  @Override
  public FakeBroker broker() {
    return broker;
  }

  @Override
  public Value.Obj scope(Tool tool, Tenant tenant) {
    return Value.object(
        "tool",
        tool.name(),
        "tenant",
        tenant.id().value(),
        "owner",
        tenant.externalIds().getOrDefault(id.value(), ""));
  }

  @Override
  public Value.Obj readScope() {
    return Value.object("read", true);
  }

  @Override
  public synchronized Duration leaseLife() {
    return leaseLife;
  }

  @Override
  public synchronized Set<String> kinds() {
    return records.keySet().stream().map(TargetRef::kind).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public synchronized List<Reading> inventory(String kind, Credential credential) {
    requireIn(credential);
    return records.values().stream().filter(record -> record.ref().kind().equals(kind)).toList();
  }

  @Override
  public synchronized Optional<Reading> read(TargetRef target, Credential credential) {
    requireIn(credential);
    return Optional.ofNullable(records.get(target)).filter(record -> isShown(record, credential));
  }

  @Override
  public synchronized Optional<Ticket> ticket(String ticket, Credential credential) {
    requireIn(credential);
    return Optional.ofNullable(tickets.get(ticket));
  }

  private synchronized boolean isShown(Reading record, Credential credential) {
    var owner = broker.scopeOf(credential).text("owner");
    return !holdsTheLine || owner.isEmpty() || owner.get().equals(record.owner());
  }

  private void requireIn(Credential credential) {
    if (isAway) {
      throw new VendorException("nobody answers");
    }
    if (!broker.isLive(credential)) {
      throw new VendorException("the credential is refused");
    }
  }

  @Override
  public Execution execute(Request request, Credential credential, SendBy sendBy, Cut cut) {
    Script script;
    synchronized (this) {
      if (isAway) {
        return new Execution.Failed("nobody answers");
      }
      if (cut.isCut()) {
        return new Execution.Failed("cut before it was sent");
      }
      if (sendBy.isPast()) {
        return new Execution.Failed("the time to send was over");
      }
      sent.add(request);
      if (!broker.isLive(credential)) {
        return new Execution.Rejected("the credential is refused", error());
      }
      script = scripts.getOrDefault(request.tool().name(), (asked, isCut) -> done());
    }
    return script.run(request, cut);
  }

  @Override
  public synchronized Set<String> changedTools() {
    return changed;
  }

  /** A plain success. */
  public static Execution.Done done(Reading... proofs) {
    return new Execution.Done(
        Value.object(
            "content",
            List.of(Value.object("type", "text", "text", "done")),
            "structuredContent",
            Value.object("status", "done")),
        List.of(proofs));
  }

  private static Value.Obj error() {
    return Value.object("content", List.of(), "isError", true);
  }

  /** From now on this tool does this. */
  public synchronized void on(String tool, Script script) {
    scripts.put(tool, script);
  }

  /** From now on this tool hangs until it is cut or the gate opens, and then nobody knows. */
  public Gate hang(String tool) {
    var gate = new Gate();
    on(
        tool,
        (request, cut) -> {
          var takeBack = cut.onCut(gate::open);
          gate.pass();
          takeBack.run();
          return new Execution.Unknown("no answer");
        });
    return gate;
  }

  /** Puts or replaces a record. */
  public synchronized void put(Reading reading) {
    records.put(reading.ref(), reading);
  }

  /** Moves a record to another owner; its version changes with it. */
  public synchronized void move(TargetRef ref, String owner) {
    records.computeIfPresent(
        ref,
        (key, r) ->
            new Reading(key, owner, r.attributes(), r.binding(), r.version() + "/" + owner));
  }

  /** Removes a record. */
  public synchronized void remove(TargetRef ref) {
    records.remove(ref);
  }

  /** Puts or replaces a ticket. */
  public synchronized void put(Ticket ticket) {
    tickets.put(ticket.id(), ticket);
  }

  /** Whether the whole system is away, its broker's side included. */
  public synchronized void away(boolean away) {
    isAway = away;
    broker.away(away);
  }

  /** Whether it shows a credential of one client that client's records alone. */
  public synchronized void holdsTheLine(boolean holds) {
    holdsTheLine = holds;
  }

  /** These tools changed upstream. */
  public synchronized void changed(Set<String> tools) {
    changed = Set.copyOf(tools);
  }

  /** How long its credentials live. */
  public synchronized void leaseLife(Duration life) {
    leaseLife = life;
  }

  /** What was sent, oldest first. */
  public synchronized List<Request> sent() {
    return List.copyOf(sent);
  }
}
