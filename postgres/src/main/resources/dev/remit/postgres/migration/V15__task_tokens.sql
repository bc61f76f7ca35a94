-- Task tokens: the keys that sign them, and those that their holders gave back.

-- `sealed` is the whole key under a key that the database never sees.
create table remit.token_key (
  id text not null,
  sealed text not null,
  signs_from timestamptz not null,
  signs_until timestamptz not null,
  verifies_until timestamptz not null,
  constraint token_key_is_stored_once primary key (id),
  constraint token_key_outlives_what_it_signs check (signs_from < signs_until and signs_until < verifies_until)
);

grant select on remit.token_key to remit_serve;

-- Of two replicas that make the next key at once, one does.
create function remit.add_token_key(
  p_id text, p_sealed text, p_signs_from timestamptz, p_signs_until timestamptz, p_verifies_until timestamptz,
  p_after timestamptz
) returns void language plpgsql security definer set search_path = remit, pg_temp as $$
begin
  perform pg_advisory_xact_lock(1380273481, 15);
  insert into remit.token_key (id, sealed, signs_from, signs_until, verifies_until)
  select p_id, p_sealed, p_signs_from, p_signs_until, p_verifies_until
  where not exists (select from remit.token_key k where k.signs_until > p_after);
end
$$;

create function remit.sweep_token_keys(p_dead_before timestamptz) returns void
language sql security definer set search_path = remit, pg_temp as
  'delete from remit.token_key k where k.verifies_until < p_dead_before';

-- A revoked token is a stop of its own scope, which every admission already looks for. The task's lock orders it: a
-- call that is being admitted commits first or not at all. It waits for no other task, so no holder delays others.
create function remit.revoke_token(p_tenant text, p_task text, p_scope text, p_by text, p_at timestamptz) returns void
language plpgsql security definer set search_path = remit, pg_temp as $$
begin
  perform set_config('remit.tenant', p_tenant, true);
  perform remit.lock_task(p_tenant, p_task);
  insert into remit.kill (scope, ordered_by, reason, ordered_at)
  select p_scope, p_by, 'revoked', p_at
  where p_scope like 'token:%'
    and not exists (select from remit.kill k where k.scope = p_scope and k.lifted_at is null);
end
$$;

-- Those that are dead by themselves.
create function remit.sweep_revoked_tokens(p_before timestamptz) returns void
language sql security definer set search_path = remit, pg_temp as
  $$delete from remit.kill k where k.scope like 'token:%' and k.ordered_at < p_before$$;
