-- How long bodies of entries are kept, and what keeps them longer. Leaves are never touched. Nobody who serves has a
-- right to change an entry: bodies go by the functions here, each with an entry that says so in the same commit, and
-- a trigger lets nothing else through, whoever runs it.

create table remit.legal_hold (
  tenant text not null,
  id text not null,
  ordered_by text not null,
  reason text not null,
  ordered_at timestamptz not null,
  lifted_at timestamptz,
  constraint hold_is_ordered_once primary key (tenant, id)
);
create index hold_in_force on remit.legal_hold (tenant) where lifted_at is null;

-- All entries of a tenant before `next` are past the rule: their bodies are gone.
create table remit.body_erasure (
  tenant text not null,
  next bigint not null,
  constraint erasure_is_at_one_place primary key (tenant)
);

grant select on remit.legal_hold, remit.body_erasure to remit_serve;
do $$
declare
  name text;
begin
  foreach name in array array['legal_hold', 'body_erasure'] loop
    execute format('alter table remit.%I enable row level security', name);
    execute format(
      'create policy tenant_sees_only_its_own on remit.%I
         using (tenant = current_setting(''remit.tenant'', true))
         with check (tenant = current_setting(''remit.tenant'', true))', name);
  end loop;
end
$$;

create function remit.only_erase() returns trigger language plpgsql set search_path = remit, pg_temp as $$
begin
  if old.salt <> '' and new.salt = '' and new.body = '{}'
    and (new.tenant, new.id, new.kind, new.call, new.task, new.at, new.leaf, new.xid, new.seq)
      is not distinct from (old.tenant, old.id, old.kind, old.call, old.task, old.at, old.leaf, old.xid, old.seq) then
    return new;
  end if;
  raise exception 'of an entry nothing but its body is ever erased';
end
$$;
create trigger entry_loses_only_its_body before update on remit.entry
  for each row execute function remit.only_erase();

-- A hold that commits first is seen by the erasure, and the other way round.
create function remit.lock_custody(p_tenant text) returns void language sql as
  $$select pg_advisory_xact_lock(hashtextextended('custody ' || p_tenant, 21))$$;
revoke execute on function remit.lock_custody(text) from remit_serve;

create function remit.order_hold(
  p_hold text, p_by text, p_reason text, p_ordered_at timestamptz, p_tenant text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns boolean language plpgsql security definer set search_path = remit, pg_temp as $$
begin
  perform remit.lock_custody(p_tenant);
  insert into remit.legal_hold (tenant, id, ordered_by, reason, ordered_at)
  values (p_tenant, p_hold, p_by, p_reason, p_ordered_at);
  perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
  return true;
end
$$;

-- Only with the proposal that people granted, which is used up by it.
create function remit.lift_hold(
  p_hold text, p_lifted_at timestamptz, p_tenant text, p_proposal text,
  p_resolution text, p_resolution_kind text, p_resolution_call text, p_resolution_task text,
  p_resolution_at timestamptz, p_resolution_leaf text, p_resolution_body text, p_resolution_salt text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns boolean language plpgsql security definer set search_path = remit, pg_temp as $$
begin
  perform remit.lock_custody(p_tenant);
  if not exists (
      select from remit.legal_hold h where h.tenant = p_tenant and h.id = p_hold and h.lifted_at is null)
    or not exists (
      select from remit.proposal p where p.tenant = p_tenant and p.id = p_proposal and p.kind = 'hold-lift')
    or not remit.consume_open(p_tenant, p_proposal) then
    return false;
  end if;
  update remit.legal_hold h set lifted_at = p_lifted_at where h.tenant = p_tenant and h.id = p_hold;
  perform remit.append_entry(p_tenant, p_resolution, p_resolution_kind, p_resolution_call, p_resolution_task,
    p_resolution_at, p_resolution_leaf, p_resolution_body, p_resolution_salt);
  perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
  return true;
end
$$;

-- The next entries of a tenant's log that are older than the rule, as far as they lie side by side; none while a hold
-- is in force. `bodies` of them are still there.
create function remit.bodies_due(p_tenant text, p_before timestamptz, p_limit integer)
returns table (first bigint, last bigint, bodies bigint)
language sql stable security definer set search_path = remit, pg_temp as $$
  with here as (
    select coalesce((select b.next from remit.body_erasure b where b.tenant = p_tenant), 0) as next),
  found as (
    select l.index, e.at, e.salt from here
    join remit.leaf l on l.tenant = p_tenant and l.index >= here.next and l.index < here.next + p_limit
    join remit.entry e on e.tenant = l.tenant and e.id = l.entry),
  old as (
    select f.* from found f
    where f.index < coalesce((select min(n.index) from found n where n.at >= p_before), 9223372036854775807))
  select min(o.index), max(o.index), count(*) filter (where o.salt <> '') from old o
  where not exists (select from remit.legal_hold h where h.tenant = p_tenant and h.lifted_at is null)
  having count(*) > 0
$$;

-- Erases what `bodies_due` named, and writes the entry that says so. The entry must say exactly what happens.
create function remit.erase_bodies(
  p_first bigint, p_last bigint, p_bodies bigint, p_before timestamptz, p_tenant text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns boolean language plpgsql security definer set search_path = remit, pg_temp as $$
declare
  v_fields jsonb := p_leaf::jsonb -> 'fields';
  v_erased bigint;
begin
  perform remit.lock_custody(p_tenant);
  if p_kind <> 'bodies-erased' or (v_fields ->> 'from')::bigint <> p_first or (v_fields ->> 'to')::bigint <> p_last
    or (v_fields ->> 'count')::bigint <> p_bodies or p_before >= p_at - interval '30 days' then
    raise exception 'an erasure says what it erases, and spares the last 30 days';
  end if;
  if exists (select from remit.legal_hold h where h.tenant = p_tenant and h.lifted_at is null)
    or coalesce((select b.next from remit.body_erasure b where b.tenant = p_tenant), 0) <> p_first then
    return false;
  end if;
  update remit.entry e set body = '{}', salt = ''
  from remit.leaf l
  where l.tenant = p_tenant and l.index between p_first and p_last and e.tenant = l.tenant and e.id = l.entry
    and e.salt <> '' and e.at < p_before;
  get diagnostics v_erased = row_count;
  if v_erased <> p_bodies then
    raise exception 'the entries are not those that were counted';
  end if;
  insert into remit.body_erasure as b (tenant, next) values (p_tenant, p_last + 1)
  on conflict (tenant) do update set next = excluded.next;
  if p_bodies > 0 then
    perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
  end if;
  return true;
end
$$;

-- The body of one entry, only with the proposal that people granted, and not while a hold is in force.
create function remit.erase_body(
  p_erased text, p_tenant text, p_proposal text,
  p_resolution text, p_resolution_kind text, p_resolution_call text, p_resolution_task text,
  p_resolution_at timestamptz, p_resolution_leaf text, p_resolution_body text, p_resolution_salt text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns boolean language plpgsql security definer set search_path = remit, pg_temp as $$
begin
  perform remit.lock_custody(p_tenant);
  if exists (select from remit.legal_hold h where h.tenant = p_tenant and h.lifted_at is null)
    or not exists (
      select from remit.proposal p where p.tenant = p_tenant and p.id = p_proposal and p.kind = 'erasure')
    or p_kind <> 'bodies-erased' or p_leaf::jsonb -> 'fields' ->> 'entry' is distinct from p_erased then
    return false;
  end if;
  update remit.entry e set body = '{}', salt = ''
  where e.tenant = p_tenant and e.id = p_erased and e.salt <> ''
    and exists (select from remit.leaf l where l.tenant = e.tenant and l.entry = e.id);
  if not found then
    return false;
  end if;
  if not remit.consume_open(p_tenant, p_proposal) then
    raise exception 'the approval of this erasure is used up';
  end if;
  perform remit.append_entry(p_tenant, p_resolution, p_resolution_kind, p_resolution_call, p_resolution_task,
    p_resolution_at, p_resolution_leaf, p_resolution_body, p_resolution_salt);
  perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
  return true;
end
$$;
