-- The audit trail is added to, and sealed in one order; nothing of it is changed.

-- Entries are opened to auditors one by one: each has a key of its own, which follows from this and a key of no database.
alter table app.audit_entries add column nonce bytea not null default '';
alter table app.audit_entries alter column nonce drop default;

-- Entries that wait for a seal, and the transaction that wrote each.
create table app.audit_pending (
  entry_id bigint primary key,
  xid xid8 not null default pg_current_xact_id()
);

-- One chain over all entries: each hash covers the one before.
create table app.audit_seals (
  seq bigint primary key,
  entry_id bigint not null,
  hash bytea not null,
  sealed_at timestamptz not null,
  constraint audit_seals_seq check (seq > 0)
);
create unique index audit_seals_by_entry on app.audit_seals (entry_id);

-- Root over the hashes of a stretch of the chain, signed; what a chain or a notary is shown.
create table app.audit_roots (
  last_seq bigint primary key,
  first_seq bigint not null,
  root bytea not null,
  head bytea not null,
  signature bytea not null,
  made_at timestamptz not null,
  constraint audit_roots_stretch check (first_seq <= last_seq)
);

create function app.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is only added to' using errcode = 'insufficient_privilege';
end $$;

create trigger audit_entries_stay before update or delete on app.audit_entries
  for each row execute function app.refuse_change();
create trigger audit_entries_stay_all before truncate on app.audit_entries
  for each statement execute function app.refuse_change();
create trigger audit_seals_stay before update or delete on app.audit_seals
  for each row execute function app.refuse_change();
create trigger audit_seals_stay_all before truncate on app.audit_seals
  for each statement execute function app.refuse_change();
create trigger audit_roots_stay before update or delete on app.audit_roots
  for each row execute function app.refuse_change();
create trigger audit_roots_stay_all before truncate on app.audit_roots
  for each statement execute function app.refuse_change();
