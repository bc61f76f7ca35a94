-- How far each sink of events has got in each tenant's log: `next` is the index of the first leaf that its receiver
-- has not acknowledged. It only grows.
create table remit.sink_cursor (
  tenant text not null,
  sink text not null,
  next bigint not null,
  moved_at timestamptz not null,
  constraint sink_is_at_one_place primary key (tenant, sink),
  constraint sink_is_within_a_log check (next >= 0)
);
grant select, insert on remit.sink_cursor to remit_serve;
grant update (next, moved_at) on remit.sink_cursor to remit_serve;

alter table remit.sink_cursor enable row level security;
create policy tenant_sees_only_its_own on remit.sink_cursor
  using (tenant = current_setting('remit.tenant', true))
  with check (tenant = current_setting('remit.tenant', true));

create function remit.keep_sink_cursor() returns trigger
language plpgsql set search_path = remit, pg_temp as $$
begin
  if new.next < old.next then
    raise exception 'a cursor of a sink only grows';
  end if;
  return new;
end
$$;
create trigger sink_cursor_only_grows before update on remit.sink_cursor
  for each row execute function remit.keep_sink_cursor();

-- What a sink has still to send: only names and sizes leave this, entries are read with their tenant named.
-- No tenants means all of them.
create function remit.sink_work(p_sink text, p_tenants text[])
returns table (tenant text, next bigint, size bigint, since timestamptz)
language sql stable security definer set search_path = remit, pg_temp as $$
  select h.tenant, coalesce(c.next, 0), h.size, e.at
  from remit.log_head h
  left join remit.sink_cursor c on c.tenant = h.tenant and c.sink = p_sink
  join remit.leaf l on l.tenant = h.tenant and l.index = coalesce(c.next, 0)
  join remit.entry e on e.tenant = l.tenant and e.id = l.entry
  where h.size > coalesce(c.next, 0) and (cardinality(p_tenants) = 0 or h.tenant = any (p_tenants))
  order by h.tenant
$$;

-- Figures of the whole installation for those who run it; no name of a client leaves this. A count stops at 100,000.
create function remit.installation_figures(p_at timestamptz) returns table (name text, value double precision)
language sql stable security definer set search_path = remit, pg_temp as $$
  select 'approvals_open', count(*)::float8 from remit.proposal p where p.state = 'open' and p.answer_by > p_at
  union all
  select 'leases_live', count(*)::float8 from remit.lease l where l.state <> 'revoked' and l.ends_at > p_at
  union all
  select 'leases_exposed', count(*)::float8 from remit.lease l where l.state <> 'revoked' and l.ends_at <= p_at
  union all
  select 'leases_revoking', count(*)::float8 from remit.lease l where l.state = 'revoking'
  union all
  select 'tasks_open', count(*)::float8 from remit.task t where t.state in ('open', 'held')
  union all
  select 'calls_running', count(*)::float8 from remit.intent i where i.settled_at is null
  union all
  select 'kills_in_force', count(*)::float8 from remit.kill k where k.lifted_at is null
  union all
  select 'log_entries_waiting', coalesce(sum(w.waiting), 0)::float8
  from (select remit.tenants_to_integrate() as tenant) n
  left join remit.log_head h on h.tenant = n.tenant
  cross join lateral (
    select count(*) as waiting from (
      select from remit.entry e
      where e.tenant = n.tenant and (e.xid, e.seq) > (coalesce(h.xid, '0'::xid8), coalesce(h.seq, 0))
      limit 100000) x) w
  union all
  select 'log_oldest_waiting_seconds', coalesce(extract(epoch from p_at - min(o.at)), 0)::float8
  from (select remit.tenants_to_integrate() as tenant) n
  left join remit.log_head h on h.tenant = n.tenant
  cross join lateral (
    select e.at from remit.entry e
    where e.tenant = n.tenant and (e.xid, e.seq) > (coalesce(h.xid, '0'::xid8), coalesce(h.seq, 0))
    order by e.xid, e.seq limit 1) o
  union all
  select 'log_unwitnessed_seconds', coalesce(extract(epoch from p_at - min(u.at)), 0)::float8
  from remit.log_head h
  cross join lateral (
    select c.at from remit.checkpoint c
    where c.tenant = h.tenant
      and c.size > coalesce((select max(x.size) from remit.cosignature x where x.tenant = h.tenant), 0)
    order by c.size limit 1) u
$$;
