-- What people answer: proposals, signed answers, keys. States and rows order things; they are no authority: whoever
-- uses an approval checks every signature again.

-- `seq` is the order in which people were asked, `act` the tool with its targets.
alter table remit.proposal
  add column kind text not null default 'call',
  add column asked_of text[] not null default '{}',
  add column act text not null default '',
  add column seq bigint generated always as identity,
  add constraint proposal_kind_is_known check (kind in ('call', 'key', 'lift'));
drop index remit.equal_open_proposals_collapse;
create index proposal_of_task on remit.proposal (tenant, task, digest, seq) where task is not null;
create index proposal_most_urgent on remit.proposal (answer_by, tenant, id) where state = 'open';
create index proposal_most_urgent_of_tenant on remit.proposal (tenant, answer_by, id) where state = 'open';
create index proposal_granted_use_by on remit.proposal (use_by) where state = 'granted';
create index intent_of_proposal on remit.intent (tenant, proposal) where proposal is not null;
create index intent_of_unknown_outcome on remit.intent (tenant, at) where outcome = 'unknown';

-- Insert-only for everybody who serves, and only through `answer`.
create table remit.answer (
  tenant text not null,
  proposal text not null,
  person text not null,
  credential text not null,
  verdict text not null,
  at timestamptz not null,
  detail text not null,
  constraint person_answers_once primary key (tenant, proposal, person),
  constraint key_answers_once unique (tenant, proposal, credential),
  constraint answer_belongs_to_proposal foreign key (tenant, proposal) references remit.proposal (tenant, id),
  constraint verdict_is_known check (verdict in ('grant', 'refuse'))
);
create index answer_since on remit.answer (tenant, at) where at is not null;

-- The one key that does not lead with the tenant: one key is one human, wherever that human has accounts. The tenant
-- is the organisation's own, `_operator` for the installation's people. `seal` is the server's word for all but the
-- counter: a row written by hand has none.
create table remit.person_key (
  tenant text not null,
  credential_id text not null,
  person text not null,
  organisation text not null,
  credential text not null,
  counter bigint not null,
  registered_at timestamptz not null,
  active_from timestamptz not null,
  removed_at timestamptz,
  label text not null,
  seal text not null,
  constraint one_key_is_one_human primary key (credential_id)
);
create index person_key_of_person on remit.person_key (person, registered_at);
create index person_key_of_organisation on remit.person_key (tenant, organisation);

alter table remit.task drop constraint task_state_is_known;
alter table remit.task add constraint task_state_is_known
  check (state in ('open', 'held', 'done', 'failed', 'expired', 'killed', 'taken_over'));

grant select on remit.answer, remit.person_key to remit_serve;
do $$
declare
  name text;
begin
  foreach name in array array['answer', 'person_key'] loop
    execute format('alter table remit.%I enable row level security', name);
    execute format(
      'create policy tenant_sees_only_its_own on remit.%I
         using (tenant = current_setting(''remit.tenant'', true))
         with check (tenant = current_setting(''remit.tenant'', true))', name);
  end loop;
end
$$;

-- Equal open proposals of a task collapse: the answer is the one that stands. Nothing comes back when too many wait.
drop function remit.propose(
  text, text, text, text, timestamptz, timestamptz, text, text, text, text, text, timestamptz, text, text, text);
create function remit.propose(
  p_tenant text, p_id text, p_task text, p_proposal_kind text, p_digest text, p_act text, p_asked_of text[],
  p_asked_at timestamptz, p_answer_by timestamptz, p_detail text, p_per_task integer, p_per_group integer,
  p_decision text, p_decision_kind text, p_decision_call text, p_decision_task text, p_decision_at timestamptz,
  p_decision_leaf text, p_decision_body text, p_decision_salt text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns setof remit.proposal language plpgsql as $$
begin
  perform set_config('remit.tenant', p_tenant, true), pg_advisory_xact_lock(hashtextextended(p_tenant, 4));
  return query
    select p.* from remit.proposal p
    where p.tenant = p_tenant and p.task = p_task and p.digest = p_digest and p.state = 'open'
      and p.answer_by > p_asked_at;
  if found then
    return;
  end if;
  if p_proposal_kind = 'call' and p_per_task <= (
      select count(*) from remit.proposal p
      where p.tenant = p_tenant and p.task = p_task and p.state = 'open' and p.answer_by > p_asked_at)
    or p_per_group <= (
      select coalesce(max(w.waiting), 0) from (
        select count(*) as waiting
        from remit.proposal p, unnest(p.asked_of) as g (name)
        where p.tenant = p_tenant and p.state = 'open' and p.answer_by > p_asked_at and g.name = any (p_asked_of)
        group by g.name) as w) then
    return;
  end if;
  insert into remit.proposal (tenant, id, task, kind, digest, act, asked_of, state, asked_at, answer_by, detail)
  values (p_tenant, p_id, p_task, p_proposal_kind, p_digest, p_act, p_asked_of, 'open', p_asked_at, p_answer_by,
    p_detail);
  if p_decision is not null then
    perform remit.append_entry(p_tenant, p_decision, p_decision_kind, p_decision_call, p_decision_task, p_decision_at,
      p_decision_leaf, p_decision_body, p_decision_salt);
  end if;
  perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
  return query select p.* from remit.proposal p where p.tenant = p_tenant and p.id = p_id;
end
$$;

create or replace function remit.end_proposal(
  p_tenant text, p_id text, p_state text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns boolean language plpgsql as $$
begin
  perform set_config('remit.tenant', p_tenant, true);
  update remit.proposal p set state = p_state
  where p.tenant = p_tenant and p.id = p_id and p.state in ('open', 'granted');
  if found then
    perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
    return true;
  end if;
  return false;
end
$$;

create function remit.grant_proposal(
  p_tenant text, p_id text, p_granted_at timestamptz, p_use_by timestamptz,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns boolean language plpgsql as $$
begin
  perform set_config('remit.tenant', p_tenant, true);
  update remit.proposal p set state = 'granted', use_by = p_use_by
  where p.tenant = p_tenant and p.id = p_id and p.state = 'open' and p.answer_by > p_granted_at;
  if found then
    perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
    return true;
  end if;
  return false;
end
$$;

create or replace function remit.overdue_proposals(p_at timestamptz) returns setof remit.proposal
language sql stable security definer set search_path = remit, pg_temp as $$
  (select p.* from remit.proposal p where p.state = 'open' and p.answer_by <= p_at order by p.answer_by limit 1000)
  union all
  (select p.* from remit.proposal p where p.state = 'granted' and p.use_by <= p_at order by p.use_by limit 1000)
$$;

-- Crosses tenants for whoever answers at several; the caller names those that the reader may see.
create function remit.inbox(
  p_tenants text[], p_at timestamptz, p_after timestamptz, p_after_tenant text, p_after_id text, p_limit integer
) returns setof remit.proposal language plpgsql stable security definer set search_path = remit, pg_temp as $$
begin
  if cardinality(p_tenants) = 1 then
    return query
      select p.* from remit.proposal p
      where p.state = 'open' and p.tenant = p_tenants[1] and p.answer_by > p_at
        and (p_after is null or (p.answer_by, p.id) > (p_after, p_after_id))
      order by p.tenant, p.answer_by, p.id limit p_limit;
  else
    return query
      select p.* from remit.proposal p
      where p.state = 'open' and p.tenant = any (p_tenants) and p.answer_by > p_at
        and (p_after is null or (p.answer_by, p.tenant, p.id) > (p_after, p_after_tenant, p_after_id))
      order by p.answer_by, p.tenant, p.id limit p_limit;
  end if;
end
$$;

create function remit.answers_of(p_tenants text[], p_proposals text[]) returns setof remit.answer
language sql stable security definer set search_path = remit, pg_temp as $$
  select a.* from unnest(p_tenants, p_proposals) as s (tenant, proposal)
  join remit.answer a on a.tenant = s.tenant and a.proposal = s.proposal
  order by a.at, a.person
$$;

-- Runs as the owner, for nobody who serves may write an answer or a counter in another way. The proposal's row orders
-- rivals.
create function remit.answer(
  p_tenant text, p_proposal text, p_person text, p_credential text, p_counter bigint, p_verdict text,
  p_answered_at timestamptz, p_detail text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns text language plpgsql security definer set search_path = remit, pg_temp as $$
begin
  perform from remit.proposal p
  where p.tenant = p_tenant and p.id = p_proposal and p.state = 'open' and p.answer_by > p_answered_at
  for no key update;
  if not found then
    return 'CLOSED';
  end if;
  if exists (
    select from remit.answer a
    where a.tenant = p_tenant and a.proposal = p_proposal and (a.person = p_person or a.credential = p_credential)) then
    return 'ALREADY';
  end if;
  update remit.person_key k set counter = p_counter
  where k.credential_id = p_credential and k.person = p_person and k.removed_at is null
    and k.active_from <= p_answered_at
    and (p_counter > k.counter or p_counter = 0 and k.counter = 0);
  if not found then
    return 'KEY_REFUSED';
  end if;
  insert into remit.answer (tenant, proposal, person, credential, verdict, at, detail)
  values (p_tenant, p_proposal, p_person, p_credential, p_verdict, p_answered_at, p_detail);
  perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
  return 'COUNTED';
end
$$;

-- Consumes an open proposal together with what it was for.
create function remit.consume_open(p_tenant text, p_id text) returns boolean language plpgsql as $$
begin
  perform set_config('remit.tenant', p_tenant, true);
  update remit.proposal p set state = 'consumed' where p.tenant = p_tenant and p.id = p_id and p.state = 'open';
  return found;
end
$$;

-- The first key of an organisation has no proposal; it is the only one that may.
create function remit.register_key(
  p_tenant text, p_credential_id text, p_person text, p_organisation text, p_credential text, p_counter bigint,
  p_registered_at timestamptz, p_active_from timestamptz, p_label text, p_seal text,
  p_proposal_tenant text, p_proposal text,
  p_resolution text, p_resolution_kind text, p_resolution_call text, p_resolution_task text,
  p_resolution_at timestamptz, p_resolution_leaf text, p_resolution_body text, p_resolution_salt text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns boolean language plpgsql security definer set search_path = remit, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('person_key', 5));
  if exists (select from remit.person_key k where k.credential_id = p_credential_id) then
    return false;
  end if;
  if p_proposal is null then
    if exists (
      select from remit.person_key k where k.tenant = p_tenant and k.organisation = p_organisation) then
      return false;
    end if;
  elsif not remit.consume_open(p_proposal_tenant, p_proposal) then
    return false;
  end if;
  insert into remit.person_key (tenant, credential_id, person, organisation, credential, counter, registered_at,
    active_from, label, seal)
  values (p_tenant, p_credential_id, p_person, p_organisation, p_credential, p_counter, p_registered_at,
    p_active_from, p_label, p_seal);
  if p_resolution is not null then
    perform remit.append_entry(p_proposal_tenant, p_resolution, p_resolution_kind, p_resolution_call,
      p_resolution_task, p_resolution_at, p_resolution_leaf, p_resolution_body, p_resolution_salt);
  end if;
  perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
  return true;
end
$$;

create function remit.remove_key(
  p_credential_id text, p_removed_at timestamptz, p_seal text, p_tenant text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns boolean language plpgsql security definer set search_path = remit, pg_temp as $$
begin
  update remit.person_key k set removed_at = p_removed_at, seal = p_seal
  where k.credential_id = p_credential_id and k.tenant = p_tenant and k.removed_at is null;
  if found then
    perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
    return true;
  end if;
  return false;
end
$$;

-- A key is found by its own name or by its person's, whoever's tenant it is in.
create function remit.keys_of(p_credential_id text, p_person text) returns setof remit.person_key
language sql stable security definer set search_path = remit, pg_temp as $$
  select k.* from remit.person_key k
  where k.credential_id = p_credential_id or k.person = p_person
  order by k.registered_at, k.credential_id
$$;

create function remit.has_keys() returns boolean
language sql stable security definer set search_path = remit, pg_temp as
  'select exists (select from remit.person_key)';

-- Kills that were ordered after people were asked stay.
create function remit.lift_kill(
  p_scope text, p_lifted_at timestamptz, p_asked_at timestamptz, p_tenant text, p_proposal text,
  p_resolution text, p_resolution_kind text, p_resolution_call text, p_resolution_task text,
  p_resolution_at timestamptz, p_resolution_leaf text, p_resolution_body text, p_resolution_salt text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns boolean language plpgsql security definer set search_path = remit, pg_temp as $$
begin
  perform remit.lock_epoch();
  if not remit.consume_open(p_tenant, p_proposal) then
    return false;
  end if;
  update remit.kill k set lifted_at = p_lifted_at
  where k.scope = p_scope and k.lifted_at is null and k.ordered_at <= p_asked_at;
  perform remit.append_entry(p_tenant, p_resolution, p_resolution_kind, p_resolution_call, p_resolution_task,
    p_resolution_at, p_resolution_leaf, p_resolution_body, p_resolution_salt);
  perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
  return true;
end
$$;

-- Turns a task from one open state into another; an ended one stays ended.
create function remit.turn_task(
  p_tenant text, p_id text, p_from text, p_to text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns boolean language plpgsql as $$
begin
  perform set_config('remit.tenant', p_tenant, true);
  perform remit.lock_task(p_tenant, p_id);
  update remit.task t set state = p_to
  where t.tenant = p_tenant and t.id = p_id and t.state = p_from and p_to in ('open', 'held');
  if found then
    perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
    return true;
  end if;
  return false;
end
$$;

-- Calls of which nobody knows whether they happened, and about which no later knowledge was written yet.
create function remit.unknown_outcomes(p_tenants text[], p_limit integer)
returns table (tenant text, call text, task text, at timestamptz)
language sql stable security definer set search_path = remit, pg_temp as $$
  select i.tenant, i.call, i.task, i.at
  from unnest(p_tenants) as s (tenant)
  join remit.intent i on i.tenant = s.tenant and i.outcome = 'unknown'
  where not exists (
    select from remit.entry e where e.tenant = i.tenant and e.call = i.call and e.kind = 'resolution')
  order by i.at limit p_limit
$$;
