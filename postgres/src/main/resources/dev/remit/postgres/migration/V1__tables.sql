-- Tables of the ledger. Every key leads with the tenant where a row belongs to one.
-- Instants come from the caller: no clock of the database decides anything.
--
-- Indexes beside a primary key are partial wherever they begin with its columns, if need be on a condition that
-- always holds: a plan is made once per connection, perhaps while a table is empty, when any index that begins with
-- the tenant looks as good as the key. Statements by key name no such condition; lists name it.

create table remit.policy_version (
  version text not null,
  created_at timestamptz not null,
  constraint policy_version_is_stored_once primary key (version)
);

create table remit.policy_file (
  version text not null,
  path text not null,
  content bytea not null,
  constraint policy_file_path_is_unique_in_version primary key (version, path),
  constraint policy_file_belongs_to_version foreign key (version) references remit.policy_version (version)
);

-- At most one row: the version in force.
create table remit.active_version (
  only_row boolean not null default true,
  version text not null,
  activated_at timestamptz not null,
  constraint one_version_is_active primary key (only_row),
  constraint active_version_has_one_row check (only_row),
  constraint active_version_is_stored foreign key (version) references remit.policy_version (version)
);

create table remit.kill (
  id bigint generated always as identity,
  scope text not null,
  ordered_by text not null,
  reason text not null,
  ordered_at timestamptz not null,
  lifted_at timestamptz,
  constraint kill_is_ordered_once primary key (id)
);
create index kill_in_force on remit.kill (scope) where lifted_at is null;

create table remit.task (
  tenant text not null,
  id text not null,
  agent text not null,
  instance text,
  task_class text not null,
  connector text not null,
  ticket text not null,
  state text not null,
  call_limit integer not null,
  opened_at timestamptz not null,
  deadline timestamptz not null,
  closed_at timestamptz,
  kill_scope text[] not null,
  detail text not null,
  constraint task_id_is_unique_in_tenant primary key (tenant, id),
  constraint task_state_is_known check (state in ('open', 'held', 'done', 'failed', 'expired', 'killed')),
  constraint ended_task_has_its_instant check ((state in ('open', 'held')) = (closed_at is null))
);
create unique index one_open_task_per_ticket_and_class
  on remit.task (tenant, connector, ticket, task_class) where state in ('open', 'held');
create index task_open_of_instance on remit.task (tenant, agent, instance) where state in ('open', 'held');
create index task_newest_first on remit.task (tenant, opened_at desc, id) where opened_at is not null;
create index task_open_deadline on remit.task (deadline) where state in ('open', 'held');

-- Counters are spread over slots so that calls need not wait for each other's commit: a connection counts in the slot
-- of its own process, and the count is the sum of all.
create table remit.task_use (
  tenant text not null,
  task text not null,
  slot integer not null,
  calls integer not null,
  constraint task_use_is_counted_once_in_slot primary key (tenant, task, slot)
) with (fillfactor = 50);

-- Calls counted over all tasks of a ticket and class: closing and opening again resets nothing.
create table remit.ticket_use (
  tenant text not null,
  ticket text not null,
  task_class text not null,
  slot integer not null,
  calls integer not null,
  constraint ticket_use_is_counted_once_in_slot primary key (tenant, ticket, task_class, slot)
) with (fillfactor = 50);

-- Calls of a class in a tenant by five minutes; the last hour is the sum of the last twelve and the current one.
create table remit.class_use (
  tenant text not null,
  task_class text not null,
  since timestamptz not null,
  slot integer not null,
  calls integer not null,
  constraint class_use_is_counted_once_in_slot primary key (tenant, task_class, since, slot)
) with (fillfactor = 50);

create table remit.proposal (
  tenant text not null,
  id text not null,
  task text not null,
  digest text not null,
  state text not null,
  asked_at timestamptz not null,
  answer_by timestamptz not null,
  use_by timestamptz,
  detail text not null,
  constraint proposal_id_is_unique_in_tenant primary key (tenant, id),
  constraint proposal_state_is_known
    check (state in ('open', 'granted', 'refused', 'expired', 'withdrawn', 'consumed', 'stale')),
  constraint granted_proposal_has_time_to_use check (state <> 'granted' or use_by is not null)
);
create unique index equal_open_proposals_collapse on remit.proposal (tenant, task, digest) where state = 'open';
create index proposal_newest_first on remit.proposal (tenant, asked_at desc, id) where asked_at is not null;
create index proposal_open_answer_by on remit.proposal (answer_by) where state = 'open';

create table remit.lease (
  tenant text not null,
  id text not null,
  connector text not null,
  principal text not null,
  task text,
  scope text not null,
  ends_at timestamptz not null,
  replica text not null,
  state text not null,
  revoked_at timestamptz,
  constraint lease_id_is_unique_in_tenant primary key (tenant, id),
  constraint lease_state_is_known check (state in ('intended', 'issued', 'revoking', 'revoked')),
  constraint revoked_lease_has_its_instant check ((state = 'revoked') = (revoked_at is not null))
);
create unique index live_principal_is_exclusive on remit.lease (tenant, connector, principal) where state <> 'revoked';
create index lease_of_task on remit.lease (tenant, task) where state <> 'revoked';
create index lease_not_proven_gone on remit.lease (ends_at) where state <> 'revoked';

create table remit.intent (
  tenant text not null,
  call text not null,
  task text,
  task_class text,
  proposal text,
  lease text,
  at timestamptz not null,
  send_by timestamptz not null,
  settle_by timestamptz not null,
  replica text not null,
  join_key text,
  outcome text,
  settled_at timestamptz,
  constraint intent_is_admitted_once primary key (tenant, call),
  constraint settled_intent_has_outcome check ((outcome is null) = (settled_at is null))
);
create index intent_joins on remit.intent (tenant, join_key, at) where join_key is not null;
create index intent_without_outcome on remit.intent (send_by) where settled_at is null;

-- The evidence: insert-only for everybody who serves. `xid` and `seq` are the database's own.
create table remit.entry (
  tenant text not null,
  id text not null,
  kind text not null,
  call text,
  task text,
  at timestamptz not null,
  leaf text not null,
  body text not null,
  salt text not null,
  xid xid8 not null default pg_current_xact_id(),
  seq bigint generated always as identity,
  constraint entry_id_is_unique_in_tenant primary key (tenant, id),
  constraint entry_order_is_total unique (tenant, xid, seq)
);
create unique index call_has_one_first_outcome on remit.entry (tenant, call) where kind = 'outcome';
create index entry_of_call on remit.entry (tenant, call) where call is not null;
create index entry_of_task on remit.entry (tenant, task) where task is not null;

create table remit.leaf (
  tenant text not null,
  index bigint not null,
  entry text not null,
  hash bytea not null,
  constraint leaf_has_one_place primary key (tenant, index),
  constraint entry_is_logged_once unique (tenant, entry),
  constraint leaf_hash_is_sha256 check (octet_length(hash) = 32)
);

-- Where the log of a tenant stands; `xid` and `seq` are those of the last entry in it.
create table remit.log_head (
  tenant text not null,
  size bigint not null,
  root bytea not null,
  frontier bytea not null,
  xid xid8 not null,
  seq bigint not null,
  constraint tenant_has_one_log primary key (tenant)
);

create table remit.checkpoint (
  tenant text not null,
  size bigint not null,
  note text not null,
  at timestamptz not null,
  constraint size_is_signed_once primary key (tenant, size)
);

-- Inventory. The tenant is derived from the record's own owner; `_operator` where none or more than one has it. The
-- one key that does not lead with the tenant: a record has exactly one, whichever it is.
create table remit.target (
  tenant text not null,
  connector text not null,
  kind text not null,
  id text not null,
  owner text not null,
  is_ambiguous boolean not null,
  version text not null,
  attributes text not null,
  binding text not null,
  seen_at timestamptz not null,
  generation bigint not null,
  constraint target_is_unique_in_system primary key (connector, kind, id)
);
create index target_of_tenant on remit.target (tenant, connector, kind, id);
create index target_changed on remit.target (connector, kind, generation);

-- Generations order changes of one kind at one connector; `removed_at` is that of the last removal.
create table remit.target_kind (
  connector text not null,
  kind text not null,
  generation bigint not null,
  removed_at bigint not null,
  constraint kind_is_counted_once primary key (connector, kind)
);
