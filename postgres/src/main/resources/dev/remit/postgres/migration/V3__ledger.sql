-- The ledger: an effect commits with its evidence or not at all.
--
-- One installation-wide epoch lock orders effects against kills and activations: those take it exclusively,
-- effects take it shared and hold it until they commit. Each statement below has a snapshot of its own (READ
-- COMMITTED, volatile function), so what is read after the lock includes every kill that was ordered before.

create function remit.lock_epoch_shared() returns void language sql as
  'select pg_advisory_xact_lock_shared(1380273481, 1)';
create function remit.lock_epoch() returns void language sql as
  'select pg_advisory_xact_lock(1380273481, 1)';

-- Calls hold their task's lock shared until they commit; whoever ends it takes it alone.
create function remit.lock_task_shared(p_tenant text, p_task text) returns void language sql as
  $$select pg_advisory_xact_lock_shared(hashtextextended(p_tenant || '/' || p_task, 3))$$;
create function remit.lock_task(p_tenant text, p_task text) returns void language sql as
  $$select pg_advisory_xact_lock(hashtextextended(p_tenant || '/' || p_task, 3))$$;

-- Calls in flight at once, at most: what each connection may have gathered into its transaction.
create function remit.in_flight() returns integer language sql stable as
  $$select 32 * current_setting('max_connections')::integer$$;

create function remit.append_entry(
  p_tenant text, p_id text, p_kind text, p_call text, p_task text, p_at timestamptz, p_leaf text, p_body text,
  p_salt text
) returns void language plpgsql as $$
begin
  perform set_config('remit.tenant', p_tenant, true);
  insert into remit.entry (tenant, id, kind, call, task, at, leaf, body, salt)
  values (p_tenant, p_id, p_kind, p_call, p_task, p_at, p_leaf, p_body, p_salt);
end
$$;

-- Answers: `admitted`; `joined` with the first call; `refused` with a reason code; `changed` with what changed;
-- `strict`: nothing was done, ask again with p_strict.
--
-- Locks come first, then one statement reads every condition, then come the writes. What was read stays true until
-- the commit: kills and the version by the epoch lock, the task's end by its own, equal calls by that of their join
-- key. Lock order: epoch, task, class, join key.
--
-- Limits: the lock of a class in a tenant is shared while every count stays further from its limit than there can be
-- calls in flight (all connections' together), so those together cannot pass it and need not wait for each other. Closer than
-- that, and for approvals, it is exclusive: one call after the other.
create function remit.admit(
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

-- Several intents in one transaction, each decided as if it came alone; lists within come in their text form. All
-- locks are taken first and in the order above, whatever the order of the intents.
create function remit.admit_together(
  p_tenant text[], p_call text[], p_task text[], p_task_class text[], p_ticket text[], p_call_limit integer[],
  p_hour_limit integer[], p_kill_scopes text[], p_version text[], p_connectors text[], p_kinds text[], p_targets
  text[], p_target_versions text[], p_proposal text[], p_lease text[], p_lease_connector text[], p_principal
  text[], p_lease_task text[], p_scope text[], p_lease_end timestamptz[], p_lease_replica text[], p_at
  timestamptz[], p_send_by timestamptz[], p_settle_by timestamptz[], p_replica text[], p_join_key text[],
  p_join_since timestamptz[], p_entry text[], p_entry_task text[], p_entry_at timestamptz[], p_leaf text[],
  p_body text[], p_salt text[], p_strict boolean[]
) returns table (answer text, detail text) language plpgsql as $$
begin
  if cardinality(p_call) > 1 then
    perform pg_advisory_xact_lock_shared(1380273481, 1);
    perform remit.lock_task_shared(s.tenant, s.task)
    from (
      select distinct u.tenant, u.task from unnest(p_tenant, p_task) as u (tenant, task)
      where u.task is not null order by u.tenant, u.task) as s;
    perform
      case when s.is_strict then pg_advisory_xact_lock(hashtextextended(s.tenant || '/' || s.class, 2))
        else pg_advisory_xact_lock_shared(hashtextextended(s.tenant || '/' || s.class, 2)) end
    from (
      select u.tenant, u.class,
        bool_or(u.strict or u.proposal is not null or least(u.calls, u.hour) <= 2 * remit.in_flight()) as is_strict
      from unnest(p_tenant, p_task_class, p_strict, p_proposal, p_call_limit, p_hour_limit)
        as u (tenant, class, strict, proposal, calls, hour)
      where u.class is not null group by u.tenant, u.class order by u.tenant, u.class) as s;
  end if;
  return query
  select a.answer, a.detail
  from unnest(
    p_tenant, p_call, p_task, p_task_class, p_ticket, p_call_limit, p_hour_limit, p_kill_scopes, p_version,
    p_connectors, p_kinds, p_targets, p_target_versions, p_proposal, p_lease, p_lease_connector, p_principal,
    p_lease_task, p_scope, p_lease_end, p_lease_replica, p_at, p_send_by, p_settle_by, p_replica, p_join_key,
    p_join_since, p_entry, p_entry_task, p_entry_at, p_leaf, p_body, p_salt, p_strict)
    with ordinality as r (
      tenant_, call_, task_, task_class_, ticket_, call_limit_, hour_limit_, kill_scopes_, version_,
      connectors_, kinds_, targets_, target_versions_, proposal_, lease_, lease_connector_, principal_,
      lease_task_, scope_, lease_end_, lease_replica_, at_, send_by_, settle_by_, replica_, join_key_,
      join_since_, entry_, entry_task_, entry_at_, leaf_, body_, salt_, strict_, n)
  cross join lateral remit.admit(
    r.tenant_, r.call_, r.task_, r.task_class_, r.ticket_, r.call_limit_, r.hour_limit_, r.kill_scopes_::text[],
    r.version_, r.connectors_::text[], r.kinds_::text[], r.targets_::text[], r.target_versions_::text[],
    r.proposal_, r.lease_, r.lease_connector_, r.principal_, r.lease_task_, r.scope_, r.lease_end_,
    r.lease_replica_, r.at_, r.send_by_, r.settle_by_, r.replica_, r.join_key_, r.join_since_, r.entry_,
    r.entry_task_, r.entry_at_, r.leaf_, r.body_, r.salt_, r.strict_) as a
  order by r.n;
end
$$;

-- Answers true for the first outcome, false for a resolution. The same entry again is told what it was: a caller
-- whose connection broke may ask twice. The intent's row orders rivals. A lease is named by its key alone: with its
-- state as a condition the planner would walk the index of live leases instead.
create function remit.settle(
  p_tenant text, p_call text, p_outcome text, p_ended_lease text, p_at timestamptz,
  p_entry text, p_entry_task text, p_entry_at timestamptz, p_leaf text, p_late_leaf text, p_body text, p_salt text
) returns boolean language plpgsql as $$
declare
  v_lease text;
  v_is_first boolean;
  v_kind text;
begin
  perform set_config('remit.tenant', p_tenant, true);
  select i.lease, i.settled_at is null into v_lease, v_is_first
  from remit.intent i where i.tenant = p_tenant and i.call = p_call for no key update;
  if not found then
    raise exception using errcode = 'RM404', message = 'no intent came before this outcome';
  end if;

  if p_ended_lease is not null then
    update remit.lease l set state = 'revoked', revoked_at = coalesce(l.revoked_at, p_at)
    where l.tenant = p_tenant and l.id = p_ended_lease;
  elsif v_lease is not null then
    update remit.lease l set state = 'revoking'
    where l.tenant = p_tenant and l.id = v_lease and l.revoked_at is null and l.task is null;
  end if;

  if not v_is_first then
    select e.kind into v_kind from remit.entry e where e.tenant = p_tenant and e.id = p_entry;
    if found then
      return v_kind = 'outcome';
    end if;
    insert into remit.entry (tenant, id, kind, call, task, at, leaf, body, salt)
    values (p_tenant, p_entry, 'resolution', p_call, p_entry_task, p_entry_at, p_late_leaf, p_body, p_salt);
    return false;
  end if;
  update remit.intent i set settled_at = p_at, outcome = p_outcome where i.tenant = p_tenant and i.call = p_call;
  insert into remit.entry (tenant, id, kind, call, task, at, leaf, body, salt)
  values (p_tenant, p_entry, 'outcome', p_call, p_entry_task, p_entry_at, p_leaf, p_body, p_salt);
  return true;
end
$$;

-- Several outcomes in one transaction, each as if it came alone.
create function remit.settle_together(
  p_tenant text[], p_call text[], p_outcome text[], p_ended_lease text[], p_at timestamptz[], p_entry text[],
  p_entry_task text[], p_entry_at timestamptz[], p_leaf text[], p_late_leaf text[], p_body text[], p_salt text[]
) returns table (is_first boolean) language plpgsql as $$
begin
  return query
  select a.is_first
  from unnest(
    p_tenant, p_call, p_outcome, p_ended_lease, p_at, p_entry, p_entry_task, p_entry_at, p_leaf, p_late_leaf,
    p_body, p_salt)
    with ordinality as r (
      tenant_, call_, outcome_, ended_lease_, at_, entry_, entry_task_, entry_at_, leaf_, late_leaf_, body_,
      salt_, n)
  cross join lateral remit.settle(
    r.tenant_, r.call_, r.outcome_, r.ended_lease_, r.at_, r.entry_, r.entry_task_, r.entry_at_, r.leaf_,
    r.late_leaf_, r.body_, r.salt_) as a (is_first)
  order by r.n;
end
$$;

-- Crosses tenants for recovery alone, so it runs as the owner and answers nothing else.
create function remit.unsettled(p_replica text, p_own_sent_before timestamptz, p_others_settled_before timestamptz)
returns table (tenant text, call text, task text, send_by timestamptz, lease text, connector text, principal text,
  lease_task text, scope text, ends_at timestamptz, replica text, state text)
language sql stable security definer set search_path = remit, pg_temp as $$
  select i.tenant, i.call, i.task, i.send_by, l.id, l.connector, l.principal, l.task, l.scope, l.ends_at, l.replica,
    l.state
  from remit.intent i left join remit.lease l on l.tenant = i.tenant and l.id = i.lease
  where i.settled_at is null
    and ((i.replica = p_replica and i.send_by < p_own_sent_before)
      or (i.replica <> p_replica and i.settle_by < p_others_settled_before))
  order by i.send_by
$$;
