-- Who may do what. `remit_owner` owns everything and never serves; `remit_serve` serves; `remit_evidence`
-- may add evidence and read it, and `remit_serve` has rights on evidence only as its member.

grant usage on schema remit to remit_serve, remit_evidence;

grant select, insert on remit.policy_version, remit.policy_file to remit_serve;
grant select, insert, update on remit.active_version to remit_serve;
grant select, insert on remit.kill to remit_serve;
grant select, insert, update
  on remit.task, remit.task_use, remit.ticket_use, remit.class_use, remit.proposal, remit.lease, remit.intent,
    remit.log_head
  to remit_serve;
grant select on remit.target to remit_serve;

-- No right to give `xid` and `seq`: the place of an entry is the database's word.
grant select on remit.entry, remit.leaf, remit.checkpoint to remit_evidence;
grant insert (tenant, id, kind, call, task, at, leaf, body, salt) on remit.entry to remit_evidence;
grant insert on remit.leaf, remit.checkpoint to remit_evidence;

-- Row security: a session sees and writes the rows of the one tenant it has named for this transaction.
do $$
declare
  name text;
begin
  foreach name in array array['task', 'task_use', 'ticket_use', 'class_use', 'proposal', 'lease', 'intent', 'entry',
    'leaf', 'log_head', 'checkpoint', 'target'] loop
    execute format('alter table remit.%I enable row level security', name);
    execute format(
      'create policy tenant_sees_only_its_own on remit.%I
         using (tenant = current_setting(''remit.tenant'', true))
         with check (tenant = current_setting(''remit.tenant'', true))', name);
  end loop;
end
$$;

-- Functions are for those who are named, never for everybody.
alter default privileges for role remit_owner in schema remit grant execute on functions to remit_serve;
alter default privileges for role remit_owner revoke execute on functions from public;
