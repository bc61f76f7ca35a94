package dev.remit.postgres;

import dev.remit.core.identity.AgentId;
import dev.remit.core.identity.InstanceId;
import dev.remit.core.task.Task;
import dev.remit.core.task.TaskId;
import dev.remit.core.task.Tasks;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@link Tasks} in PostgreSQL. */
public final class PostgresTasks implements Tasks {

  private final Database database;

  public PostgresTasks(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Task> find(TenantId tenant, TaskId id) {
    return Database.first(
        database.rowsOf(
            tenant,
            "select * from remit.task where tenant = ? and id = ?",
            params -> params.text(tenant.value()).text(id.value()),
            TaskForm::read));
  }

  @Override
  public List<Task> openOf(AgentId agent, InstanceId instance) {
    return database.rowsOf(
        agent.tenant(),
        "select * from remit.task where tenant = ? and agent = ? and instance = ?"
            + " and state in ('open', 'held') order by opened_at desc, id",
        params -> params.text(agent.tenant().value()).text(agent.text()).text(instance.value()),
        TaskForm::read);
  }

  @Override
  public List<Task> overdue(Instant at) {
    return database.rows(
        "select * from remit.overdue_tasks(?)", params -> params.at(at), TaskForm::read);
  }

  @Override
  public List<Task> list(TenantId tenant, int limit) {
    return database.rowsOf(
        tenant,
        "select * from remit.task where tenant = ? and opened_at is not null order by opened_at"
            + " desc, id limit ?",
        params -> params.text(tenant.value()).number(limit),
        TaskForm::read);
  }

  @Override
  public List<Task> liveBelow(TenantId tenant, TaskId id) {
    return database.rowsOf(
        tenant,
        "select t.* from remit.task o join remit.task t on t.tenant = o.tenant"
            + " and t.root = coalesce(o.root, o.id) and o.id = any (t.chain)"
            + " and t.state in ('open', 'held') where o.tenant = ? and o.id = ?"
            + " order by cardinality(t.chain), t.id",
        params -> params.text(tenant.value()).text(id.value()),
        TaskForm::read);
  }

  /** What is delegated is opened while its parent is open, which an index finds. */
  @Override
  public List<Task> below(TenantId tenant, TaskId id, int limit) {
    return database.rowsOf(
        tenant,
        "select t.* from remit.task o join remit.task t on t.tenant = o.tenant"
            + " and t.root = coalesce(o.root, o.id) and o.id = any (t.chain)"
            + " and t.opened_at between o.opened_at - interval '1 minute' and o.deadline"
            + " where o.tenant = ? and o.id = ?"
            + " order by cardinality(t.chain), t.opened_at, t.id limit ?",
        params -> params.text(tenant.value()).text(id.value()).number(limit),
        TaskForm::read);
  }

  @Override
  public Value.Obj usage(TenantId tenant, TaskId id) {
    return Database.first(
            database.rowsOf(
                tenant,
                "select t.call_limit, (select coalesce(sum(u.calls), 0) from remit.task_use u"
                    + " where u.tenant = t.tenant and u.task = t.id) as calls,"
                    + " (select coalesce(sum(u.calls), 0) from remit.ticket_use u"
                    + " where u.tenant = t.tenant and u.ticket = t.ticket"
                    + " and u.task_class = t.task_class) as ticket_calls"
                    + " from remit.task t where t.tenant = ? and t.id = ?",
                params -> params.text(tenant.value()).text(id.value()),
                row ->
                    Value.object(
                        "calls", row.number("calls"),
                        "callLimit", row.number("call_limit"),
                        "ticketCalls", row.number("ticket_calls"))))
        .orElse(Value.Obj.EMPTY);
  }
}
