-- Who of the staff is whom at the provider of their sign-ins: an HMAC over issuer and subject. One identity, one member:
-- nobody is two people by having two wallets.
create table app.staff_identities (
  identity bytea primary key,
  member_id uuid not null,
  linked_at timestamptz not null
);
create index staff_identities_by_member on app.staff_identities (member_id);

-- A sign-in at the provider that was begun, of one session. It is spent by deleting it.
create table app.staff_sign_ins (
  member_id uuid not null,
  state_hash bytea not null,
  session_id uuid not null,
  expires_at timestamptz not null,
  primary key (member_id, state_hash)
);
create index staff_sign_ins_by_expiry on app.staff_sign_ins (expires_at);

-- Roles that the provider's groups gave to one session. They end by themselves.
create table app.session_roles (
  member_id uuid not null,
  session_id uuid not null,
  role text not null,
  expires_at timestamptz not null,
  primary key (member_id, session_id, role),
  constraint session_roles_role check (role in ('administrator', 'compliance', 'auditor'))
);
create index session_roles_by_expiry on app.session_roles (expires_at);
