-- Verification of members' identity: cases, documents, and what attesters sign. Personal data is sealed; documents are
-- files, each sealed under a key of its own.

create table app.kyc_cases (
  member_id uuid not null,
  id uuid not null,
  -- 1 Basic, 2 Enhanced, 3 Institutional.
  level smallint not null,
  state text not null,
  created_at timestamptz not null,
  state_at timestamptz not null,
  -- Since when officers have it to do; work is ordered by it.
  submitted_at timestamptz,
  provider text not null,
  provider_ref text,
  -- Where the member goes on at the provider; whoever has it acts as the member.
  session_sealed bytea,
  answer text not null,
  -- By the provider's clock: what is older than this is no news.
  answer_at timestamptz,
  -- Kept under the key that anti-money-laundering law makes us keep.
  findings_sealed bytea,
  reason text,
  reapply_after timestamptz,
  lease_by uuid,
  lease_until timestamptz,
  recommended_by uuid,
  approved_by uuid,
  approval_id uuid,
  primary key (member_id, id),
  constraint kyc_cases_level check (level between 1 and 3),
  constraint kyc_cases_state check (state in ('pending', 'review', 'recommended', 'approved', 'rejected', 'expired', 'revoked')),
  constraint kyc_cases_answer check (answer in ('none', 'waiting', 'green', 'red_retry', 'red_final')),
  constraint kyc_cases_four_eyes check (approved_by <> recommended_by)
);
-- One open case per member, whatever the race.
create unique index kyc_cases_open on app.kyc_cases (member_id) where state in ('pending', 'review', 'recommended');
create index kyc_cases_by_id on app.kyc_cases (id);
create index kyc_cases_by_age on app.kyc_cases (state, submitted_at);
create index kyc_cases_by_ref on app.kyc_cases (provider, provider_ref);

-- How a case came to be where it is.
create table app.kyc_steps (
  member_id uuid not null,
  case_id uuid not null,
  -- Counted from one in each case.
  number integer not null,
  at timestamptz not null,
  state text not null,
  -- Null for the provider and for our own processes.
  actor_id uuid,
  reason text,
  primary key (member_id, case_id, number)
);

-- What officers write: comments are for the member, notes are never shown to it.
create table app.kyc_remarks (
  member_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  at timestamptz not null,
  author_id uuid not null,
  kind text not null,
  sealed bytea not null,
  primary key (member_id, id),
  constraint kyc_remarks_kind check (kind in ('comment', 'note'))
);
create index kyc_remarks_by_case on app.kyc_remarks (member_id, case_id, at);

create table app.kyc_documents (
  member_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  media_type text not null,
  -- Bytes as the member has them, and how many of them have come.
  size integer not null,
  received integer not null,
  -- Bytes of the sealed file so far.
  stored integer not null,
  key_sealed bytea not null,
  -- Of the member's own bytes; present once they are complete and were found to be as the browser said.
  sha256 bytea,
  created_at timestamptz not null,
  primary key (member_id, id),
  constraint kyc_documents_received check (received between 0 and size)
);
create index kyc_documents_by_case on app.kyc_documents (member_id, case_id, created_at);

-- Who has opened which document; whoever approves has opened all.
create table app.kyc_readings (
  member_id uuid not null,
  document_id uuid not null,
  reader_id uuid not null,
  at timestamptz not null,
  primary key (member_id, document_id, reader_id)
);

-- What an attester signed, until somebody submits it.
create table app.kyc_attestations (
  member_id uuid not null,
  case_id uuid not null,
  uid text not null,
  account text not null,
  chain_member_id text not null,
  level smallint not null,
  issued_at bigint not null,
  valid_until bigint not null,
  commitment text not null,
  salt_sealed bytea not null,
  nonce numeric(78,0) not null,
  attester text not null,
  signature text not null,
  signed_at timestamptz not null,
  primary key (member_id, case_id, uid)
);

-- Webhooks that came, so that none counts twice.
create table app.kyc_webhooks (
  provider text not null,
  event_id text not null,
  at timestamptz not null,
  primary key (provider, event_id)
);
create index kyc_webhooks_by_age on app.kyc_webhooks (at);

-- What the SANDBOX provider plays; no real provider is behind it.
create table app.kyc_sandbox (
  ref text primary key,
  script text not null,
  step integer not null,
  at timestamptz not null
);
