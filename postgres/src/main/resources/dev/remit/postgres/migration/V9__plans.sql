-- Plans of calls, and the server's word for what it wrote: `seal` is a digest under a key that the database never sees.
-- A proposal without it asks of nobody, an answer without it is none; so no row says when people were asked, or when
-- somebody answered, but the server's own.

alter table remit.proposal
  add column seal text not null default '',
  drop constraint proposal_kind_is_known,
  add constraint proposal_kind_is_a_word check (kind ~ '^[a-z][a-z-]{1,30}$');
alter table remit.answer add column seal text not null default '';
alter table remit.policy_version add column authors text[] not null default '{}';

drop function remit.propose(
  text, text, text, text, text, text, text[], timestamptz, timestamptz, text, integer, integer,
  text, text, text, text, timestamptz, text, text, text, text, text, text, text, timestamptz, text, text, text);
create function remit.propose(
  p_tenant text, p_id text, p_task text, p_proposal_kind text, p_digest text, p_act text, p_asked_of text[],
  p_asked_at timestamptz, p_answer_by timestamptz, p_detail text, p_seal text, p_per_task integer,
  p_per_group integer,
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
  if p_proposal_kind in ('call', 'plan') and p_per_task <= (
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
  insert into remit.proposal (tenant, id, task, kind, digest, act, asked_of, state, asked_at, answer_by, detail, seal)
  values (p_tenant, p_id, p_task, p_proposal_kind, p_digest, p_act, p_asked_of, 'open', p_asked_at, p_answer_by,
    p_detail, p_seal);
  if p_decision is not null then
    perform remit.append_entry(p_tenant, p_decision, p_decision_kind, p_decision_call, p_decision_task, p_decision_at,
      p_decision_leaf, p_decision_body, p_decision_salt);
  end if;
  perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
  return query select p.* from remit.proposal p where p.tenant = p_tenant and p.id = p_id;
end
$$;

-- A step of a granted plan is a row of its own (`ID.STEP`, never listed), so that one intent uses it for ever
-- (`approval_is_used_once`). It is there only while its plan is granted.
create function remit.open_step(p_tenant text, p_plan text, p_step integer, p_opened_at timestamptz)
returns boolean language plpgsql as $$
declare
  v_plan remit.proposal;
begin
  perform set_config('remit.tenant', p_tenant, true);
  select p.* into v_plan from remit.proposal p
  where p.tenant = p_tenant and p.id = p_plan and p.kind = 'plan' and p.state = 'granted' and p.use_by > p_opened_at
  for share;
  if not found then
    return false;
  end if;
  insert into remit.proposal (tenant, id, task, kind, digest, state, asked_at, answer_by, use_by, detail)
  values (p_tenant, p_plan || '.' || p_step, v_plan.task, 'step', '', 'granted', v_plan.asked_at, v_plan.answer_by,
    v_plan.use_by, '{}')
  on conflict do nothing;
  return true;
end
$$;

-- What ends a plan ends those of its steps that were not used.
create or replace function remit.end_proposal(
  p_tenant text, p_id text, p_state text,
  p_entry text, p_kind text, p_call text, p_entry_task text, p_at timestamptz, p_leaf text, p_body text, p_salt text
) returns boolean language plpgsql as $$
begin
  perform set_config('remit.tenant', p_tenant, true);
  update remit.proposal p set state = p_state
  where p.tenant = p_tenant and p.id = p_id and p.state in ('open', 'granted');
  if found then
    update remit.proposal p set state = p_state
    where p.tenant = p_tenant and p.kind = 'step' and p.state = 'granted'
      and p.id in (select p_id || '.' || n from generate_series(1, 20) as n);
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
  (select p.* from remit.proposal p where p.state = 'granted' and p.use_by <= p_at and p.kind <> 'step'
    order by p.use_by limit 1000)
$$;

drop function remit.answer(
  text, text, text, text, bigint, text, timestamptz, text,
  text, text, text, text, timestamptz, text, text, text);
-- Runs as the owner, for nobody who serves may write an answer or a counter in another way. The proposal's row orders
-- rivals.
create function remit.answer(
  p_tenant text, p_proposal text, p_person text, p_credential text, p_counter bigint, p_verdict text,
  p_answered_at timestamptz, p_detail text, p_seal text,
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
  insert into remit.answer (tenant, proposal, person, credential, verdict, at, detail, seal)
  values (p_tenant, p_proposal, p_person, p_credential, p_verdict, p_answered_at, p_detail, p_seal);
  perform remit.append_entry(p_tenant, p_entry, p_kind, p_call, p_entry_task, p_at, p_leaf, p_body, p_salt);
  return 'COUNTED';
end
$$;
