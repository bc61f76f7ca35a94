-- Oversight: effects to certify, what the log says of each kind of work, and levels of autonomy. All of it follows from
-- the log; the seals are the server's word for rows, and nobody who serves writes one but through these functions.

-- How far a log was read.
create table remit.oversight_head (
  tenant text not null,
  next bigint not null,
  constraint log_is_read_once primary key (tenant)
);

-- What was done before there was oversight is not looked at: reading begins where the logs stand now.
insert into remit.oversight_head (tenant, next) select h.tenant, h.size from remit.log_head h;

create table remit.certification (
  tenant text not null,
  call text not null,
  agent_class text not null,
  task_class text not null,
  grade text not null,
  outcome text not null,
  digest text not null,
  detail text not null,
  at timestamptz not null,
  due_at timestamptz not null,
  state text not null,
  is_counted boolean not null,
  seal text not null,
  constraint effect_is_certified_once primary key (tenant, call),
  constraint certification_state_is_known check (state in ('open', 'certified', 'objected'))
);
create index certification_open on remit.certification (tenant, due_at, call) where state = 'open';
create index certification_overdue on remit.certification (due_at) where not is_counted;

create table remit.autonomy (
  tenant text not null,
  agent_class text not null,
  task_class text not null,
  level text not null,
  revision bigint not null,
  since timestamptz not null,
  entry text not null,
  cause text not null,
  seal text not null,
  constraint scope_has_one_level primary key (tenant, agent_class, task_class)
);

create table remit.autonomy_tally (
  tenant text not null,
  agent_class text not null,
  task_class text not null,
  detail text not null,
  seal text not null,
  constraint scope_has_one_tally primary key (tenant, agent_class, task_class)
);

create index entry_of_autonomy on remit.entry (tenant, xid, seq) where kind in ('autonomy-raised', 'autonomy-lowered');

grant select on remit.oversight_head, remit.certification, remit.autonomy, remit.autonomy_tally to remit_serve;
do $$
declare
  name text;
begin
  foreach name in array array['oversight_head', 'certification', 'autonomy', 'autonomy_tally'] loop
    execute format('alter table remit.%I enable row level security', name);
    execute format(
      'create policy tenant_sees_only_its_own on remit.%I
         using (tenant = current_setting(''remit.tenant'', true))
         with check (tenant = current_setting(''remit.tenant'', true))', name);
  end loop;
end
$$;

-- Levels cross tenants: every process knows all of them.
create function remit.autonomy_levels() returns setof remit.autonomy
language sql stable security definer set search_path = remit, pg_temp as
  'select a.* from remit.autonomy a';

-- The last change of each level that a log tells of.
create function remit.autonomy_told() returns table (tenant text, agent_class text, task_class text, revision bigint)
language sql stable security definer set search_path = remit, pg_temp as $$
  select e.tenant, e.leaf::json -> 'fields' ->> 'agentClass', e.leaf::json -> 'fields' ->> 'taskClass',
    max((e.leaf::json -> 'fields' ->> 'revision')::bigint)
  from remit.entry e
  where e.kind in ('autonomy-raised', 'autonomy-lowered')
  group by 1, 2, 3
$$;

-- Logs with leaves that were not read; the one with most comes first.
create function remit.oversight_behind(p_limit integer) returns table (tenant text, next bigint)
language sql stable security definer set search_path = remit, pg_temp as $$
  select h.tenant, coalesce(o.next, 0)
  from remit.log_head h left join remit.oversight_head o on o.tenant = h.tenant
  where h.size > coalesce(o.next, 0)
  order by h.size - coalesce(o.next, 0) desc, h.tenant limit p_limit
$$;

create function remit.oversight_end(p_tenant text, p_from bigint, p_leaves integer) returns bigint
language sql stable security definer set search_path = remit, pg_temp as $$
  select coalesce(max(least(h.size, p_from + p_leaves)), p_from) from remit.log_head h where h.tenant = p_tenant
$$;

-- Leaves are canonical JSON, where a quote within text is escaped: these members cannot be forged by text.
create function remit.oversight_events(p_tenant text, p_from bigint, p_end bigint)
returns table (
  kind text, leaf text, call text, at timestamptz, task_class text, intent_leaf text, intent_body text, approval text,
  mismatches bigint)
language sql stable security definer set search_path = remit, pg_temp as $$
  select e.kind, e.leaf, e.call, e.at, t.task_class, i.leaf, i.body, n.proposal,
    case when e.kind = 'refusal' and position('"reason":"tenant-mismatch"' in e.leaf) > 0 then (
      select count(*) from remit.entry m
      where m.tenant = e.tenant and m.task = e.task and m.kind = 'refusal' and (m.xid, m.seq) <= (e.xid, e.seq)
        and position('"reason":"tenant-mismatch"' in m.leaf) > 0)
    else 0 end
  from remit.leaf l
  join remit.entry e on e.tenant = l.tenant and e.id = l.entry
  left join remit.task t on t.tenant = e.tenant and t.id = e.task
  left join lateral (
    select o.leaf, o.body from remit.entry o
    where e.kind = 'outcome' and o.tenant = e.tenant and o.call = e.call and o.kind = 'intent' limit 1) i on true
  left join remit.intent n on e.kind = 'outcome' and n.tenant = e.tenant and n.call = e.call
  where l.tenant = p_tenant and l.index >= p_from and l.index < p_end
    and (
      e.kind in ('refusal', 'kill', 'certified', 'objected', 'autonomy-raised', 'autonomy-lowered')
      or e.kind = 'outcome' and position('"effect":"' in i.leaf) > 0
        and position('"effect":"observe"' in i.leaf) = 0)
  order by l.index
$$;

create function remit.append_entries(p_tenant text, p_entries json) returns void language plpgsql as $$
declare
  v record;
begin
  for v in
    select * from json_to_recordset(p_entries)
      as e (id text, kind text, call text, task text, at timestamptz, leaf text, body text, salt text)
  loop
    perform remit.append_entry(p_tenant, v.id, v.kind, v.call, v.task, v.at, v.leaf, v.body, v.salt);
  end loop;
end
$$;

-- Each change names the stored revision that it follows; 0 means that there is none. Fails as a whole with RM001 when a
-- level is at another one.
create function remit.change_levels(p_tenant text, p_changes json) returns void
language plpgsql security definer set search_path = remit, pg_temp as $$
declare
  v record;
begin
  for v in
    select * from json_to_recordset(p_changes)
      as c (agent_class text, task_class text, level text, revision bigint, follows bigint, since timestamptz,
        entry text, cause text, seal text, told json)
  loop
    if v.follows = 0 then
      insert into remit.autonomy (tenant, agent_class, task_class, level, revision, since, entry, cause, seal)
      values (p_tenant, v.agent_class, v.task_class, v.level, v.revision, v.since, v.entry, v.cause, v.seal)
      on conflict do nothing;
    else
      update remit.autonomy a
      set level = v.level, revision = v.revision, since = v.since, entry = v.entry, cause = v.cause, seal = v.seal
      where a.tenant = p_tenant and a.agent_class = v.agent_class and a.task_class = v.task_class
        and a.revision = v.follows;
    end if;
    if not found then
      raise exception 'a level has changed' using errcode = 'RM001';
    end if;
    perform remit.append_entries(p_tenant, v.told);
  end loop;
end
$$;

create function remit.oversight_advance(
  p_tenant text, p_from bigint, p_end bigint, p_items json, p_tallies json, p_changes json
) returns boolean language plpgsql security definer set search_path = remit, pg_temp as $$
begin
  insert into remit.oversight_head (tenant, next) values (p_tenant, 0) on conflict do nothing;
  update remit.oversight_head h set next = p_end where h.tenant = p_tenant and h.next = p_from;
  if not found then
    return false;
  end if;
  insert into remit.certification (tenant, call, agent_class, task_class, grade, outcome, digest, detail, at, due_at,
    state, is_counted, seal)
  select p_tenant, c.call, c.agent_class, c.task_class, c.grade, c.outcome, c.digest, c.detail, c.at, c.due_at, 'open',
    false, c.seal
  from json_to_recordset(p_items)
    as c (call text, agent_class text, task_class text, grade text, outcome text, digest text, detail text,
      at timestamptz, due_at timestamptz, seal text)
  on conflict do nothing;
  insert into remit.autonomy_tally as t (tenant, agent_class, task_class, detail, seal)
  select p_tenant, c.agent_class, c.task_class, c.detail, c.seal
  from json_to_recordset(p_tallies) as c (agent_class text, task_class text, detail text, seal text)
  on conflict (tenant, agent_class, task_class) do update set detail = excluded.detail, seal = excluded.seal;
  perform remit.change_levels(p_tenant, p_changes);
  return true;
exception when sqlstate 'RM001' then
  return false;
end
$$;

-- Whether somebody looked at an effect is the log's word; a row that only says so hides nothing.
create function remit.overdue_certifications(p_due_by timestamptz, p_limit integer) returns setof remit.certification
language sql stable security definer set search_path = remit, pg_temp as $$
  select c.* from remit.certification c
  where not c.is_counted and c.due_at <= p_due_by
    and not exists (
      select from remit.entry e
      where e.tenant = c.tenant and e.call = c.call and e.kind in ('certified', 'objected'))
  order by c.due_at, c.tenant, c.call limit p_limit
$$;

create function remit.waiting_certifications(p_tenants text[], p_at timestamptz)
returns table (tenant text, waiting bigint, overdue bigint)
language sql stable security definer set search_path = remit, pg_temp as $$
  select c.tenant, count(*), count(*) filter (where c.due_at <= p_at)
  from remit.certification c where c.tenant = any (p_tenants) and c.state = 'open' group by c.tenant
$$;

create function remit.count_certifications(p_tenant text, p_calls text[], p_seals text[], p_changes json)
returns boolean language plpgsql security definer set search_path = remit, pg_temp as $$
begin
  perform from remit.certification c
  where c.tenant = p_tenant and c.call = any (p_calls) order by c.call for update;
  update remit.certification c set is_counted = true, state = 'open', seal = s.seal
  from unnest(p_calls, p_seals) as s (call, seal)
  where c.tenant = p_tenant and c.call = s.call and not c.is_counted
    and not exists (
      select from remit.entry e
      where e.tenant = c.tenant and e.call = c.call and e.kind in ('certified', 'objected'));
  declare
    v_counted integer;
  begin
    get diagnostics v_counted = row_count;
    if v_counted <> cardinality(p_calls) then
      raise exception 'not all of them wait' using errcode = 'RM001';
    end if;
  end;
  perform remit.change_levels(p_tenant, p_changes);
  return true;
exception when sqlstate 'RM001' then
  return false;
end
$$;

-- One gesture over several effects: all of them or none.
create function remit.certify(
  p_tenant text, p_calls text[], p_seals text[], p_state text, p_person text, p_credential text, p_counter bigint,
  p_at timestamptz, p_entries json, p_changes json
) returns text language plpgsql security definer set search_path = remit, pg_temp as $$
declare
  v_done integer;
begin
  perform from remit.certification c
  where c.tenant = p_tenant and c.call = any (p_calls) order by c.call for update;
  update remit.certification c set state = p_state, is_counted = true, seal = s.seal
  from unnest(p_calls, p_seals) as s (call, seal)
  where c.tenant = p_tenant and c.call = s.call and c.state = 'open';
  get diagnostics v_done = row_count;
  if v_done <> cardinality(p_calls) then
    raise exception 'one of them is not open' using errcode = 'RM002';
  end if;
  update remit.person_key k set counter = p_counter
  where k.credential_id = p_credential and k.person = p_person and k.removed_at is null and k.active_from <= p_at
    and (p_counter > k.counter or p_counter = 0 and k.counter = 0);
  if not found then
    raise exception 'the key does not count' using errcode = 'RM003';
  end if;
  perform remit.append_entries(p_tenant, p_entries);
  perform remit.change_levels(p_tenant, p_changes);
  return 'DONE';
exception
  when sqlstate 'RM001' then return 'CHANGED';
  when sqlstate 'RM002' then return 'CLOSED';
  when sqlstate 'RM003' then return 'KEY_REFUSED';
end
$$;

create function remit.promote(p_tenant text, p_proposal text, p_resolution json, p_changes json) returns boolean
language plpgsql security definer set search_path = remit, pg_temp as $$
begin
  if not remit.consume_open(p_tenant, p_proposal) then
    return false;
  end if;
  perform remit.append_entries(p_tenant, p_resolution);
  perform remit.change_levels(p_tenant, p_changes);
  return true;
exception when sqlstate 'RM001' then
  return false;
end
$$;
