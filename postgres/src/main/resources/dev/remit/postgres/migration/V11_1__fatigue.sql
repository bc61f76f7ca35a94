-- How much is asked of people: counted where it happens, measured from what is stored anyway.

-- How often the same was asked again while it waited.
alter table remit.proposal add column repeats integer not null default 0;

create function remit.ask_again(p_tenant text, p_id text) returns void language plpgsql as $$
begin
  perform set_config('remit.tenant', p_tenant, true);
  update remit.proposal p set repeats = p.repeats + 1
  where p.tenant = p_tenant and p.id = p_id and p.state = 'open';
end
$$;

-- When somebody first opened a card stands in the evidence.
create index entry_of_reading on remit.entry (tenant, ((leaf::jsonb) #>> '{fields,handle}'))
  where kind = 'proposal-read';

-- The functions below cross tenants for whoever oversees several; the caller names those that the reader may see.
create function remit.answered_since(p_tenants text[], p_since timestamptz)
returns table (person text, act text, asked_at timestamptz, read_at timestamptz, at timestamptz, verdict text)
language sql stable security definer set search_path = remit, pg_temp as $$
  select l.person, l.act, l.asked_at,
    (select min(e.at) from remit.entry e
     where e.tenant = l.tenant and e.kind = 'proposal-read'
       and (e.leaf::jsonb) #>> '{fields,handle}' = l.proposal
       and (e.leaf::jsonb) #>> '{fields,person}' = l.person and e.at <= l.at),
    l.at, l.verdict
  from (
    select a.tenant, a.proposal, a.person, p.act, p.asked_at, a.at, a.verdict
    from remit.answer a join remit.proposal p on p.tenant = a.tenant and p.id = a.proposal
    where a.tenant = any (p_tenants) and a.at >= p_since
    order by a.at desc limit 10000) as l
  order by l.at, l.person
$$;

create function remit.open_of_groups(p_tenants text[], p_at timestamptz)
returns table (tenant text, name text, open bigint)
language sql stable security definer set search_path = remit, pg_temp as $$
  select p.tenant, g.name, count(*)
  from remit.proposal p, unnest(p.asked_of) as g (name)
  where p.state = 'open' and p.tenant = any (p_tenants) and p.answer_by > p_at
  group by p.tenant, g.name order by count(*) desc, p.tenant, g.name
$$;

create function remit.asked_since(p_tenants text[], p_since timestamptz, p_refusals integer)
returns table (requests bigint, collapsed bigint, endings bigint)
language sql stable security definer set search_path = remit, pg_temp as $$
  select count(*), coalesce(sum(p.repeats), 0),
    (select count(*) from (
      select from remit.proposal r
      where r.tenant = any (p_tenants) and r.asked_at >= p_since and r.state = 'refused' and r.kind = 'call'
      group by r.tenant, r.task, r.act having count(*) >= p_refusals) as twice)
  from remit.proposal p where p.tenant = any (p_tenants) and p.asked_at >= p_since
$$;
