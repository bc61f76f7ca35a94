-- Tasks, kills, policy versions, leases, proposals.
-- Functions marked `security definer` cross tenants for one named purpose; they run as the owner, with a fixed
-- search path, and nobody but the serving role may call them.

create function remit.open_task(
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
  select a.version into v_version from remit.active_version a;
  if v_version is distinct from p_version then
    return 'POLICY_UNAVAILABLE';
  end if;
  insert into remit.task (tenant, id, agent, instance, task_class, connector, ticket, state, call_limit, opened_at,
    deadline, kill_scope, detail)
  values (p_tenant, p_id, p_agent, p_instance, p_task_class, p_connector, p_ticket, 'open', p_call_limit,
    p_opened_at, p_deadline, p_kill_scopes, p_detail)
  on conflict (tenant, connector, ticket, task_class) where state in ('open', 'held') do nothing;
  if not found then
    return 'NO_GROUND';
  end if;
  perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
  return null;
end
$$;

create function remit.accept_task(p_tenant text, p_id text, p_instance text) returns boolean
language plpgsql as $$
begin
  perform set_config('remit.tenant', p_tenant, true);
  update remit.task t
  set instance = p_instance, kill_scope = array_append(t.kill_scope, 'instance:' || p_instance)
  where t.tenant = p_tenant and t.id = p_id and t.instance is null and t.closed_at is null;
  return found or exists (
    select from remit.task t
    where t.tenant = p_tenant and t.id = p_id and t.instance = p_instance and t.closed_at is null);
end
$$;

create function remit.close_task(
  p_tenant text, p_id text, p_state text, p_closed_at timestamptz,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns boolean language plpgsql as $$
begin
  perform set_config('remit.tenant', p_tenant, true);
  perform remit.lock_task(p_tenant, p_id);
  update remit.task t set state = p_state, closed_at = p_closed_at
  where t.tenant = p_tenant and t.id = p_id and t.closed_at is null;
  if found then
    perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
    return true;
  end if;
  return false;
end
$$;

create function remit.overdue_tasks(p_at timestamptz) returns setof remit.task
language sql stable security definer set search_path = remit, pg_temp as $$
  select t.* from remit.task t where t.state in ('open', 'held') and t.deadline <= p_at order by t.deadline limit 1000
$$;

-- The kill waits for every effect under way to commit or end, then commits before any other begins. A connector's
-- kill closes no task: the task may go on with other connectors.
create function remit.order_kill(
  p_scope text, p_by text, p_reason text, p_ordered_at timestamptz, p_tenant text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns setof remit.task language plpgsql security definer set search_path = remit, pg_temp as $$
begin
  perform remit.lock_epoch();
  insert into remit.kill (scope, ordered_by, reason, ordered_at) values (p_scope, p_by, p_reason, p_ordered_at);
  perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
  return query
    update remit.task t set state = 'killed', closed_at = p_ordered_at
    where t.state in ('open', 'held') and p_scope = any (t.kill_scope || '{everything}'::text[])
      and p_scope not like 'connector:%'
    returning t.*;
end
$$;

create function remit.activate(
  p_version text, p_activated_at timestamptz, p_tenant text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns void language plpgsql as $$
begin
  perform remit.lock_epoch();
  insert into remit.active_version as a (version, activated_at) values (p_version, p_activated_at)
  on conflict (only_row) do update set version = excluded.version, activated_at = excluded.activated_at;
  perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
end
$$;

create function remit.unfinished_leases(p_connector text) returns setof remit.lease
language sql stable security definer set search_path = remit, pg_temp as $$
  select l.* from remit.lease l
  where l.state <> 'revoked' and (p_connector is null or l.connector = p_connector)
  order by l.ends_at
$$;

create function remit.end_lease(
  p_tenant text, p_id text, p_revoked_at timestamptz,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns boolean language plpgsql as $$
begin
  perform set_config('remit.tenant', p_tenant, true);
  update remit.lease l set state = 'revoked', revoked_at = p_revoked_at
  where l.tenant = p_tenant and l.id = p_id and l.revoked_at is null;
  if found then
    perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
    return true;
  end if;
  return false;
end
$$;

-- Equal open proposals of a task collapse: the answer is the one that stands.
create function remit.propose(
  p_tenant text, p_id text, p_task text, p_digest text, p_asked_at timestamptz, p_answer_by timestamptz,
  p_detail text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns setof remit.proposal language plpgsql as $$
begin
  perform set_config('remit.tenant', p_tenant, true);
  insert into remit.proposal (tenant, id, task, digest, state, asked_at, answer_by, detail)
  values (p_tenant, p_id, p_task, p_digest, 'open', p_asked_at, p_answer_by, p_detail)
  on conflict (tenant, task, digest) where state = 'open' do nothing;
  if found then
    perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
  end if;
  return query
    select p.* from remit.proposal p
    where p.tenant = p_tenant and p.task = p_task and p.digest = p_digest and p.state = 'open';
end
$$;

create function remit.end_proposal(
  p_tenant text, p_id text, p_state text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns boolean language plpgsql as $$
begin
  perform set_config('remit.tenant', p_tenant, true);
  update remit.proposal p set state = p_state where p.tenant = p_tenant and p.id = p_id and p.state = 'open';
  if found then
    perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
    return true;
  end if;
  return false;
end
$$;

create function remit.overdue_proposals(p_at timestamptz) returns setof remit.proposal
language sql stable security definer set search_path = remit, pg_temp as $$
  select p.* from remit.proposal p where p.state = 'open' and p.answer_by <= p_at order by p.answer_by limit 1000
$$;
