-- Sessions of the command line, and the codes by which they begin. Codes and sessions are stored as
-- digests, so that whoever reads the tables has neither.

alter table remit.person_session
  add column kind text not null default 'browser',
  add constraint session_is_of_a_kind check (kind in ('browser', 'cli'));

create table remit.cli_offer (
  digest text not null,
  issuer text not null,
  subject text not null,
  person text not null,
  challenge text not null,
  redirect text not null,
  ends_at timestamptz not null,
  session text,
  constraint offer_is_stored_once primary key (digest)
);

create index cli_offer_by_end on remit.cli_offer (ends_at);

grant select, insert, update, delete on remit.cli_offer to remit_serve;
