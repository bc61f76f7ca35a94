-- The lives of the data. A row is written once and never changed; what was true under an earlier one is not taken for
-- true under the next.
create table remit.epoch (
  number bigint not null,
  cause text not null,
  cluster text not null,
  at timestamptz not null,
  constraint epoch_begins_once primary key (number),
  constraint epoch_is_counted_from_one check (number > 0)
);
grant select, insert on remit.epoch to remit_serve;

-- The database's own name for itself and its timeline: a dump that was loaded elsewhere has another name, a promotion
-- and a recovery to a point in time have another timeline.
create function remit.cluster() returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.system_identifier || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) from pg_control_system() s
$$;

create function remit.begin_epoch(
  p_number bigint, p_cause text, p_cluster text, p_began_at timestamptz, p_tenant text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns boolean language plpgsql as $$
begin
  perform remit.lock_epoch();
  if p_number <> (select coalesce(max(e.number), 0) + 1 from remit.epoch e) then
    return false;
  end if;
  insert into remit.epoch (number, cause, cluster, at) values (p_number, p_cause, p_cluster, p_began_at);
  perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
  return true;
end
$$;

-- How long each log is, for whoever remembers outside the database that it was longer.
create function remit.log_sizes() returns table (tenant text, size bigint)
language sql stable security definer set search_path = remit, pg_temp as $$
  select h.tenant, h.size from remit.log_head h
$$;
