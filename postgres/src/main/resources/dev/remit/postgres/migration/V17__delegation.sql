-- Tasks that were handed on: the tasks above one are known by its row and never change, the first one first.
--
-- A chain is locked from the top: root, then each below, then the task itself. Whoever adds to it or acts in it holds
-- the locks of all above shared; whoever ends a task holds its own alone. So nothing is opened or admitted below a task
-- while it ends, and nothing afterwards. Words of outsiders are marked for the whole tree, under the root's lock alone.

alter table remit.task
  add column chain text[] not null default '{}',
  add column root text,
  add constraint chain_begins_at_its_root check (root is not distinct from chain[1]),
  add constraint chain_has_no_gap check (array_position(chain, null) is null),
  add constraint task_is_not_above_itself check (not (id = any (chain)));
create index task_live_of_root on remit.task (tenant, root) where root is not null and state in ('open', 'held');

-- The ticket of a task that was handed on is its parent's.
drop index remit.one_open_task_per_ticket_and_class;
create unique index one_open_task_per_ticket_and_class
  on remit.task (tenant, connector, ticket, task_class) where state in ('open', 'held') and root is null;

create or replace function remit.open_task(
  p_tenant text, p_id text, p_agent text, p_instance text, p_task_class text, p_connector text, p_ticket text,
  p_call_limit integer, p_opened_at timestamptz, p_deadline timestamptz, p_kill_scopes text[], p_detail text,
  p_version text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns text language plpgsql as $$
declare
  v_version text;
begin
  perform set_config('remit.tenant', p_tenant, true);
  perform remit.lock_epoch_shared();
  if exists (select from remit.kill k where k.scope = any (p_kill_scopes) and k.lifted_at is null) then
    return 'KILLED';
  end if;
  if not remit.is_active_agent(p_agent) then
    return 'AGENT_NOT_ACTIVE';
  end if;
  select a.version into v_version from remit.active_version a;
  if v_version is distinct from p_version then
    return 'POLICY_UNAVAILABLE';
  end if;
  insert into remit.task (tenant, id, agent, instance, task_class, connector, ticket, state, call_limit, opened_at,
    deadline, kill_scope, detail)
  values (p_tenant, p_id, p_agent, p_instance, p_task_class, p_connector, p_ticket, 'open', p_call_limit,
    p_opened_at, p_deadline, p_kill_scopes, p_detail)
  on conflict (tenant, connector, ticket, task_class) where state in ('open', 'held') and root is null do nothing;
  if not found then
    return 'NO_GROUND';
  end if;
  perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
  return null;
end
$$;

create function remit.lock_chain_shared(p_tenant text, p_chain text[]) returns void language plpgsql as $$
declare
  v_task text;
begin
  foreach v_task in array p_chain loop
    perform remit.lock_task_shared(p_tenant, v_task);
  end loop;
end
$$;

-- As `open_task`, below an open chain. Openings below one root go one after the other, so that their number holds.
create function remit.open_child(
  p_chain text[], p_at_once integer,
  p_tenant text, p_id text, p_agent text, p_instance text, p_task_class text, p_connector text, p_ticket text,
  p_call_limit integer, p_opened_at timestamptz, p_deadline timestamptz, p_kill_scopes text[], p_detail text,
  p_version text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns text language plpgsql as $$
declare
  v_parent remit.task;
  v_version text;
begin
  perform set_config('remit.tenant', p_tenant, true);
  perform remit.lock_epoch_shared();
  perform remit.lock_task(p_tenant, p_chain[1]);
  perform remit.lock_chain_shared(p_tenant, p_chain[2:]);
  if exists (select from remit.kill k where k.scope = any (p_kill_scopes) and k.lifted_at is null) then
    return 'KILLED';
  end if;
  if not remit.is_active_agent(p_agent) then
    return 'AGENT_NOT_ACTIVE';
  end if;
  select a.version into v_version from remit.active_version a;
  if v_version is distinct from p_version then
    return 'POLICY_UNAVAILABLE';
  end if;
  select t.* into v_parent from remit.task t where t.tenant = p_tenant and t.id = p_chain[cardinality(p_chain)];
  if v_parent.id is null or v_parent.chain || v_parent.id <> p_chain
    or cardinality(p_chain) <> (
      select count(*) from remit.task t
      where t.tenant = p_tenant and t.id = any (p_chain) and t.state = 'open' and t.deadline > p_opened_at)
  then
    return 'NO_TASK';
  end if;
  if p_deadline > v_parent.deadline or p_call_limit > v_parent.call_limit
    or p_connector <> v_parent.connector or p_ticket <> v_parent.ticket
  then
    return 'OUTSIDE_TASK';
  end if;
  if p_at_once <= (
    select count(*) from remit.task t
    where t.tenant = p_tenant and t.root = p_chain[1] and t.state in ('open', 'held'))
  then
    return 'LIMIT_EXCEEDED';
  end if;
  insert into remit.task (tenant, id, agent, instance, task_class, connector, ticket, state, call_limit, opened_at,
    deadline, kill_scope, detail, read_untrusted, chain, root)
  values (p_tenant, p_id, p_agent, p_instance, p_task_class, p_connector, p_ticket, 'open', p_call_limit,
    p_opened_at, p_deadline, p_kill_scopes, p_detail, v_parent.read_untrusted, p_chain, p_chain[1]);
  perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
  return null;
end
$$;

-- Moves a task to another state and ends what lives below it, each with its entry. Answers `moved`; `elsewhere`: it was
-- in none of the states it could be moved from; `below`: there is more below it than was named, and nothing was done.
create function remit.move_task(
  p_from text[], p_to text, p_moved_at timestamptz, p_below text[], p_below_states text[], p_below_entries json,
  p_tenant text, p_id text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns text language plpgsql as $$
declare
  v_chain text[];
begin
  perform set_config('remit.tenant', p_tenant, true);
  perform remit.lock_epoch_shared();
  select t.chain into v_chain from remit.task t where t.tenant = p_tenant and t.id = p_id;
  if not found then
    return 'elsewhere';
  end if;
  perform remit.lock_chain_shared(p_tenant, v_chain);
  perform remit.lock_task(p_tenant, p_id);
  if p_to <> 'open' and exists (
    select from remit.task t
    where t.tenant = p_tenant and t.root = coalesce(v_chain[1], p_id) and p_id = any (t.chain)
      and t.state in ('open', 'held') and t.id <> all (p_below))
  then
    return 'below';
  end if;
  update remit.task t
  set state = p_to, closed_at = case when p_to in ('open', 'held') then null else p_moved_at end
  where t.tenant = p_tenant and t.id = p_id and t.state in ('open', 'held') and t.state = any (p_from);
  if not found then
    return 'elsewhere';
  end if;
  perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
  for i in 1 .. cardinality(p_below) loop
    update remit.task t set state = p_below_states[i], closed_at = p_moved_at
    where t.tenant = p_tenant and t.id = p_below[i] and p_id = any (t.chain) and t.state in ('open', 'held');
    if found then
      perform remit.append_entries(p_tenant, json_build_array(p_below_entries -> (i - 1)));
    end if;
  end loop;
  return 'moved';
end
$$;

-- There is no other way to end or to turn a task, which would leave what is below it alive.
drop function remit.close_task(
  text, text, text, timestamptz, text, text, text, text, timestamptz, text, text, text);
drop function remit.turn_task(text, text, text, text, text, text, text, text, timestamptz, text, text, text);

-- As `admit_counted`, for one intent of a task that was handed on: every task above is open and has room, and is
-- counted, too. Calls of a chain go one after the other through the limits of all its classes.
create function remit.admit_child(
  p_chain text[], p_classes text[], p_hours integer[],
  p_tenant text[], p_call text[], p_task text[], p_task_class text[], p_ticket text[], p_call_limit integer[],
  p_hour_limit integer[], p_kill_scopes text[], p_version text[], p_connectors text[], p_kinds text[], p_targets
  text[], p_target_versions text[], p_proposal text[], p_lease text[], p_lease_connector text[], p_principal
  text[], p_lease_task text[], p_scope text[], p_lease_end timestamptz[], p_lease_replica text[], p_at
  timestamptz[], p_send_by timestamptz[], p_settle_by timestamptz[], p_replica text[], p_join_key text[],
  p_join_since timestamptz[], p_entry text[], p_entry_task text[], p_entry_at timestamptz[], p_leaf text[],
  p_body text[], p_salt text[], p_strict boolean[], p_limits text[], p_has_read boolean[]
) returns table (answer text, detail text) language plpgsql as $$
declare
  v record;
  v_since constant timestamptz := date_bin('5 minutes', p_at[1], '2000-01-01Z');
  v_slot constant integer := pg_backend_pid() % 16;
begin
  if cardinality(p_call) <> 1 then
    raise exception 'calls of a chain are admitted one by one';
  end if;
  perform set_config('remit.tenant', p_tenant[1], true);
  perform remit.lock_epoch_shared();
  perform remit.lock_chain_shared(p_tenant[1], p_chain || p_task[1]);
  perform pg_advisory_xact_lock(hashtextextended(p_tenant[1] || '/' || s.class, 2))
  from (select distinct c.class from unnest(p_classes || p_task_class) as c (class) order by c.class) as s;

  select
    coalesce(bool_or(t.state = 'killed'), false) as is_killed,
    count(*) filter (where t.state = 'open' and t.deadline > p_at[1]) as open,
    min(t.call_limit - (
      select coalesce(sum(u.calls), 0) from remit.task_use u
      where u.tenant = p_tenant[1] and u.task = t.id)) as task_left,
    min(t.call_limit - (
      select coalesce(sum(u.calls), 0) from remit.ticket_use u
      where u.tenant = p_tenant[1] and u.ticket = p_ticket[1] and u.task_class = t.task_class)) as ticket_left,
    min(c.hours - (
      select coalesce(sum(u.calls), 0) from remit.class_use u
      where u.tenant = p_tenant[1] and u.task_class = t.task_class
        and u.since > p_at[1] - interval '1 hour')) as hour_left,
    coalesce(bool_and(t.task_class = c.class), false) as is_as_known
  into v
  from unnest(p_chain, p_classes, p_hours) as c (id, class, hours)
  join remit.task t on t.tenant = p_tenant[1] and t.id = c.id;
  if v.is_killed then
    return query select 'refused', 'KILLED';
    return;
  end if;
  if v.open <> cardinality(p_chain) or not v.is_as_known or not exists (
    select from remit.task t where t.tenant = p_tenant[1] and t.id = p_task[1] and t.chain = p_chain)
  then
    return query select 'refused', 'NO_TASK';
    return;
  end if;
  if least(v.task_left, v.ticket_left, v.hour_left) <= 0 then
    p_call_limit := array[0];
  end if;
  select a.answer, a.detail into answer, detail from remit.admit_counted(
    p_tenant, p_call, p_task, p_task_class, p_ticket, p_call_limit, p_hour_limit, p_kill_scopes, p_version,
    p_connectors, p_kinds, p_targets, p_target_versions, p_proposal, p_lease, p_lease_connector, p_principal,
    p_lease_task, p_scope, p_lease_end, p_lease_replica, p_at, p_send_by, p_settle_by, p_replica, p_join_key,
    p_join_since, p_entry, p_entry_task, p_entry_at, p_leaf, p_body, p_salt, array[true], p_limits, p_has_read) as a;
  if answer = 'admitted' then
    insert into remit.task_use as u (tenant, task, slot, calls)
    select p_tenant[1], c.id, v_slot, 1 from unnest(p_chain) as c (id)
    on conflict (tenant, task, slot) do update set calls = u.calls + 1;
    insert into remit.ticket_use as u (tenant, ticket, task_class, slot, calls)
    select distinct p_tenant[1], p_ticket[1], c.class, v_slot, 1 from unnest(p_classes) as c (class)
    where c.class <> p_task_class[1]
    on conflict (tenant, ticket, task_class, slot) do update set calls = u.calls + 1;
    insert into remit.class_use as u (tenant, task_class, since, slot, calls)
    select distinct p_tenant[1], c.class, v_since, v_slot, 1 from unnest(p_classes) as c (class)
    where c.class <> p_task_class[1]
    on conflict (tenant, task_class, since, slot) do update set calls = u.calls + 1;
  end if;
  return next;
end
$$;

-- As before; where the reader belongs to a tree, all of it is marked: what one agent was told, the others may hear.
create or replace function remit.settle_read(
  p_tenant text[], p_call text[], p_outcome text[], p_ended_lease text[], p_at timestamptz[], p_entry text[],
  p_entry_task text[], p_entry_at timestamptz[], p_leaf text[], p_late_leaf text[], p_body text[], p_salt text[],
  p_reader text[]
) returns table (is_first boolean) language plpgsql as $$
declare
  v record;
  v_root text;
begin
  if cardinality(array_remove(p_reader, null)) > 0 then
    perform remit.lock_epoch_shared();
    for v in
      select distinct u.tenant, u.reader from unnest(p_tenant, p_reader) as u (tenant, reader)
      where u.reader is not null order by 1, 2
    loop
      perform set_config('remit.tenant', v.tenant, true);
      select coalesce(t.root, t.id) into v_root from remit.task t
      where t.tenant = v.tenant and t.id = v.reader and not t.read_untrusted;
      if found then
        perform remit.lock_task(v.tenant, v_root);
        update remit.task t set read_untrusted = true
        where t.tenant = v.tenant and t.id = v_root and not t.read_untrusted;
        update remit.task t set read_untrusted = true
        where t.tenant = v.tenant and t.root = v_root and t.state in ('open', 'held') and not t.read_untrusted;
        update remit.task t set read_untrusted = true
        where t.tenant = v.tenant and t.id = v.reader and not t.read_untrusted;
      end if;
    end loop;
  end if;
  return query
  select s.is_first from remit.settle_together(
    p_tenant, p_call, p_outcome, p_ended_lease, p_at, p_entry, p_entry_task, p_entry_at, p_leaf, p_late_leaf,
    p_body, p_salt) as s;
end
$$;
