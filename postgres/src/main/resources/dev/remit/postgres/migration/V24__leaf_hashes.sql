-- The integrator is told the hash of each leaf and not its text, which no longer travels: SHA-256 of a zero byte and the
-- text (RFC 6962 §2.1). It comes from the same row as the text did; the audit of the logs reads the text and hashes it
-- again outside the database.
drop function remit.entries_to_integrate(text[], text[], bigint[], bigint[]);

-- Leaves behind the given places, all of them from transactions that have ended, at most so many of each tenant.
create function remit.leaves_to_integrate(p_tenant text[], p_xid text[], p_seq bigint[], p_limit bigint[])
returns table (tenant text, id text, hash bytea, xid text, seq bigint)
language sql stable security definer set search_path = remit, pg_temp as $$
  select n.tenant, n.id, sha256('\x00'::bytea || convert_to(n.leaf, 'UTF8')), n.xid::text, n.seq
  from unnest(p_tenant, p_xid, p_seq, p_limit) as h (tenant, xid, seq, most)
  cross join lateral (
    select e.tenant, e.id, e.leaf, e.xid, e.seq from remit.entry e
    where e.tenant = h.tenant and (e.xid, e.seq) > (h.xid::xid8, h.seq)
      and e.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by e.xid, e.seq limit h.most) n
$$;
