-- Limits beyond a task's calls and a class's hour, and what a task has read.
--
-- What an intent counts against comes as JSON: a list of {f: form, k: key, m: at most, w: window in seconds (0: for
-- ever), x: members}. Equal keys add up; the key says over what it is counted.

alter table remit.task add column read_untrusted boolean not null default false;

-- Calls in a window: a ring of 64 parts of a sixtieth of it each. A part counts as long as its last call is within
-- the window, so a count may be too high by what else is in that part, and never too low.
create table remit.limit_use (
  tenant text not null,
  key text not null,
  slot integer not null,
  part bigint not null,
  calls integer not null,
  last_at timestamptz not null,
  constraint limit_use_is_counted_once_in_part primary key (tenant, key, slot)
) with (fillfactor = 50);

-- Different members in a window: targets.
create table remit.limit_member (
  tenant text not null,
  key text not null,
  member text not null,
  last_at timestamptz not null,
  constraint member_counts_once primary key (tenant, key, member)
) with (fillfactor = 50);

-- Of the installation, so no tenant may see them by itself: only the functions below do, as the owner.
create table remit.fleet_member (
  key text not null,
  member text not null,
  last_at timestamptz not null,
  constraint fleet_member_counts_once primary key (key, member)
) with (fillfactor = 50);

-- Calls of the installation in twelfths of a window. What replicas reserved counts, used or not, and a reservation
-- is good in its own part only; so no window of that length sees more calls than the limit. A replica gives back
-- what it left of an earlier part; one that died does not.
create table remit.fleet_use (
  key text not null,
  part bigint not null,
  reserved integer not null,
  constraint fleet_use_is_counted_once_in_part primary key (key, part)
) with (fillfactor = 50);
create table remit.fleet_share (
  key text not null,
  part bigint not null,
  replica text not null,
  reserved integer not null,
  used integer not null,
  constraint replica_has_one_share_of_a_part primary key (key, part, replica),
  constraint share_is_not_passed check (used <= reserved)
) with (fillfactor = 50);

grant select, insert, update on remit.limit_use to remit_serve;
grant select, insert, update, delete on remit.limit_member to remit_serve;

do $$
declare
  name text;
begin
  foreach name in array array['limit_use', 'limit_member'] loop
    execute format('alter table remit.%I enable row level security', name);
    execute format(
      'create policy tenant_sees_only_its_own on remit.%I
         using (tenant = current_setting(''remit.tenant'', true))
         with check (tenant = current_setting(''remit.tenant'', true))', name);
  end loop;
end
$$;

create function remit.lock_limit(p_tenant text, p_key text) returns void language sql as
  $$select pg_advisory_xact_lock(hashtextextended(p_tenant || '/' || p_key, 4))$$;

-- The part of a window that an instant lies in; 0 for what counts for ever.
create function remit.window_part(p_at timestamptz, p_window bigint, p_parts integer) returns bigint
language sql immutable as
  $$select case when p_window = 0 then 0 else floor(extract(epoch from p_at) * p_parts / p_window)::bigint end$$;

-- Members stay known a little longer than the window, because their instant is not written each time.
create function remit.known_since(p_at timestamptz, p_window bigint) returns timestamptz
language sql immutable as
  $$select p_at - (p_window + p_window / 60 + 1) * interval '1 second'$$;

-- Whether any of these is new, within its window, to a key of the installation.
create function remit.is_new_to_fleet(p_key text, p_window bigint, p_at timestamptz, p_members text[])
returns boolean language sql stable security definer set search_path = remit, pg_temp as $$
  select exists (
    select from unnest(p_members) as x (member)
    where not exists (
      select from remit.fleet_member s
      where s.key = p_key and s.member = x.member and s.last_at > remit.known_since(p_at, p_window)))
$$;

-- Sees to it that this replica has a share for so many calls, if there is one to have. The lock is held by whoever
-- reserves, until the commit; whoever has a share left does not take it.
create function remit.ready_share(
  p_key text, p_at_most integer, p_window bigint, p_at timestamptz, p_replica text, p_calls integer
) returns void language plpgsql security definer set search_path = remit, pg_temp as $$
declare
  v record;
  v_part constant bigint := remit.window_part(p_at, p_window, 12);
  v_left integer;
  v_block integer;
begin
  select s.reserved - s.used into v_left from remit.fleet_share s
  where s.key = p_key and s.part = v_part and s.replica = p_replica for update;
  if coalesce(v_left, 0) >= p_calls then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtextextended(p_key, 5));
  for v in
    select s.part, s.reserved - s.used as calls from remit.fleet_share s
    where s.key = p_key and s.replica = p_replica and s.part < v_part and s.reserved > s.used
    order by s.part for update
  loop
    update remit.fleet_use u set reserved = u.reserved - v.calls where u.key = p_key and u.part = v.part;
    update remit.fleet_share s set reserved = s.used
    where s.key = p_key and s.part = v.part and s.replica = p_replica;
  end loop;
  select coalesce(sum(s.reserved - s.used), 0) into v_left from remit.fleet_share s
  where s.key = p_key and s.part = v_part and s.replica = p_replica;
  select least(
      greatest(p_at_most / 64, p_calls - v_left), p_at_most - coalesce(sum(u.reserved), 0))
  into v_block from remit.fleet_use u where u.key = p_key and u.part >= v_part - 12;
  if v_left < p_calls and v_block > 0 then
    insert into remit.fleet_use as u (key, part, reserved) values (p_key, v_part, v_block)
    on conflict (key, part) do update set reserved = u.reserved + v_block;
    insert into remit.fleet_share as s (key, part, replica, reserved, used)
    values (p_key, v_part, p_replica, v_block, 0)
    on conflict (key, part, replica) do update set reserved = s.reserved + v_block;
    delete from remit.fleet_use u where u.key = p_key and u.part < v_part - 24;
    delete from remit.fleet_share s where s.key = p_key and s.part < v_part - 24;
  end if;
end
$$;

-- Takes every lock that counting needs, for all intents at once and in one order, and reserves shares.
create function remit.ready_limits(p_tenant text[], p_limits text[], p_at timestamptz[], p_replica text[])
returns void language plpgsql as $$
declare
  v record;
begin
  for v in
    select l.f, case when l.f in ('CALLS', 'MEMBERS') then u.tenant else '' end as tenant, l.k, l.w,
      min(l.m) as m, max(u.at) as at, max(u.replica) as replica, count(*)::integer as calls
    from unnest(p_tenant, p_limits, p_at, p_replica) as u (tenant, limits, at, replica)
    cross join lateral jsonb_to_recordset(u.limits::jsonb) as l (f text, k text, m integer, w bigint)
    where u.limits is not null
    group by 1, 2, 3, 4 order by 1, 2, 3, 4
  loop
    if v.f = 'SHARE' then
      perform remit.ready_share(v.k, v.m, v.w, v.at, v.replica, v.calls);
    elsif v.f <> 'FLEET_MEMBERS' or exists (
      select from unnest(p_limits) as u (limits)
      cross join lateral jsonb_to_recordset(u.limits::jsonb) as l (f text, k text, x text[])
      where l.f = v.f and l.k = v.k and remit.is_new_to_fleet(v.k, v.w, v.at, l.x))
    then
      perform remit.lock_limit(v.tenant, v.k);
    end if;
  end loop;
end
$$;

create function remit.fleet_left(
  p_form text, p_key text, p_window bigint, p_at timestamptz, p_replica text, p_members text[], p_at_most integer
) returns boolean language sql volatile security definer set search_path = remit, pg_temp as $$
  select case p_form
    when 'SHARE' then exists (
      select from remit.fleet_share s
      where s.key = p_key and s.part = remit.window_part(p_at, p_window, 12) and s.replica = p_replica
        and s.used < s.reserved)
    else p_at_most >= (
      select count(distinct s.member) from (
        select f.member from remit.fleet_member f
        where f.key = p_key and f.last_at > remit.known_since(p_at, p_window)
        union all select unnest(p_members)) as s)
  end
$$;

-- Whether one more call passes no limit. Its locks are held.
create function remit.limits_hold(p_tenant text, p_limits text, p_at timestamptz, p_replica text) returns boolean
language plpgsql strict as $$
declare
  v record;
  v_used bigint;
begin
  perform set_config('remit.tenant', p_tenant, true);
  for v in
    select l.f, l.k, l.m, l.w, l.x
    from jsonb_to_recordset(p_limits::jsonb) as l (f text, k text, m integer, w bigint, x text[])
  loop
    if v.f = 'CALLS' then
      select coalesce(sum(u.calls), 0) + 1 into v_used from remit.limit_use u
      where u.tenant = p_tenant and u.key = v.k
        and (v.w = 0 or u.last_at > p_at - v.w * interval '1 second');
    elsif v.f = 'MEMBERS' then
      select count(distinct s.member) into v_used from (
        select m.member from remit.limit_member m
        where m.tenant = p_tenant and m.key = v.k
          and (v.w = 0 or m.last_at > p_at - v.w * interval '1 second')
        union all select unnest(v.x)) as s;
    elsif remit.fleet_left(v.f, v.k, v.w, p_at, p_replica, v.x, v.m) then
      v_used := 0;
    else
      return false;
    end if;
    if v_used > v.m then
      return false;
    end if;
  end loop;
  return true;
end
$$;

create function remit.count_calls(p_tenant text, p_key text, p_window bigint, p_at timestamptz) returns void
language sql as $$
  insert into remit.limit_use as u (tenant, key, slot, part, calls, last_at)
  values (p_tenant, p_key, remit.window_part(p_at, p_window, 60) % 64, remit.window_part(p_at, p_window, 60), 1, p_at)
  on conflict (tenant, key, slot) do update set
    calls = case when u.part >= excluded.part then u.calls + 1 else 1 end,
    part = greatest(u.part, excluded.part),
    last_at = greatest(u.last_at, excluded.last_at)
$$;

create function remit.count_fleet(
  p_form text, p_key text, p_window bigint, p_at timestamptz, p_replica text, p_members text[]
) returns void language plpgsql security definer set search_path = remit, pg_temp as $$
begin
  if p_form = 'SHARE' then
    update remit.fleet_share s set used = s.used + 1
    where s.key = p_key and s.part = remit.window_part(p_at, p_window, 12) and s.replica = p_replica;
  else
    delete from remit.fleet_member s where s.key = p_key and s.last_at <= remit.known_since(p_at, 2 * p_window);
    insert into remit.fleet_member as s (key, member, last_at)
    select p_key, x.member, p_at from unnest(p_members) as x (member)
    where not exists (
      select from remit.fleet_member f where f.key = p_key and f.member = x.member
        and f.last_at > p_at - p_window / 60 * interval '1 second')
    order by x.member
    on conflict (key, member) do update set last_at = greatest(s.last_at, excluded.last_at);
  end if;
end
$$;

-- Counts what was admitted.
create function remit.count_limits(
  p_answer text, p_tenant text, p_limits text, p_at timestamptz, p_replica text
) returns boolean language plpgsql strict as $$
declare
  v record;
begin
  if p_answer <> 'admitted' then
    return false;
  end if;
  for v in
    select l.f, l.k, l.w, l.x
    from jsonb_to_recordset(p_limits::jsonb) as l (f text, k text, w bigint, x text[])
  loop
    if v.f = 'CALLS' then
      perform remit.count_calls(p_tenant, v.k, v.w, p_at);
    elsif v.f = 'MEMBERS' then
      delete from remit.limit_member m
      where v.w > 0 and m.tenant = p_tenant and m.key = v.k and m.last_at <= p_at - v.w * interval '1 second';
      insert into remit.limit_member as m (tenant, key, member, last_at)
      select p_tenant, v.k, x.member, p_at from unnest(v.x) as x (member) order by x.member
      on conflict (tenant, key, member) do update set last_at = greatest(m.last_at, excluded.last_at);
    else
      perform remit.count_fleet(v.f, v.k, v.w, p_at, p_replica, v.x);
    end if;
  end loop;
  return true;
end
$$;

-- The version that was decided under; none if the decision did not know what its task has read. The task's lock is
-- held, and whoever is about to tell words of outsiders takes it alone.
create function remit.version_as_read(p_tenant text, p_task text, p_has_read boolean, p_version text) returns text
language plpgsql as $$
begin
  if p_task is null or p_has_read then
    return p_version;
  end if;
  perform set_config('remit.tenant', p_tenant, true);
  perform from remit.task t where t.tenant = p_tenant and t.id = p_task and t.read_untrusted;
  return case when found then '' else p_version end;
end
$$;

-- As `admit_together`, with limits and with what the decision took the task to have read. A limit that is used up
-- leaves no calls, so `admit` gives its reasons in the order that it always has.
create function remit.admit_counted(
  p_tenant text[], p_call text[], p_task text[], p_task_class text[], p_ticket text[], p_call_limit integer[],
  p_hour_limit integer[], p_kill_scopes text[], p_version text[], p_connectors text[], p_kinds text[], p_targets
  text[], p_target_versions text[], p_proposal text[], p_lease text[], p_lease_connector text[], p_principal
  text[], p_lease_task text[], p_scope text[], p_lease_end timestamptz[], p_lease_replica text[], p_at
  timestamptz[], p_send_by timestamptz[], p_settle_by timestamptz[], p_replica text[], p_join_key text[],
  p_join_since timestamptz[], p_entry text[], p_entry_task text[], p_entry_at timestamptz[], p_leaf text[],
  p_body text[], p_salt text[], p_strict boolean[], p_limits text[], p_has_read boolean[]
) returns table (answer text, detail text) language plpgsql as $$
declare
  v_is_limited constant boolean := cardinality(array_remove(p_limits, null)) > 0;
begin
  if cardinality(p_call) = 1 and not v_is_limited then
    if p_task[1] is not null then
      perform pg_advisory_xact_lock_shared(1380273481, 1);
      perform pg_advisory_xact_lock_shared(hashtextextended(p_tenant[1] || '/' || p_task[1], 3));
    end if;
  else
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
    if v_is_limited then
      perform remit.ready_limits(p_tenant, p_limits, p_at, p_replica);
    end if;
  end if;
  return query
  select a.answer, case when a.answer = 'changed' and w.version = '' then 'content' else a.detail end
  from unnest(
    p_tenant, p_call, p_task, p_task_class, p_ticket, p_call_limit, p_hour_limit, p_kill_scopes, p_version,
    p_connectors, p_kinds, p_targets, p_target_versions, p_proposal, p_lease, p_lease_connector, p_principal,
    p_lease_task, p_scope, p_lease_end, p_lease_replica, p_at, p_send_by, p_settle_by, p_replica, p_join_key,
    p_join_since, p_entry, p_entry_task, p_entry_at, p_leaf, p_body, p_salt, p_strict, p_limits, p_has_read)
    with ordinality as r (
      tenant_, call_, task_, task_class_, ticket_, call_limit_, hour_limit_, kill_scopes_, version_,
      connectors_, kinds_, targets_, target_versions_, proposal_, lease_, lease_connector_, principal_,
      lease_task_, scope_, lease_end_, lease_replica_, at_, send_by_, settle_by_, replica_, join_key_,
      join_since_, entry_, entry_task_, entry_at_, leaf_, body_, salt_, strict_, limits_, has_read_, n)
  cross join lateral remit.version_as_read(r.tenant_, r.task_, r.has_read_, r.version_) as w (version)
  cross join lateral remit.limits_hold(r.tenant_, r.limits_, r.at_, r.replica_) as h (is_held)
  cross join lateral remit.admit(
    r.tenant_, r.call_, r.task_, r.task_class_, r.ticket_,
    case when h.is_held is false then 0 else r.call_limit_ end, r.hour_limit_, r.kill_scopes_::text[],
    w.version, r.connectors_::text[], r.kinds_::text[], r.targets_::text[], r.target_versions_::text[],
    r.proposal_, r.lease_, r.lease_connector_, r.principal_, r.lease_task_, r.scope_, r.lease_end_,
    r.lease_replica_, r.at_, r.send_by_, r.settle_by_, r.replica_, r.join_key_, r.join_since_, r.entry_,
    r.entry_task_, r.entry_at_, r.leaf_, r.body_, r.salt_, r.strict_) as a
  cross join lateral remit.count_limits(a.answer, r.tenant_, r.limits_, r.at_, r.replica_) as c (is_counted)
  order by r.n;
end
$$;

-- Refused calls, in the rates that count them. Locks as for intents, all first.
create function remit.attempted(p_tenant text[], p_task_class text[], p_limits text[], p_at timestamptz[])
returns integer language plpgsql as $$
declare
  v record;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended(s.tenant || '/' || s.class, 2))
  from (
    select distinct u.tenant, u.class from unnest(p_tenant, p_task_class) as u (tenant, class)
    order by u.tenant, u.class) as s;
  perform remit.ready_limits(p_tenant, p_limits, p_at, array_fill(''::text, array[cardinality(p_tenant)]));
  for v in
    select u.tenant, u.class, date_bin('5 minutes', u.at, '2000-01-01Z') as since, count(*)::integer as calls
    from unnest(p_tenant, p_task_class, p_at) as u (tenant, class, at) group by 1, 2, 3 order by 1, 2, 3
  loop
    perform set_config('remit.tenant', v.tenant, true);
    insert into remit.class_use as u (tenant, task_class, since, slot, calls)
    values (v.tenant, v.class, v.since, pg_backend_pid() % 16, v.calls)
    on conflict (tenant, task_class, since, slot) do update set calls = u.calls + excluded.calls;
  end loop;
  for v in
    select u.tenant, l.k, l.w, u.at
    from unnest(p_tenant, p_limits, p_at) as u (tenant, limits, at)
    cross join lateral jsonb_to_recordset(u.limits::jsonb) as l (f text, k text, w bigint)
    where u.limits is not null and l.f = 'CALLS' order by 1, 2
  loop
    perform set_config('remit.tenant', v.tenant, true);
    perform remit.count_calls(v.tenant, v.k, v.w, v.at);
  end loop;
  return cardinality(p_tenant);
end
$$;

-- As `settle_together`; tasks that are about to be told words of outsiders are marked first. The lock waits for
-- intents that were decided before and are about to commit: nobody has been told anything by then.
create function remit.settle_read(
  p_tenant text[], p_call text[], p_outcome text[], p_ended_lease text[], p_at timestamptz[], p_entry text[],
  p_entry_task text[], p_entry_at timestamptz[], p_leaf text[], p_late_leaf text[], p_body text[], p_salt text[],
  p_reader text[]
) returns table (is_first boolean) language plpgsql as $$
declare
  v record;
begin
  if cardinality(array_remove(p_reader, null)) > 0 then
    for v in
      select distinct u.tenant, u.reader from unnest(p_tenant, p_reader) as u (tenant, reader)
      where u.reader is not null order by 1, 2
    loop
      perform set_config('remit.tenant', v.tenant, true);
      perform from remit.task t where t.tenant = v.tenant and t.id = v.reader and not t.read_untrusted;
      if found then
        perform remit.lock_task(v.tenant, v.reader);
        update remit.task t set read_untrusted = true where t.tenant = v.tenant and t.id = v.reader;
      end if;
    end loop;
  end if;
  return query
  select s.is_first from remit.settle_together(
    p_tenant, p_call, p_outcome, p_ended_lease, p_at, p_entry, p_entry_task, p_entry_at, p_leaf, p_late_leaf,
    p_body, p_salt) as s;
end
$$;
