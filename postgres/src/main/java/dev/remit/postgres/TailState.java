package dev.remit.postgres;

import dev.remit.core.tenant.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What entries that were taken back say about the state beside the log, applied in the transaction
 * that put them there.
 *
 * <p>Only towards less: calls may have happened, tasks ended, stops and holds are in force, bodies
 * are gone. Whatever the tail opened, granted or lifted stays as the database has it, and the next
 * start ends that. Credentials get no row either: the reconciler finds them at their targets.
 */
final class TailState {

  /** Entries of one kind; a leaf is read as JSON only after its kind is known. */
  private static final String OF_KIND =
      "with told as materialized (select e.tenant, e.id, e.call, e.task, e.at, e.seq, e.leaf"
          + " from remit.entry e where e.tenant = ? and e.xid = pg_current_xact_id()"
          + " and e.kind = '%s'), tail as materialized"
          + " (select t.*, t.leaf::jsonb -> 'fields' as fields from told t) ";

  /** Recovery finds those without an outcome at the next start and calls it unknown. */
  private static final String INTENTS =
      OF_KIND.formatted("intent")
          + "insert into remit.intent (tenant, call, task, task_class, at, send_by, settle_by, replica)"
          + " select t.tenant, t.call, t.task, t.fields ->> 'taskClass', t.at, t.at, t.at,"
          + " 'taken-back' from tail t where t.call is not null on conflict do nothing";

  private static final String OUTCOMES =
      OF_KIND.formatted("outcome")
          + "update remit.intent i set outcome = t.fields ->> 'outcome', settled_at = t.at from tail t"
          + " where i.tenant = t.tenant and i.call = t.call and i.settled_at is null";

  private static final String TASKS =
      OF_KIND.formatted("task-closed")
          + "update remit.task k set state = replace(t.fields ->> 'state', '-', '_'), closed_at = t.at"
          + " from tail t where k.tenant = t.tenant and k.id = t.task and k.state in ('open', 'held')";

  private static final String KILLS =
      OF_KIND.formatted("kill")
          + "insert into remit.kill (scope, mode, ordered_by, reason, ordered_at, told)"
          + " select distinct on (s.scope, s.mode) s.scope, s.mode, s.by,"
          + " 'taken back with the log', s.at,"
          + " case when s.tenant = '_operator' then '{}' else array[s.tenant] end"
          + " from (select t.tenant, t.at, t.seq, t.fields ->> 'scope' as scope,"
          + " coalesce(t.fields ->> 'mode', 'kill') as mode, t.fields ->> 'by' as by from tail t) s"
          + " where not exists (select from remit.entry l where l.tenant = s.tenant"
          + " and l.xid = pg_current_xact_id() and l.seq > s.seq"
          + " and case when l.kind = 'kill-lifted'"
          + " then l.leaf::jsonb -> 'fields' ->> 'scope' = s.scope else false end)"
          + " and not exists (select from remit.kill k where k.scope = s.scope and k.mode = s.mode"
          + " and k.lifted_at is null)"
          + " order by s.scope, s.mode, s.seq desc";

  private static final String HOLDS =
      OF_KIND.formatted("legal-hold-set")
          + "insert into remit.legal_hold (tenant, id, ordered_by, reason, ordered_at)"
          + " select t.tenant, t.fields ->> 'hold', t.fields ->> 'by', 'taken back with the log', t.at"
          + " from tail t on conflict do nothing";

  private static final String ERASED =
      OF_KIND.formatted("bodies-erased")
          + "update remit.entry e set body = '{}', salt = '' from tail t"
          + " where e.tenant = t.tenant and e.salt <> '' and (e.id = t.fields ->> 'entry'"
          + " or e.at < (t.fields ->> 'before')::timestamptz and exists (select from remit.leaf l"
          + " where l.tenant = e.tenant and l.entry = e.id and l.index"
          + " between (t.fields ->> 'from')::bigint and (t.fields ->> 'to')::bigint))";

  private TailState() {}

  static void apply(Connection work, TenantId tenant) throws SQLException {
    for (var statement : List.of(INTENTS, OUTCOMES, TASKS, KILLS, HOLDS, ERASED)) {
      Database.rows(work, statement, params -> params.text(tenant.value()), row -> true);
    }
  }
}
