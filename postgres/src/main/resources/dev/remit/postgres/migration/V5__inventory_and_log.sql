-- The inventory is written for all tenants at once, because a record's tenant is what the reading proves.
-- Generations count up under the row lock of their kind, so a reader that knows generation N asks for what is newer.

create function remit.next_generation(p_connector text, p_kind text) returns bigint
language sql security definer set search_path = remit, pg_temp as $$
  insert into remit.target_kind as k (connector, kind, generation, removed_at) values (p_connector, p_kind, 1, 0)
  on conflict (connector, kind) do update set generation = k.generation + 1
  returning generation
$$;

create function remit.put_targets(
  p_connector text, p_kind text, p_tenants text[], p_ids text[], p_owners text[], p_ambiguous boolean[],
  p_versions text[], p_attributes text[], p_bindings text[], p_seen_at timestamptz, p_is_complete boolean
) returns void language plpgsql security definer set search_path = remit, pg_temp as $$
declare
  v_generation bigint := remit.next_generation(p_connector, p_kind);
begin
  if p_is_complete then
    delete from remit.target t
    where t.connector = p_connector and t.kind = p_kind and t.seen_at <= p_seen_at
      and not (t.id = any (p_ids));
    if found then
      update remit.target_kind k set removed_at = v_generation where k.connector = p_connector and k.kind = p_kind;
    end if;
  end if;
  insert into remit.target as t (tenant, connector, kind, id, owner, is_ambiguous, version, attributes, binding,
    seen_at, generation)
  select s.tenant, p_connector, p_kind, s.id, s.owner, s.is_ambiguous, s.version, s.attributes, s.binding, p_seen_at,
    v_generation
  from unnest(p_tenants, p_ids, p_owners, p_ambiguous, p_versions, p_attributes, p_bindings)
    as s (tenant, id, owner, is_ambiguous, version, attributes, binding)
  on conflict (connector, kind, id) do update
  set tenant = excluded.tenant, owner = excluded.owner, is_ambiguous = excluded.is_ambiguous,
    version = excluded.version, attributes = excluded.attributes, binding = excluded.binding,
    seen_at = excluded.seen_at, generation = excluded.generation
  where t.seen_at <= excluded.seen_at;
end
$$;

-- Derives the tenants of stored records again after the tenants' external identifiers changed: `p_tenants` and
-- `p_owners` are the pairs that exist for this connector.
create function remit.assign_targets(p_connector text, p_tenants text[], p_owners text[]) returns void
language plpgsql security definer set search_path = remit, pg_temp as $$
declare
  v_kind text;
  v_generation bigint;
begin
  for v_kind in select k.kind from remit.target_kind k where k.connector = p_connector order by k.kind loop
    v_generation := remit.next_generation(p_connector, v_kind);
    update remit.target t set tenant = n.tenant, generation = v_generation
    from (
      select r.id, coalesce(min(m.tenant) filter (where m.owners = 1), '_operator') as tenant
      from remit.target r
      left join (
        select min(a.tenant) as tenant, a.owner, count(*) as owners
        from unnest(p_tenants, p_owners) as a (tenant, owner) group by a.owner) m on m.owner = r.owner
      where r.connector = p_connector and r.kind = v_kind
      group by r.id) n
    where t.connector = p_connector and t.kind = v_kind and t.id = n.id
      and t.tenant <> case when t.is_ambiguous then '_operator' else n.tenant end;
  end loop;
end
$$;

create function remit.target_generation(p_connector text, p_kind text, out generation bigint, out removed_at bigint)
language sql stable security definer set search_path = remit, pg_temp as $$
  select k.generation, k.removed_at from remit.target_kind k where k.connector = p_connector and k.kind = p_kind
$$;

create function remit.targets_since(p_connector text, p_kind text, p_generation bigint) returns setof remit.target
language sql stable security definer set search_path = remit, pg_temp as $$
  select t.* from remit.target t
  where t.connector = p_connector and t.kind = p_kind and t.generation > p_generation
$$;

-- Tenants that have entries not yet in their log. The scan hops from tenant to tenant, and asks for the next entry of
-- each in the order of its index: as a mere condition the planner would read the whole table.
create function remit.tenants_to_integrate() returns setof text
language sql stable security definer set search_path = remit, pg_temp as $$
  with recursive hop as (
    (select e.tenant from remit.entry e order by e.tenant limit 1)
    union all
    select (select e.tenant from remit.entry e where e.tenant > h.tenant order by e.tenant limit 1)
    from hop h where h.tenant is not null)
  select h.tenant
  from hop h left join remit.log_head l on l.tenant = h.tenant
  where h.tenant is not null
    and (
      select e.seq from remit.entry e
      where e.tenant = h.tenant
        and (e.xid, e.seq) > (coalesce(l.xid, '0'::xid8), coalesce(l.seq, 0))
        and e.xid < pg_snapshot_xmin(pg_current_snapshot())
      order by e.xid, e.seq limit 1) is not null
$$;
