-- The ledger: an effect commits with its evidence or not at all.
--
-- One installation-wide epoch lock orders effects against kills and activations: those take it exclusively,
-- effects take it shared and hold it until they commit. Each statement below has a snapshot of its own (READ
-- COMMITTED, volatile function), so what is read after the lock includes every kill that was ordered before.

create function remit.lock_epoch_shared() returns void language sql as
  'select pg_advisory_xact_lock_shared(1380273481, 1)';
create function remit.lock_epoch() returns void language sql as
  'select pg_advisory_xact_lock(1380273481, 1)';

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

-- Answers: `admitted`; `joined` with the first call; `refused` with a reason code; `changed` with what changed.
-- All conditions come before the first write, and the locks taken on the way keep them true until the commit:
-- the epoch (kills, version), the task's row (its end), the class in the tenant (all counters), the join key.
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
  out answer text, out detail text
) language plpgsql as $$
declare
  v_task remit.task;
  v_proposal remit.proposal;
  v_version text;
  v_first text;
  v_changed text;
  v_minute timestamptz := date_trunc('minute', p_at, 'UTC');
begin
  perform set_config('remit.tenant', p_tenant, true);
  perform remit.lock_epoch_shared();
  answer := 'refused';

  if exists (select from remit.kill k where k.scope = any (p_kill_scopes) and k.lifted_at is null) then
    detail := 'KILLED';
    return;
  end if;

  if p_task is not null then
    select * into v_task from remit.task t where t.tenant = p_tenant and t.id = p_task for no key update;
    if v_task.state = 'killed' then
      detail := 'KILLED';
      return;
    elsif v_task.state is distinct from 'open' or v_task.deadline <= p_at then
      detail := 'NO_TASK';
      return;
    end if;
  end if;

  select a.version into v_version from remit.active_version a;
  if v_version is null then
    detail := 'POLICY_UNAVAILABLE';
    return;
  elsif v_version <> p_version then
    answer := 'changed';
    detail := 'policy';
    return;
  end if;

  select s.connector || '/' || s.kind || '/' || s.id into v_changed
  from unnest(p_connectors, p_kinds, p_targets, p_target_versions) as s (connector, kind, id, version)
  where not exists (
    select from remit.target r
    where r.connector = s.connector and r.kind = s.kind and r.id = s.id
      and r.tenant = p_tenant and r.version = s.version and not r.is_ambiguous)
  limit 1;
  if v_changed is not null then
    answer := 'changed';
    detail := v_changed;
    return;
  end if;

  if p_join_key is not null then
    perform pg_advisory_xact_lock(hashtextextended(p_tenant || '/' || p_join_key, 1));
    select i.call into v_first from remit.intent i
    where i.tenant = p_tenant and i.join_key = p_join_key and i.at >= p_join_since
    order by i.at desc limit 1;
    if v_first is not null then
      answer := 'joined';
      detail := v_first;
      return;
    end if;
  end if;

  if p_proposal is not null then
    select * into v_proposal from remit.proposal p where p.tenant = p_tenant and p.id = p_proposal
    for no key update;
    if v_proposal.state in ('open', 'refused') then
      detail := 'APPROVAL_INSUFFICIENT';
      return;
    elsif v_proposal.state is distinct from 'granted' or v_proposal.use_by <= p_at
      or v_proposal.task is distinct from p_task then
      detail := 'APPROVAL_STALE';
      return;
    end if;
  end if;

  if p_task is not null then
    perform pg_advisory_xact_lock(hashtextextended(p_tenant || '/' || p_task_class, 2));
    if v_task.calls >= least(v_task.call_limit, p_call_limit)
      or p_call_limit <= coalesce((
        select u.calls from remit.ticket_use u
        where u.tenant = p_tenant and u.ticket = p_ticket and u.task_class = p_task_class), 0)
      or p_hour_limit <= coalesce((
        select sum(u.calls) from remit.class_use u
        where u.tenant = p_tenant and u.task_class = p_task_class
          and u.minute > v_minute - interval '1 hour'), 0) then
      detail := 'LIMIT_EXCEEDED';
      return;
    end if;

    update remit.task t set calls = t.calls + 1 where t.tenant = p_tenant and t.id = p_task;
    insert into remit.ticket_use as u (tenant, ticket, task_class, calls)
    values (p_tenant, p_ticket, p_task_class, 1)
    on conflict (tenant, ticket, task_class) do update set calls = u.calls + 1;
    insert into remit.class_use as u (tenant, task_class, minute, calls)
    values (p_tenant, p_task_class, v_minute, 1)
    on conflict (tenant, task_class, minute) do update set calls = u.calls + 1;
  end if;

  if p_proposal is not null then
    update remit.proposal p set state = 'consumed' where p.tenant = p_tenant and p.id = p_proposal;
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

-- Answers true for the first outcome, false for a resolution. The same entry again is told what it was: a caller
-- whose connection broke may ask twice. The intent's row orders rivals.
create function remit.settle(
  p_tenant text, p_call text, p_outcome text, p_ended_lease text, p_at timestamptz,
  p_entry text, p_entry_task text, p_entry_at timestamptz, p_leaf text, p_late_leaf text, p_body text, p_salt text
) returns boolean language plpgsql as $$
declare
  v_intent remit.intent;
  v_kind text;
  v_first boolean;
begin
  perform set_config('remit.tenant', p_tenant, true);
  select * into v_intent from remit.intent i where i.tenant = p_tenant and i.call = p_call for no key update;
  if v_intent.call is null then
    raise exception using errcode = 'RM404', message = 'no intent came before this outcome';
  end if;

  if p_ended_lease is not null then
    update remit.lease l set state = 'revoked', revoked_at = p_at
    where l.tenant = p_tenant and l.id = p_ended_lease and l.state <> 'revoked';
  elsif v_intent.lease is not null then
    update remit.lease l set state = 'revoking'
    where l.tenant = p_tenant and l.id = v_intent.lease and l.state in ('intended', 'issued')
      and l.task is null;
  end if;

  select e.kind into v_kind from remit.entry e where e.tenant = p_tenant and e.id = p_entry;
  if v_kind is not null then
    return v_kind = 'outcome';
  end if;

  v_first := v_intent.settled_at is null;
  if v_first then
    update remit.intent i set settled_at = p_at, outcome = p_outcome where i.tenant = p_tenant and i.call = p_call;
  end if;
  insert into remit.entry (tenant, id, kind, call, task, at, leaf, body, salt)
  values (p_tenant, p_entry, case when v_first then 'outcome' else 'resolution' end, p_call, p_entry_task,
    p_entry_at, case when v_first then p_leaf else p_late_leaf end, p_body, p_salt);
  return v_first;
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
