-- Who works here. Roles end by themselves; the first administrator is named on the command line.
create table app.staff_roles (
  member_id uuid not null,
  role text not null,
  granted_at timestamptz not null,
  -- Null for the first administrator.
  granted_by uuid,
  expires_at timestamptz not null,
  primary key (member_id, role),
  constraint staff_roles_role check (role in ('administrator', 'compliance', 'auditor'))
);

-- When the person behind a session last proved to be there by a second factor.
alter table app.sessions add column stepped_up_at timestamptz;

-- Personal data, sealed under the member's key of the key vault.
create table app.member_personal (
  member_id uuid not null,
  field text not null,
  sealed bytea not null,
  updated_at timestamptz not null,
  primary key (member_id, field)
);

-- What members are found by without being readable.
create table app.blind_indexes (
  kind text not null,
  hmac bytea not null,
  key_version integer not null,
  member_id uuid not null,
  primary key (hmac, kind, key_version)
);
create index blind_indexes_by_member on app.blind_indexes (member_id);

-- One entry per act, in the act's transaction. Sealed in order afterwards, by one process.
create table app.audit_entries (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor_kind text not null,
  actor_id uuid,
  action text not null,
  subject_id uuid,
  request_id uuid,
  detail jsonb not null,
  leaf bytea not null,
  constraint audit_entries_actor check (actor_kind in ('member', 'staff', 'system', 'nobody'))
);
create index audit_entries_by_subject on app.audit_entries (subject_id, id);

-- What happened to members off the chain; ids only.
create table app.events (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  event text not null,
  member_id uuid not null,
  detail jsonb not null
);
create index events_by_member on app.events (member_id, id);
