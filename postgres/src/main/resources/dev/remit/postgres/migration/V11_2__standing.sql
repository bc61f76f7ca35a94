-- Standing approvals: proposals of the kind `standing`. Each use is a row of its own as a plan's step is (`ID.N`, never
-- listed), so that `admit` uses it up with the intent, once for ever (`approval_is_used_once`), and there are never
-- more than were signed for.

create index proposal_standing on remit.proposal (tenant, act)
  where kind = 'standing' and state in ('open', 'granted');

-- The number of one use for this task, zero when there is none. Rivals wait for the row of the standing approval, so
-- each gets a use of its own while there are fresh ones; then those that were opened and not used. How many there are
-- is the caller's word, who has checked what people signed.
create function remit.open_use(p_tenant text, p_standing text, p_task text, p_uses integer, p_opened_at timestamptz)
returns integer language plpgsql as $$
declare
  v_standing remit.proposal;
  v_use integer;
begin
  perform set_config('remit.tenant', p_tenant, true);
  select p.* into v_standing from remit.proposal p
  where p.tenant = p_tenant and p.id = p_standing and p.kind = 'standing' and p.state = 'granted'
    and p.use_by > p_opened_at
  for no key update;
  if not found then
    return 0;
  end if;
  select min(n) into v_use from generate_series(1, least(p_uses, 20)) as n
  where not exists (select from remit.proposal s where s.tenant = p_tenant and s.id = p_standing || '.' || n);
  if v_use is not null then
    insert into remit.proposal (tenant, id, task, kind, digest, state, asked_at, answer_by, use_by, detail)
    values (p_tenant, p_standing || '.' || v_use, p_task, 'step', '', 'granted', v_standing.asked_at,
      v_standing.answer_by, v_standing.use_by, '{}');
    return v_use;
  end if;
  select min(n) into v_use from generate_series(1, least(p_uses, 20)) as n
  where exists (
      select from remit.proposal s
      where s.tenant = p_tenant and s.id = p_standing || '.' || n and s.kind = 'step' and s.state = 'granted')
    and not exists (select from remit.intent i where i.tenant = p_tenant and i.proposal = p_standing || '.' || n);
  if v_use is null then
    return 0;
  end if;
  update remit.proposal s set task = p_task
  where s.tenant = p_tenant and s.id = p_standing || '.' || v_use and s.state = 'granted';
  return case when found then v_use else 0 end;
end
$$;
