package dev.remit.testkit;

import dev.remit.core.approval.Proposal;
import dev.remit.core.call.CallId;
import dev.remit.core.evidence.Entry;
import dev.remit.core.identity.Grade;
import dev.remit.core.oversight.AutonomyScope;
import dev.remit.core.oversight.Change;
import dev.remit.core.oversight.Event;
import dev.remit.core.oversight.Item;
import dev.remit.core.oversight.OversightLedger;
import dev.remit.core.oversight.Standing;
import dev.remit.core.oversight.Tally;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** {@link OversightLedger} in memory. */
final class InMemoryOversightLedger implements OversightLedger {
  private static final Set<Entry.Kind> KINDS =
      EnumSet.of(
          Entry.Kind.REFUSAL,
          Entry.Kind.KILL,
          Entry.Kind.CERTIFIED,
          Entry.Kind.OBJECTED,
          Entry.Kind.AUTONOMY_RAISED,
          Entry.Kind.AUTONOMY_LOWERED);
  private static final Comparator<Item> DUE =
      Comparator.comparing(Item::dueAt).thenComparing(item -> item.call().value());

  private final MemoryState state;
  private final Map<TenantId, Long> heads = new HashMap<>();
  private final Map<CallId, Item> items = new LinkedHashMap<>();
  private final Map<AutonomyScope, Tally> tallies = new HashMap<>();
  private final Map<AutonomyScope, Standing> standings = new HashMap<>();

  InMemoryOversightLedger(MemoryState state) {
    this.state = state;
  }

  /** Writes levels behind everybody's back; what is no level of ours is left out. */
  void forge(UnaryOperator<Map<AutonomyScope, Standing>> rows) {
    state.change(() -> {
      var forged = rows.apply(Map.copyOf(standings));
      standings.clear();
      standings.putAll(forged);
    });
  }

  @Override
  public List<Standing> standings() {
    return state.read(() -> List.copyOf(standings.values()));
  }

  @Override
  public Map<AutonomyScope, Long> told() {
    return state.read(() -> {
      var told = new HashMap<AutonomyScope, Long>();
      for (var tenant : state.logs()) {
        state.entriesOf(tenant).stream()
            .filter(InMemoryOversightLedger::isOfLevel)
            .forEach(entry ->
                told.merge(
                    scope(tenant, entry), entry.fields().integer("revision").get(), Math::max));
      }
      return told;
    });
  }

  private static boolean isOfLevel(Entry entry) {
    return entry.kind() == Entry.Kind.AUTONOMY_RAISED
        || entry.kind() == Entry.Kind.AUTONOMY_LOWERED;
  }

  private static AutonomyScope scope(TenantId tenant, Entry entry) {
    return new AutonomyScope(
        tenant,
        new dev.remit.core.identity.AgentClassId(entry.fields().text("agentClass").orElseThrow()),
        entry.fields().text("taskClass").orElseThrow());
  }

  @Override
  public List<Position> behind(int limit) {
    return state.read(() ->
        state.logs().stream()
            .map(tenant -> new Position(tenant, heads.getOrDefault(tenant, 0L)))
            .filter(position -> state.entriesOf(position.tenant()).size() > position.next())
            .limit(limit)
            .toList());
  }

  @Override
  public Reading read(Position from, int leaves) {
    return state.read(() -> {
      var all = state.entriesOf(from.tenant());
      int end = (int) Math.min(all.size(), from.next() + leaves);
      var events = new ArrayList<Event>();
      for (int i = (int) from.next(); i < end; i++) {
        event(all, i).ifPresent(events::add);
      }
      return new Reading(end, events);
    });
  }

  private Optional<Event> event(List<Entry> all, int index) {
    var entry = all.get(index);
    var intent = entry.kind() == Entry.Kind.OUTCOME ? intent(all, entry) : Optional.<Entry>empty();
    boolean isEffect =
        intent
            .flatMap(intended -> intended.fields().text("effect"))
            .filter(effect -> !effect.equals(Grade.OBSERVE.text()))
            .isPresent();
    if (!isEffect && !KINDS.contains(entry.kind())) {
      return Optional.empty();
    }
    return Optional.of(
        new Event(
            entry.kind(),
            entry.leaf(),
            entry.fields(),
            entry.call(),
            taskClass(entry),
            entry.at(),
            intent.map(this::intended),
            isMismatch(entry) ? mismatches(all, index) : 0));
  }

  private static Optional<Entry> intent(List<Entry> all, Entry outcome) {
    return all.stream()
        .filter(entry -> entry.kind() == Entry.Kind.INTENT && entry.call().equals(outcome.call()))
        .findFirst();
  }

  private Event.Intended intended(Entry intent) {
    var admitted = state.intents.get(new CallId(intent.call().orElseThrow()));
    return new Event.Intended(
        intent.fields(), intent.body(), admitted == null ? Optional.empty() : admitted.approval());
  }

  private Optional<String> taskClass(Entry entry) {
    return entry
        .task()
        .map(dev.remit.core.task.TaskId::new)
        .flatMap(id -> Optional.ofNullable(state.tasks.get(id)))
        .map(dev.remit.core.task.Task::taskClass);
  }

  private static boolean isMismatch(Entry entry) {
    return entry.kind() == Entry.Kind.REFUSAL
        && entry.fields().get("reason").equals(Optional.of(Value.of("tenant-mismatch")));
  }

  private static int mismatches(List<Entry> all, int index) {
    var task = all.get(index).task();
    return (int)
        all.subList(0, index + 1).stream()
            .filter(entry -> isMismatch(entry) && task.isPresent() && entry.task().equals(task))
            .count();
  }

  @Override
  public boolean advance(Position from, Reading reading, Gains gains) {
    return state.read(() -> {
      if (heads.getOrDefault(from.tenant(), 0L) != from.next() || !isOn(gains.changes())) {
        return false;
      }
      heads.put(from.tenant(), reading.next());
      gains.items().forEach(item -> items.putIfAbsent(item.call(), item));
      gains.tallies().forEach(tally -> tallies.put(tally.scope(), tally));
      gains.changes().forEach(this::put);
      return true;
    });
  }

  /** Whether each change follows what is stored, or the one before it. */
  private boolean isOn(List<Change> changes) {
    var revisions = new HashMap<AutonomyScope, Long>();
    standings.forEach((scope, standing) -> revisions.put(scope, standing.revision()));
    for (var change : changes) {
      var scope = change.standing().scope();
      if (revisions.getOrDefault(scope, 0L) != change.follows()) {
        return false;
      }
      revisions.put(scope, change.standing().revision());
    }
    return true;
  }

  private void put(Change change) {
    standings.put(change.standing().scope(), change.standing());
    state.append(change.entry());
  }

  @Override
  public List<Tally> tallies(TenantId tenant) {
    return state.read(
        () -> tallies.values().stream().filter(t -> t.scope().tenant().equals(tenant)).toList());
  }

  @Override
  public Position position(TenantId tenant) {
    return state.read(() -> new Position(tenant, heads.getOrDefault(tenant, 0L)));
  }

  @Override
  public List<Item> open(TenantId tenant, Optional<Place> after, int limit) {
    return state.read(() ->
        items.values().stream()
            .filter(item -> item.tenant().equals(tenant) && item.state() == Item.State.OPEN)
            .sorted(DUE)
            .filter(item -> after.filter(place -> !isAfter(item, place)).isEmpty())
            .limit(limit)
            .toList());
  }

  private static boolean isAfter(Item item, Place place) {
    int due = item.dueAt().compareTo(place.dueAt());
    return due > 0 || (due == 0 && item.call().value().compareTo(place.call().value()) > 0);
  }

  @Override
  public Optional<Item> find(TenantId tenant, CallId call) {
    return state.read(
        () -> Optional.ofNullable(items.get(call)).filter(item -> item.tenant().equals(tenant)));
  }

  @Override
  public List<Item> overdue(Instant dueBy, int limit) {
    return state.read(() ->
        items.values().stream()
            .filter(item -> !item.isCounted() && item.isOverdueAt(dueBy))
            .sorted(DUE)
            .limit(limit)
            .toList());
  }

  @Override
  public List<Waiting> waiting(Set<TenantId> tenants, Instant at) {
    return state.read(() ->
        tenants.stream()
            .map(tenant ->
                new Waiting(
                    tenant,
                    open(tenant, Optional.empty(), Integer.MAX_VALUE).size(),
                    open(tenant, Optional.empty(), Integer.MAX_VALUE).stream()
                        .filter(item -> item.isOverdueAt(at))
                        .count()))
            .filter(waiting -> waiting.open() > 0)
            .toList());
  }

  @Override
  public boolean count(List<Item> counted, List<Change> changes) {
    return state.read(() -> {
      boolean isOpen =
          counted.stream()
              .map(item -> items.get(item.call()))
              .allMatch(
                  item -> item != null && item.state() == Item.State.OPEN && !item.isCounted());
      if (!isOpen || !isOn(changes)) {
        return false;
      }
      counted.forEach(item ->
          items.computeIfPresent(item.call(), (call, one) -> one.in(Item.State.OPEN, true)));
      changes.forEach(this::put);
      return true;
    });
  }

  @Override
  public Given certify(Verdicts verdicts) {
    return state.read(() -> {
      boolean isOpen =
          verdicts.calls().stream()
              .map(call -> find(verdicts.tenant(), call))
              .allMatch(item -> item.filter(one -> one.state() == Item.State.OPEN).isPresent());
      if (!isOpen) {
        return Given.CLOSED;
      }
      if (!isOn(verdicts.changes())) {
        return Given.CHANGED;
      }
      if (!useKey(verdicts)) {
        return Given.KEY_REFUSED;
      }
      var to = verdicts.isObjection() ? Item.State.OBJECTED : Item.State.CERTIFIED;
      verdicts
          .calls()
          .forEach(call -> items.computeIfPresent(call, (id, item) -> item.in(to, true)));
      verdicts.entries().forEach(state::append);
      verdicts.changes().forEach(this::put);
      return Given.DONE;
    });
  }

  private boolean useKey(Verdicts verdicts) {
    var key = state.keys.get(verdicts.credential());
    long counter = verdicts.counter();
    if (key == null) {
      return false;
    }
    boolean isCounting =
        key.isLiveAt(verdicts.at())
            && key.person().equals(verdicts.person())
            && (counter > key.counter() || (counter == 0 && key.counter() == 0));
    if (isCounting) {
      state.keys.put(key.credentialId(), InMemoryProposalLedger.counted(key, counter));
    }
    return isCounting;
  }

  @Override
  public boolean promote(Proposal proposal, Entry resolution, Change change) {
    return state.read(() -> {
      if (!isOn(List.of(change)) || !InMemoryPersonKeyLedger.consume(state, proposal)) {
        return false;
      }
      state.append(resolution);
      put(change);
      return true;
    });
  }
}
