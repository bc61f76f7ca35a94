-- The register of agents: which class may work. The seals are the server's word for rows, and nobody who serves writes
-- one but through these functions.

create table remit.agent (
  agent_class text not null,
  state text not null,
  revision bigint not null,
  detail text not null,
  since timestamptz not null,
  certified_at timestamptz,
  cause text not null,
  entry text not null,
  seal text not null,
  constraint agent_class_is_registered_once primary key (agent_class),
  constraint agent_state_is_known check (state in ('proposed', 'active', 'suspended', 'retired'))
);

-- The version with which the installation began: whoever named it by its digest launched its agents. One that began
-- before there was a register begins with the version in force.
create table remit.register_origin (
  only_row boolean not null default true,
  version text not null,
  constraint installation_begins_once primary key (only_row),
  constraint origin_is_one_row check (only_row)
);
insert into remit.register_origin (version) select a.version from remit.active_version a;

create table remit.person_gone (
  person text not null,
  at timestamptz not null,
  entry text not null,
  constraint person_goes_once primary key (person)
);

-- What agents did last when, from the committed logs; how far each was read. Figures for people, no authority.
create table remit.agent_use (
  tenant text not null,
  agent text not null,
  task_class text not null,
  tool text not null,
  last_at timestamptz not null,
  constraint use_is_noted_once primary key (tenant, agent, task_class, tool)
);
create table remit.agent_use_head (
  tenant text not null,
  next bigint not null,
  constraint uses_are_read_once primary key (tenant)
);

create index entry_of_agent on remit.entry (tenant, xid, seq)
  where kind in ('agent-proposed', 'agent-launched', 'agent-suspended', 'agent-retired', 'agent-certified');
create index entry_of_person_gone on remit.entry (tenant, xid, seq) where kind = 'person-gone';

grant select on remit.agent, remit.register_origin, remit.person_gone to remit_serve;
do $$
declare
  name text;
begin
  foreach name in array array['agent_use', 'agent_use_head'] loop
    execute format('alter table remit.%I enable row level security', name);
    execute format(
      'create policy tenant_sees_only_its_own on remit.%I
         using (tenant = current_setting(''remit.tenant'', true))
         with check (tenant = current_setting(''remit.tenant'', true))', name);
  end loop;
end
$$;

-- As before, and the first version is remembered.
create or replace function remit.activate(
  p_version text, p_activated_at timestamptz, p_tenant text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns void language plpgsql as $$
begin
  perform remit.lock_epoch();
  perform remit.begin_register(p_version);
  insert into remit.active_version as a (version, activated_at) values (p_version, p_activated_at)
  on conflict (only_row) do update set version = excluded.version, activated_at = excluded.activated_at;
  perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
end
$$;

create function remit.begin_register(p_version text) returns void
language sql security definer set search_path = remit, pg_temp as $$
  insert into remit.register_origin (version)
  select p_version where not exists (select from remit.active_version) on conflict do nothing
$$;

create function remit.agents_told() returns table (agent_class text, revision bigint)
language sql stable security definer set search_path = remit, pg_temp as $$
  select e.leaf::json -> 'fields' ->> 'agentClass', max((e.leaf::json -> 'fields' ->> 'revision')::bigint)
  from remit.entry e
  where e.kind in ('agent-proposed', 'agent-launched', 'agent-suspended', 'agent-retired', 'agent-certified')
  group by 1
$$;

-- Waits for intents that are committing, as a kill does: no later one commits under the old state. Fails as a whole
-- with RM001 when the row is at another revision. A retired class stays retired.
create function remit.change_agent(p_move json, p_tenant text, p_told json) returns void
language plpgsql security definer set search_path = remit, pg_temp as $$
declare
  v record;
begin
  perform remit.lock_epoch();
  select * into v from json_to_record(p_move)
    as m (agent_class text, state text, revision bigint, follows bigint, detail text, since timestamptz,
      certified_at timestamptz, cause text, entry text, seal text);
  if v.follows = 0 then
    insert into remit.agent (agent_class, state, revision, detail, since, certified_at, cause, entry, seal)
    values (v.agent_class, v.state, v.revision, v.detail, v.since, v.certified_at, v.cause, v.entry, v.seal)
    on conflict do nothing;
  else
    update remit.agent a
    set state = v.state, revision = v.revision, detail = v.detail, since = v.since, certified_at = v.certified_at,
      cause = v.cause, entry = v.entry, seal = v.seal
    where a.agent_class = v.agent_class and a.revision = v.follows and a.state <> 'retired';
  end if;
  if not found then
    raise exception 'a registration has changed' using errcode = 'RM001';
  end if;
  perform remit.append_entries(p_tenant, p_told);
end
$$;

create function remit.move_agent(p_move json, p_tenant text, p_told json) returns boolean
language plpgsql security definer set search_path = remit, pg_temp as $$
begin
  perform remit.change_agent(p_move, p_tenant, p_told);
  return true;
exception when sqlstate 'RM001' then
  return false;
end
$$;

create function remit.launch_agent(p_tenant text, p_proposal text, p_resolution json, p_move json, p_told json)
returns boolean language plpgsql security definer set search_path = remit, pg_temp as $$
begin
  perform remit.lock_epoch();
  if not remit.consume_open(p_tenant, p_proposal) then
    return false;
  end if;
  perform remit.append_entries(p_tenant, p_resolution);
  perform remit.change_agent(p_move, p_tenant, p_told);
  return true;
exception when sqlstate 'RM001' then
  return false;
end
$$;

create function remit.certify_agent(
  p_move json, p_tenant text, p_told json, p_person text, p_credential text, p_counter bigint, p_at timestamptz
) returns text language plpgsql security definer set search_path = remit, pg_temp as $$
begin
  perform remit.lock_epoch();
  update remit.person_key k set counter = p_counter
  where k.credential_id = p_credential and k.person = p_person and k.removed_at is null and k.active_from <= p_at
    and (p_counter > k.counter or p_counter = 0 and k.counter = 0);
  if not found then
    return 'KEY_REFUSED';
  end if;
  perform remit.change_agent(p_move, p_tenant, p_told);
  return 'DONE';
exception when sqlstate 'RM001' then
  return 'CHANGED';
end
$$;

create function remit.note_gone(p_person text, p_gone_at timestamptz, p_tenant text, p_entry_id text, p_told json)
returns boolean language plpgsql security definer set search_path = remit, pg_temp as $$
begin
  insert into remit.person_gone (person, at, entry) values (p_person, p_gone_at, p_entry_id) on conflict do nothing;
  if not found then
    return false;
  end if;
  perform remit.append_entries(p_tenant, p_told);
  return true;
end
$$;

-- Whoever the log tells of is gone, whatever the rows say.
create function remit.persons_gone() returns setof text
language sql stable security definer set search_path = remit, pg_temp as $$
  select g.person from remit.person_gone g
  union
  select e.leaf::json -> 'fields' ->> 'person' from remit.entry e where e.kind = 'person-gone'
$$;

-- Reads on, at most about so many leaves; how many were read. Leaves are canonical JSON, where a quote
-- within text is escaped: these members cannot be forged by text.
create function remit.note_agent_uses(p_leaves integer) returns bigint
language plpgsql security definer set search_path = remit, pg_temp as $$
declare
  v record;
  v_read bigint := 0;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('agent_use', 6)) then
    return 0;
  end if;
  for v in
    select h.tenant, coalesce(u.next, 0) as first, least(h.size, coalesce(u.next, 0) + p_leaves) as past
    from remit.log_head h left join remit.agent_use_head u on u.tenant = h.tenant
    where h.size > coalesce(u.next, 0)
  loop
    insert into remit.agent_use as u (tenant, agent, task_class, tool, last_at)
    select v.tenant, s.agent, s.task_class, s.tool, max(s.at)
    from (
      select e.leaf::json -> 'fields' ->> 'agent' as agent, t.task_class,
        e.leaf::json -> 'fields' ->> 'tool' as tool, e.at
      from remit.leaf l
      join remit.entry e on e.tenant = l.tenant and e.id = l.entry
      join remit.task t on t.tenant = e.tenant and t.id = e.task
      where l.tenant = v.tenant and l.index >= v.first and l.index < v.past and e.kind = 'intent'
    ) as s
    where s.agent is not null and s.tool is not null
    group by s.agent, s.task_class, s.tool
    on conflict (tenant, agent, task_class, tool) do update set last_at = greatest(u.last_at, excluded.last_at);
    insert into remit.agent_use_head (tenant, next) values (v.tenant, v.past)
    on conflict (tenant) do update set next = excluded.next;
    v_read := v_read + v.past - v.first;
    exit when v_read >= p_leaves;
  end loop;
  return v_read;
end
$$;

create function remit.uses_of_agent(p_agent_class text, p_since timestamptz)
returns table (agent text, task_class text, tool text, last_at timestamptz)
language sql stable security definer set search_path = remit, pg_temp as $$
  select u.agent, u.task_class, u.tool, u.last_at from remit.agent_use u
  where starts_with(u.agent, p_agent_class || '/') and u.last_at >= p_since
$$;

-- Whether the agent of a task may work; people who work by themselves are not in the register.
create function remit.is_active_agent(p_agent text) returns boolean language sql stable as $$
  select split_part(p_agent, '/', 1) = 'person' or exists (
    select from remit.agent g where g.agent_class = split_part(p_agent, '/', 1) and g.state = 'active')
$$;

-- As before, and for agents that may work alone: `agent-not-active` comes after the task's own end.
create or replace function remit.admit(
  p_tenant text, p_call text,
  p_task text, p_task_class text, p_ticket text, p_call_limit integer, p_hour_limit integer,
  p_kill_scopes text[], p_version text,
  p_connectors text[], p_kinds text[], p_targets text[], p_target_versions text[],
  p_proposal text,
  p_lease text, p_lease_connector text, p_principal text, p_lease_task text, p_scope text,
  p_lease_end timestamptz, p_lease_replica text,
  p_at timestamptz, p_send_by timestamptz, p_settle_by timestamptz, p_replica text,
  p_join_key text, p_join_since timestamptz,
  p_entry text, p_entry_task text, p_entry_at timestamptz, p_leaf text, p_body text, p_salt text,
  p_strict boolean, out answer text, out detail text
) language plpgsql as $$
declare
  v record;
  v_since constant timestamptz := date_bin('5 minutes', p_at, '2000-01-01Z');
  v_slot constant integer := pg_backend_pid() % 16;
  v_in_flight constant integer := remit.in_flight();
  v_strict constant boolean :=
    p_strict or p_proposal is not null or least(p_call_limit, p_hour_limit) <= 2 * v_in_flight;
begin
  perform set_config('remit.tenant', p_tenant, true), pg_advisory_xact_lock_shared(1380273481, 1);
  if p_task is not null then
    perform remit.lock_task_shared(p_tenant, p_task);
    if v_strict then
      perform pg_advisory_xact_lock(hashtextextended(p_tenant || '/' || p_task_class, 2));
    else
      perform pg_advisory_xact_lock_shared(hashtextextended(p_tenant || '/' || p_task_class, 2));
    end if;
  end if;
  if p_join_key is not null then
    perform pg_advisory_xact_lock(hashtextextended(p_tenant || '/' || p_join_key, 1));
  end if;

  select
    exists (select from remit.kill k where k.scope = any (p_kill_scopes) and k.lifted_at is null) as is_killed,
    (select a.version from remit.active_version a) as version,
    (select s.connector || '/' || s.kind || '/' || s.id
     from unnest(p_connectors, p_kinds, p_targets, p_target_versions) as s (connector, kind, id, version)
     where not exists (
       select from remit.target r
       where r.connector = s.connector and r.kind = s.kind and r.id = s.id
         and r.tenant = p_tenant and r.version = s.version and not r.is_ambiguous)
     limit 1) as changed,
    t.state, t.deadline,
    p_task is null or remit.is_active_agent(t.agent) as is_active,
    least(t.call_limit, p_call_limit) - (
      select coalesce(sum(u.calls), 0) from remit.task_use u
      where u.tenant = p_tenant and u.task = p_task) as task_left,
    p_call_limit - (
      select coalesce(sum(u.calls), 0) from remit.ticket_use u
      where u.tenant = p_tenant and u.ticket = p_ticket and u.task_class = p_task_class) as ticket_left,
    p_hour_limit - (
      select coalesce(sum(u.calls), 0) from remit.class_use u
      where u.tenant = p_tenant and u.task_class = p_task_class
        and u.since > p_at - interval '1 hour') as hour_left,
    (select i.call from remit.intent i
     where i.tenant = p_tenant and i.join_key = p_join_key and i.at >= p_join_since
     order by i.at desc limit 1) as first_call,
    p.state as proposal_state, p.use_by, p.task as proposal_task
  into v
  from (select 1) as one
  left join remit.task t on t.tenant = p_tenant and t.id = p_task
  left join remit.proposal p on p.tenant = p_tenant and p.id = p_proposal;

  answer := 'refused';
  if v.is_killed or p_task is not null and v.state = 'killed' then
    detail := 'KILLED';
  elsif p_task is not null and (v.state is distinct from 'open' or v.deadline <= p_at) then
    detail := 'NO_TASK';
  elsif not v.is_active then
    detail := 'AGENT_NOT_ACTIVE';
  elsif v.version is null then
    detail := 'POLICY_UNAVAILABLE';
  elsif v.version <> p_version then
    answer := 'changed';
    detail := 'policy';
  elsif v.changed is not null then
    answer := 'changed';
    detail := v.changed;
  elsif v.first_call is not null then
    answer := 'joined';
    detail := v.first_call;
  elsif p_proposal is not null and v.proposal_state in ('open', 'refused') then
    detail := 'APPROVAL_INSUFFICIENT';
  elsif p_proposal is not null and (v.proposal_state is distinct from 'granted' or v.use_by <= p_at
      or v.proposal_task is distinct from p_task) then
    detail := 'APPROVAL_STALE';
  elsif p_task is not null and least(v.task_left, v.ticket_left, v.hour_left) <= 0 then
    detail := 'LIMIT_EXCEEDED';
  elsif p_task is not null and not v_strict
    and least(v.task_left, v.ticket_left, v.hour_left) <= v_in_flight then
    answer := 'strict';
    detail := '';
  end if;
  if detail is not null then
    return;
  end if;

  if p_task is not null then
    insert into remit.task_use as u (tenant, task, slot, calls) values (p_tenant, p_task, v_slot, 1)
    on conflict (tenant, task, slot) do update set calls = u.calls + 1;
    insert into remit.ticket_use as u (tenant, ticket, task_class, slot, calls)
    values (p_tenant, p_ticket, p_task_class, v_slot, 1)
    on conflict (tenant, ticket, task_class, slot) do update set calls = u.calls + 1;
    insert into remit.class_use as u (tenant, task_class, since, slot, calls)
    values (p_tenant, p_task_class, v_since, v_slot, 1)
    on conflict (tenant, task_class, since, slot) do update set calls = u.calls + 1;
  end if;
  if p_proposal is not null then
    update remit.proposal p set state = 'consumed'
    where p.tenant = p_tenant and p.id = p_proposal and p.state = 'granted';
    if not found then
      raise exception using errcode = 'RM409', message = 'an approval was ended while it was used';
    end if;
  end if;
  if p_lease is not null then
    insert into remit.lease (tenant, id, connector, principal, task, scope, ends_at, replica, state)
    values (p_tenant, p_lease, p_lease_connector, p_principal, p_lease_task, p_scope, p_lease_end, p_lease_replica,
      'intended');
  end if;
  insert into remit.intent (tenant, call, task, task_class, proposal, lease, at, send_by, settle_by, replica,
    join_key)
  values (p_tenant, p_call, p_task, p_task_class, p_proposal, p_lease, p_at, p_send_by, p_settle_by, p_replica,
    p_join_key);
  insert into remit.entry (tenant, id, kind, call, task, at, leaf, body, salt)
  values (p_tenant, p_entry, 'intent', p_call, p_entry_task, p_entry_at, p_leaf, p_body, p_salt);
  answer := 'admitted';
end
$$;
