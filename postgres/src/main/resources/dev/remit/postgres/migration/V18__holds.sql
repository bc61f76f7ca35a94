-- Holds beside kills, and stops told in the log of every tenant that they touch.

alter table remit.kill
  add column mode text not null default 'kill',
  add column told text[] not null default '{}',
  add constraint kill_mode_is_known check (mode in ('kill', 'hold'));

create function remit.append_told(
  p_among text[], p_kind text, p_at timestamptz,
  p_tenant text[], p_entry text[], p_leaf text[], p_body text[], p_salt text[]
) returns void language sql as $$
  insert into remit.entry (tenant, id, kind, call, task, at, leaf, body, salt)
  select u.tenant, u.entry, p_kind, null, null, p_at, u.leaf, u.body, u.salt
  from unnest(p_tenant, p_entry, p_leaf, p_body, p_salt) as u (tenant, entry, leaf, body, salt)
  where u.tenant = any (p_among)
$$;

-- A hold refuses what a kill refuses and ends no task. Both sides of the epoch lock are as for a kill: what is under
-- way commits first or not at all. The signal only wakes replicas; orders are rare, so it slows no call.
create function remit.order_stop(
  p_mode text, p_scope text, p_by text, p_reason text, p_ordered_at timestamptz, p_tenant text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text,
  p_told_tenant text[], p_told_entry text[], p_told_leaf text[], p_told_body text[], p_told_salt text[]
) returns setof remit.task language plpgsql security definer set search_path = remit, pg_temp as $$
declare
  v_closed remit.task[];
  v_told text[] := p_told_tenant;
begin
  perform remit.lock_epoch();
  if p_scope like 'instance:%' then
    v_told := array(
      select distinct t.tenant from remit.task t
      where t.state in ('open', 'held') and p_scope = any (t.kill_scope));
  end if;
  if p_mode = 'hold' then
    insert into remit.kill (scope, mode, ordered_by, reason, ordered_at)
    values (p_scope, p_mode, p_by, p_reason, p_ordered_at);
    perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
  else
    v_closed := array(
      select t from remit.order_kill(
        p_scope, p_by, p_reason, p_ordered_at, p_tenant,
        p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt) as t);
  end if;
  update remit.kill k set told = v_told where k.id = (select max(o.id) from remit.kill o);
  perform remit.append_told(
    v_told, p_kind, p_at, p_told_tenant, p_told_entry, p_told_leaf, p_told_body, p_told_salt);
  perform pg_notify('remit_kill', '');
  return query select t.* from unnest(v_closed) as t;
end
$$;

-- Whoever was told of a stop is told of its lift.
create function remit.lift_stop(
  p_scope text, p_lifted_at timestamptz, p_asked_at timestamptz, p_tenant text, p_proposal text,
  p_resolution text, p_resolution_kind text, p_resolution_call text, p_resolution_task text,
  p_resolution_at timestamptz, p_resolution_leaf text, p_resolution_body text, p_resolution_salt text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text,
  p_told_tenant text[], p_told_entry text[], p_told_leaf text[], p_told_body text[], p_told_salt text[]
) returns boolean language plpgsql security definer set search_path = remit, pg_temp as $$
declare
  v_told text[];
begin
  perform remit.lock_epoch();
  v_told := array(
    select distinct unnest(k.told) from remit.kill k
    where k.scope = p_scope and k.lifted_at is null and k.ordered_at <= p_asked_at);
  if not remit.lift_kill(
      p_scope, p_lifted_at, p_asked_at, p_tenant, p_proposal,
      p_resolution, p_resolution_kind, p_resolution_call, p_resolution_task, p_resolution_at, p_resolution_leaf,
      p_resolution_body, p_resolution_salt,
      p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt) then
    return false;
  end if;
  perform remit.append_told(
    v_told, p_kind, p_at, p_told_tenant, p_told_entry, p_told_leaf, p_told_body, p_told_salt);
  return true;
end
$$;
