-- How people come in, step by step. Where somebody stands is in these rows alone, so that a crash loses nothing.

create table app.registrations (
  member_id uuid not null,
  id uuid not null,
  state text not null,
  version integer not null,
  tier text not null,
  language text not null,
  started_at timestamptz not null,
  entered_at timestamptz not null,
  -- When it ends by itself; null while it waits for the staff, and at its end.
  deadline timestamptz,
  closed_at timestamptz,
  -- Addresses that are not proven yet, sealed under the member's key. Proven ones are among the personal data.
  sealed_email bytea,
  sealed_phone bytea,
  reapply_after timestamptz,
  stake_amount numeric(78, 0),
  -- The block that nothing takes back by which the stake was there.
  stake_block bigint,
  stake_hash text,
  stake_tx text,
  primary key (member_id, id),
  constraint registrations_language check (language in ('ko', 'en')),
  constraint registrations_state check (state in (
    'TIER_INTENT', 'ACCOUNT_CREATED', 'EMAIL_PENDING', 'PHONE_PENDING', 'KYC_PENDING', 'KYC_REVIEW', 'KYC_APPROVED',
    'KYC_REJECTED', 'STAKE_INTENT', 'STAKE_CONFIRMED', 'VALIDATOR_SETUP', 'PENDING_APPROVAL', 'APPROVED', 'REJECTED',
    'EXPIRED')),
  constraint registrations_closed check ((closed_at is not null) = (state in ('APPROVED', 'REJECTED', 'EXPIRED')))
);
-- Nobody goes two ways at once.
create unique index registrations_open on app.registrations (member_id) where closed_at is null;
create index registrations_by_deadline on app.registrations (deadline) where closed_at is null;
create index registrations_by_state on app.registrations (state, entered_at) where closed_at is null;

-- Each step that was taken, once.
create table app.registration_steps (
  member_id uuid not null,
  registration_id uuid not null,
  version integer not null,
  command text not null,
  from_state text not null,
  to_state text not null,
  at timestamptz not null,
  primary key (member_id, registration_id, version)
);

-- Answers to commands, by the key that the caller gave them: asked again, the same is answered.
create table app.registration_commands (
  member_id uuid not null,
  workflow_id uuid not null,
  step text not null,
  key text not null,
  fingerprint bytea not null,
  status integer not null,
  answer jsonb not null,
  at timestamptz not null,
  primary key (member_id, workflow_id, step, key)
);
create index registration_commands_by_age on app.registration_commands (at);

-- The latest code of a kind. The code itself is nowhere: it follows from the row by a secret that no database holds.
create table app.verification_codes (
  member_id uuid not null,
  registration_id uuid not null,
  kind text not null,
  id uuid not null,
  salt bytea not null,
  attempts integer not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  sent_at timestamptz,
  spent_at timestamptz,
  primary key (member_id, registration_id, kind),
  constraint verification_codes_kind check (kind in ('email', 'phone'))
);
