-- What people are told of proposals. A trigger notes each event in the commit that it tells of; a planner turns it
-- into deliveries, one per channel for ever; senders claim those one at a time. All of it runs as the owner: tenants
-- stay apart because a channel belongs to one organisation, which the planner looks at.

create table remit.notice_event (
  tenant text not null,
  proposal text not null,
  kind text not null,
  due_at timestamptz not null,
  constraint event_is_noted_once primary key (tenant, proposal, kind),
  constraint event_kind_is_known check (kind in ('asked', 'reminder', 'escalated', 'expired', 'resolved'))
);
create index notice_event_due on remit.notice_event (due_at);

-- `claimed_until` is over when its sender died; `ended_at` says that nobody tries again, `is_told` whether it arrived.
create table remit.notice (
  tenant text not null,
  proposal text not null,
  kind text not null,
  channel text not null,
  planned_at timestamptz not null,
  next_at timestamptz not null,
  until timestamptz not null,
  tries integer not null default 0,
  claimed_until timestamptz,
  ended_at timestamptz,
  is_told boolean not null default false,
  constraint channel_is_told_once primary key (tenant, proposal, kind, channel),
  constraint notice_kind_is_known check (kind in ('asked', 'reminder', 'escalated', 'expired', 'resolved'))
);
create index notice_waiting on remit.notice (channel, next_at) where ended_at is null;

grant select on remit.notice_event, remit.notice to remit_serve;
do $$
declare
  name text;
begin
  foreach name in array array['notice_event', 'notice'] loop
    execute format('alter table remit.%I enable row level security', name);
    execute format(
      'create policy tenant_sees_only_its_own on remit.%I
         using (tenant = current_setting(''remit.tenant'', true))
         with check (tenant = current_setting(''remit.tenant'', true))', name);
  end loop;
end
$$;

-- An ended proposal is told of at once: its moment of asking has passed in any case. Using a granted one is no news.
create function remit.note_proposal() returns trigger
language plpgsql security definer set search_path = remit, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'open' then
      return null;
    end if;
    insert into remit.notice_event (tenant, proposal, kind, due_at)
    values (new.tenant, new.id, 'asked', new.asked_at),
      (new.tenant, new.id, 'reminder', new.asked_at + (new.answer_by - new.asked_at) / 2)
    on conflict (tenant, proposal, kind) do nothing;
  elsif old.state <> 'open' or new.state = 'open' then
    return null;
  else
    delete from remit.notice_event e
    where e.tenant = new.tenant and e.proposal = new.id and e.kind in ('reminder', 'escalated');
    insert into remit.notice_event (tenant, proposal, kind, due_at)
    values (new.tenant, new.id, case when new.state = 'expired' then 'expired' else 'resolved' end, new.asked_at)
    on conflict (tenant, proposal, kind) do nothing;
  end if;
  perform pg_notify('remit_proposal', new.id);
  return null;
end
$$;
create trigger proposal_is_noted after insert or update of state on remit.proposal
  for each row execute function remit.note_proposal();

-- What waited before there was a memory.
insert into remit.notice_event (tenant, proposal, kind, due_at)
select p.tenant, p.id, k.kind,
  case k.kind when 'asked' then p.asked_at else p.asked_at + (p.answer_by - p.asked_at) / 2 end
from remit.proposal p, (values ('asked'), ('reminder')) as k (kind) where p.state = 'open';

create function remit.notice_events(p_at timestamptz, p_limit integer) returns setof remit.notice_event
language sql stable security definer set search_path = remit, pg_temp as $$
  select e.* from remit.notice_event e where e.due_at <= p_at order by e.due_at, e.tenant, e.proposal, e.kind
  limit p_limit
$$;

create function remit.plan_notices(
  p_tenant text, p_proposal text, p_kind text, p_channels text[], p_at timestamptz, p_until timestamptz,
  p_next_kinds text[], p_next_due timestamptz[]
) returns void language plpgsql security definer set search_path = remit, pg_temp as $$
begin
  delete from remit.notice_event e where e.tenant = p_tenant and e.proposal = p_proposal and e.kind = p_kind;
  if not found then
    return;
  end if;
  insert into remit.notice (tenant, proposal, kind, channel, planned_at, next_at, until)
  select p_tenant, p_proposal, p_kind, c.channel, p_at, p_at, p_until from unnest(p_channels) as c (channel)
  on conflict (tenant, proposal, kind, channel) do nothing;
  insert into remit.notice_event (tenant, proposal, kind, due_at)
  select p_tenant, p_proposal, n.kind, n.due_at from unnest(p_next_kinds, p_next_due) as n (kind, due_at)
  on conflict (tenant, proposal, kind) do nothing;
end
$$;

create function remit.asked_channels(p_tenant text, p_proposal text) returns setof text
language sql stable security definer set search_path = remit, pg_temp as $$
  select n.channel from remit.notice n
  where n.tenant = p_tenant and n.proposal = p_proposal and n.kind in ('asked', 'escalated')
$$;

create function remit.claim_notice(p_channel text, p_at timestamptz, p_claimed_until timestamptz)
returns setof remit.notice language plpgsql security definer set search_path = remit, pg_temp as $$
begin
  update remit.notice n set ended_at = p_at
  from remit.proposal p
  where n.channel = p_channel and n.ended_at is null and n.next_at <= p_at
    and (n.claimed_until is null or n.claimed_until <= p_at)
    and p.tenant = n.tenant and p.id = n.proposal
    and (n.until <= p_at
      or n.kind in ('asked', 'reminder', 'escalated') and p.state <> 'open'
        and not (n.kind = 'asked' and p.kind = 'key'));
  return query
  update remit.notice n set claimed_until = p_claimed_until
  from (
    select w.tenant, w.proposal, w.kind, w.channel from remit.notice w
    where w.channel = p_channel and w.ended_at is null and w.next_at <= p_at and w.until > p_at
      and (w.claimed_until is null or w.claimed_until <= p_at)
    order by w.next_at, w.tenant, w.proposal, w.kind
    limit 1 for update skip locked) as o
  where n.tenant = o.tenant and n.proposal = o.proposal and n.kind = o.kind and n.channel = o.channel
  returning n.*;
end
$$;

create function remit.end_notice(
  p_tenant text, p_proposal text, p_kind text, p_channel text, p_at timestamptz
) returns void language sql security definer set search_path = remit, pg_temp as $$
  update remit.notice n set ended_at = p_at, is_told = true, claimed_until = null
  where n.tenant = p_tenant and n.proposal = p_proposal and n.kind = p_kind and n.channel = p_channel
$$;

create function remit.postpone_notice(
  p_tenant text, p_proposal text, p_kind text, p_channel text, p_next timestamptz
) returns void language sql security definer set search_path = remit, pg_temp as $$
  update remit.notice n set next_at = p_next, tries = n.tries + 1, claimed_until = null
  where n.tenant = p_tenant and n.proposal = p_proposal and n.kind = p_kind and n.channel = p_channel
    and n.ended_at is null
$$;
