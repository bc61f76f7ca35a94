-- The roots of complete subtrees of 256 to the `level` leaves, from left to right (C2SP tlog-tiles, hash tiles above
-- level 0), so that a tile and a proof cost the same whatever the size of the log.
create table remit.subtree (
  tenant text not null,
  level smallint not null,
  index bigint not null,
  hash bytea not null,
  constraint subtree_has_one_place primary key (tenant, level, index),
  constraint subtree_level_is_of_a_tile check (level between 1 and 7),
  constraint subtree_hash_is_sha256 check (octet_length(hash) = 32)
);

-- What witnesses signed of a checkpoint: one line of a signed note for each (C2SP tlog-cosignature).
create table remit.cosignature (
  tenant text not null,
  size bigint not null,
  witness text not null,
  line text not null,
  at timestamptz not null,
  constraint witness_cosigns_once primary key (tenant, size, witness),
  constraint cosignature_is_of_a_checkpoint foreign key (tenant, size) references remit.checkpoint (tenant, size)
);

grant select, insert on remit.subtree, remit.cosignature to remit_evidence;

do $$
declare
  name text;
begin
  foreach name in array array['subtree', 'cosignature'] loop
    execute format('alter table remit.%I enable row level security', name);
    execute format(
      'create policy tenant_sees_only_its_own on remit.%I
         using (tenant = current_setting(''remit.tenant'', true))
         with check (tenant = current_setting(''remit.tenant'', true))', name);
  end loop;
end
$$;

-- A bundle of entries carries none that is longer (C2SP tlog-tiles, log entries).
alter table remit.entry add constraint leaf_fits_into_a_bundle check (octet_length(leaf) <= 65535);

-- The subtrees of logs that are older than their table (RFC 6962, section 2.1: a node is the hash of 1, left, right).
create function remit.make_subtrees() returns void language plpgsql set search_path = remit, pg_temp as $$
begin
  create temporary table node (tenant text, level int, index bigint, hash bytea) on commit drop;
  insert into node select l.tenant, 0, l.index, l.hash from remit.leaf l;
  for v_level in 1..56 loop
    insert into node
    select n.tenant, v_level, n.index / 2, sha256('\x01'::bytea || string_agg(n.hash, ''::bytea order by n.index))
    from node n where n.level = v_level - 1
    group by n.tenant, n.index / 2 having count(*) = 2;
    exit when not found;
    delete from node n where n.level = v_level - 1;
    if v_level % 8 = 0 then
      insert into remit.subtree (tenant, level, index, hash)
      select n.tenant, v_level / 8, n.index, n.hash from node n where n.level = v_level
      on conflict do nothing;
    end if;
  end loop;
  drop table node;
end
$$;
revoke execute on function remit.make_subtrees() from remit_serve;

select remit.make_subtrees();

-- Logs whose latest checkpoint this witness has not cosigned; each is then read with its tenant named.
create function remit.logs_without(p_witness text) returns setof text
language sql stable security definer set search_path = remit, pg_temp as $$
  select h.tenant from remit.log_head h
  where h.size > 0
    and not exists (
      select from remit.cosignature c where c.tenant = h.tenant and c.size = h.size and c.witness = p_witness)
  order by h.tenant
$$;
