-- An approval is used by one intent for ever, whatever its own row says later.
create unique index approval_is_used_once on remit.intent (tenant, proposal) where proposal is not null;
