-- Whether an applicant's node holds the validator's consensus key: what it was asked, once, and what came of it. Where it
-- listens is sealed under the member's key. The signature stays as evidence.
create table app.node_checks (
  member_id uuid not null,
  registration_id uuid not null,
  id uuid not null,
  state text not null,
  validator_id bigint not null,
  key_type text not null,
  consensus_key text not null,
  sealed_endpoint bytea not null,
  nonce bytea not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  signature text,
  primary key (member_id, registration_id, id),
  constraint node_checks_state check (state in (
    'ASKED', 'ANSWERED', 'UNREACHABLE', 'WRONG_KEY', 'UNREADABLE', 'REFUSED_ADDRESS', 'EXPIRED')),
  constraint node_checks_ended check ((ended_at is null) = (state = 'ASKED')),
  constraint node_checks_signed check ((signature is not null) = (state = 'ANSWERED')),
  constraint node_checks_nonce check (octet_length(nonce) = 32)
);
-- One at a time.
create unique index node_checks_open on app.node_checks (member_id, registration_id) where state = 'ASKED';
select app.wall('app.node_checks', 'cared');

-- That a node need not answer, in the words of an officer, which are sealed.
create table app.node_waivers (
  member_id uuid not null,
  registration_id uuid not null,
  waived_by uuid not null,
  sealed_reason bytea not null,
  at timestamptz not null,
  primary key (member_id, registration_id)
);
select app.wall('app.node_waivers', 'cared');
