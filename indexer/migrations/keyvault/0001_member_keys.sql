-- A database of its own, with credentials and backups of its own: whoever holds the members' rows alone reads nothing.
create schema keyvault;

-- Data keys of members, wrapped by a key that no database knows. A destroyed key leaves its row, so that it is not made anew.
create table keyvault.member_keys (
  member_id uuid not null,
  purpose text not null,
  version integer not null,
  wrapped_dek bytea,
  kek_ref text not null,
  kek_version integer not null,
  created_at timestamptz not null default now(),
  destroyed_at timestamptz,
  primary key (member_id, purpose, version),
  constraint member_keys_purpose check (purpose in ('profile', 'aml_hold')),
  constraint member_keys_version check (version > 0),
  constraint member_keys_destroyed check ((wrapped_dek is null) = (destroyed_at is not null))
);
-- Rotation looks for what an old key-encryption key still wraps.
create index member_keys_by_kek on keyvault.member_keys (kek_ref, kek_version) where destroyed_at is null;
