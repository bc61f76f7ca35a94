-- As before, and for agents that the register has as active alone.
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

create or replace function remit.open_child(
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
