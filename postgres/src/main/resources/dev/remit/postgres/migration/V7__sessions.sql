-- People's sessions. A row is what the server remembers of a browser: the digest of its random id and who
-- signed in. No row answers anything; who reads this table has no session by it.

create table remit.person_session (
  digest text not null,
  issuer text not null,
  subject text not null,
  person text not null,
  started_at timestamptz not null,
  idle_at timestamptz not null,
  ends_at timestamptz not null,
  constraint session_is_stored_once primary key (digest),
  constraint session_has_an_end check (ends_at > started_at and idle_at > started_at)
);

create index person_session_of_person on remit.person_session (issuer, subject);
create index person_session_by_end on remit.person_session (ends_at);

grant select, insert, update, delete on remit.person_session to remit_serve;
