-- The logs of all tenants are taken further in one transaction, so that a commit is paid for once and not by each
-- tenant. Both functions cross tenants for the integrator and for the audit of the logs alone; what is written is
-- written under row security, each row with its own tenant named.

create function remit.logs_to_integrate()
returns table (tenant text, size bigint, root bytea, frontier bytea, xid text, seq bigint, note text, signed_at timestamptz)
language sql stable security definer set search_path = remit, pg_temp as $$
  select t.tenant, h.size, h.root, h.frontier, h.xid::text, h.seq, c.note, c.at
  from remit.tenants_to_integrate() as t (tenant)
  left join remit.log_head h on h.tenant = t.tenant
  left join lateral (
    select k.note, k.at from remit.checkpoint k where k.tenant = t.tenant order by k.size desc limit 1) c on true
$$;

-- Entries behind the given places, all of them from transactions that have ended, at most so many of each tenant.
create function remit.entries_to_integrate(p_tenant text[], p_xid text[], p_seq bigint[], p_limit bigint[])
returns table (tenant text, id text, leaf text, xid text, seq bigint)
language sql stable security definer set search_path = remit, pg_temp as $$
  select n.tenant, n.id, n.leaf, n.xid::text, n.seq
  from unnest(p_tenant, p_xid, p_seq, p_limit) as h (tenant, xid, seq, most)
  cross join lateral (
    select e.tenant, e.id, e.leaf, e.xid, e.seq from remit.entry e
    where e.tenant = h.tenant and (e.xid, e.seq) > (h.xid::xid8, h.seq)
      and e.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by e.xid, e.seq limit h.most) n
$$;

-- The next entries that should be in a tenant's log, in the order of the log, with the leaf that was made of each.
create function remit.logged_entries(p_tenant text, p_xid text, p_seq bigint, p_limit bigint)
returns table (id text, leaf text, xid text, seq bigint, index bigint, hash bytea)
language sql stable security definer set search_path = remit, pg_temp as $$
  select e.id, e.leaf, e.xid::text, e.seq, l.index, l.hash
  from remit.log_head h
  join remit.entry e on e.tenant = h.tenant and (e.xid, e.seq) <= (h.xid, h.seq)
  left join remit.leaf l on l.tenant = e.tenant and l.entry = e.id
  where h.tenant = p_tenant and (e.xid, e.seq) > (p_xid::xid8, p_seq)
  order by e.xid, e.seq limit p_limit
$$;

create function remit.logs_to_audit() returns setof text
language sql stable security definer set search_path = remit, pg_temp as $$
  select h.tenant from remit.log_head h order by h.tenant
$$;
