package dev.remit.web;

import dev.remit.core.approval.Proposal;
import dev.remit.core.evidence.Journal;
import dev.remit.core.flow.Fatigue;
import dev.remit.core.flow.Oversight;
import dev.remit.core.flow.Standing;
import dev.remit.core.kill.KillOrder;
import dev.remit.core.kill.KillScope;
import dev.remit.core.kill.Kills;
import dev.remit.core.lease.Lease;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Oversight that remembers what it was asked. */
final class FakeOversight implements Oversight {

  final List<Journal.Query> queries = new CopyOnWriteArrayList<>();
  final List<KillScope> killed = new CopyOnWriteArrayList<>();
  final List<KillOrder.Mode> modes = new CopyOnWriteArrayList<>();
  final List<Value.Obj> questions = new CopyOnWriteArrayList<>();
  final FakeStanding standing = new FakeStanding();

  @Override
  public List<Journal.Stored> trail(Journal.Query query) {
    queries.add(query);
    return List.of(
        new Journal.Stored(
            Optional.of(4L), "{\"kind\":\"intent\"}", "00".repeat(16), Value.object("a", 1)),
        new Journal.Stored(
            Optional.empty(), "{\"kind\":\"outcome\"}", "00".repeat(16), Value.Obj.EMPTY));
  }

  final List<Journal.Search> searches = new CopyOnWriteArrayList<>();

  @Override
  public Journal.Found search(Journal.Search search) {
    searches.add(search);
    return new Journal.Found(
        List.of(
            new Journal.Stored(
                Optional.of(4L), "{\"kind\":\"intent\"}", "00".repeat(16), Value.Obj.EMPTY)),
        Optional.of(5L));
  }

  final List<String> reads = new CopyOnWriteArrayList<>();

  @Override
  public void read(TenantId tenant, String by, What what, String about) {
    reads.add(by + " read " + what.text() + " of " + tenant + (about.isEmpty() ? "" : " " + about));
  }

  @Override
  public Standing standing() {
    return standing;
  }

  @Override
  public Fatigue.Measured fatigue(Set<TenantId> tenants, Instant since) {
    return LoadSample.of(tenants);
  }

  @Override
  public Optional<Task> task(TenantId tenant, TaskId id) {
    return tasks(tenant, 1).stream().filter(task -> task.id().equals(id)).findFirst();
  }

  @Override
  public List<Task> below(TenantId tenant, TaskId id, int limit) {
    return List.of();
  }

  @Override
  public List<Task> tasks(TenantId tenant, int limit) {
    return List.of(Samples.task("task-1"));
  }

  @Override
  public List<Proposal> proposals(TenantId tenant, int limit) {
    return List.of(Samples.proposal());
  }

  @Override
  public List<Lease> leases() {
    return List.of(Samples.lease());
  }

  @Override
  public List<Kills.Active> kills() {
    return List.of(new Kills.Active(KillScope.EVERYTHING, "operator", "exercise", Samples.NOW));
  }

  @Override
  public List<Task> stop(KillScope scope, KillOrder.Mode mode, String by, String reason) {
    killed.add(scope);
    modes.add(mode);
    return List.of(Samples.task("task-1"));
  }

  @Override
  public Value.Obj posture() {
    return Value.object("unbound", List.of());
  }

  @Override
  public Value.Obj decide(Value.Obj question) {
    questions.add(question);
    return Value.object("decision", "deny");
  }

  @Override
  public Value.Obj tenants() {
    return Value.object(
        "tenants",
        List.of(
            Value.object("tenant", "harbor-dental", "name", "Harbor Dental"),
            Value.object("tenant", "summit-freight", "name", "Summit Freight")));
  }
}
