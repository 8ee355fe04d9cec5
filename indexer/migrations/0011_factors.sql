-- What a member proves with, beside its wallet, to be there.

create table app.totp_secrets (
  member_id uuid primary key,
  sealed bytea not null,
  created_at timestamptz not null,
  -- Null until the member has shown a code of it.
  confirmed_at timestamptz,
  -- Last time step a code of which was taken: each is taken once.
  last_step bigint not null default 0
);

create table app.passkeys (
  member_id uuid not null,
  credential_id text not null,
  name text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  primary key (member_id, credential_id)
);

create table app.recovery_codes (
  member_id uuid not null,
  hmac bytea not null,
  used_at timestamptz,
  primary key (member_id, hmac)
);

-- A challenge is spent by deleting it.
create table app.passkey_challenges (
  member_id uuid not null,
  challenge text not null,
  session_id uuid not null,
  use text not null,
  expires_at timestamptz not null,
  primary key (member_id, challenge),
  constraint passkey_challenges_use check (use in ('enrol', 'step_up'))
);
