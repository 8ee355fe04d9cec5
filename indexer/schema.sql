-- Written by indexer/scripts/dump-schema.ts from the catalog; do not edit.
create schema app;
create schema chain;
create schema ops;

create table app.aml_retention (
  member_id uuid not null,
  destroy_after timestamp with time zone not null,
  destroyed_at timestamp with time zone,
  constraint aml_retention_pkey PRIMARY KEY (member_id)
);
CREATE INDEX aml_retention_due ON app.aml_retention USING btree (destroy_after) WHERE (destroyed_at IS NULL);
create policy cared on app.aml_retention using (app.looks_after() OR (member_id = app.asker()));

create table app.api_key_uses (
  key_id uuid not null,
  day date not null,
  requests bigint not null,
  constraint api_key_uses_pkey PRIMARY KEY (key_id, day)
);
CREATE INDEX api_key_uses_by_day ON app.api_key_uses USING btree (day);
create policy own on app.api_key_uses using (app.asks_for_all() OR (EXISTS ( SELECT 1
   FROM app.api_keys k
  WHERE (k.id = api_key_uses.key_id))));

create table app.api_keys (
  id uuid not null,
  member_id uuid not null,
  address text not null,
  begun_at_block bigint not null,
  name text not null,
  secret_hash bytea not null,
  scopes text[] not null,
  rate_per_minute integer not null,
  networks bytea,
  network_marks bytea[] not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint api_keys_pkey PRIMARY KEY (id),
  constraint api_keys_networks CHECK (((networks IS NULL) = (cardinality(network_marks) = 0)))
);
CREATE INDEX api_keys_by_expiry ON app.api_keys USING btree (expires_at);
CREATE INDEX api_keys_by_member ON app.api_keys USING btree (member_id);
create policy own on app.api_keys using (app.asks_for_all() OR (member_id = app.asker()));

create table app.appeal_statements (
  member_id uuid not null,
  suspension_id bigint not null,
  intent_id uuid not null,
  statement_hash text not null,
  sealed bytea not null,
  at timestamp with time zone not null,
  constraint appeal_statements_pkey PRIMARY KEY (member_id, suspension_id)
);
CREATE INDEX appeal_statements_by_suspension ON app.appeal_statements USING btree (suspension_id);
create policy cared on app.appeal_statements using (app.looks_after() OR (member_id = app.asker()));

create table app.approvals (
  id uuid not null,
  kind text not null,
  subject_id uuid not null,
  detail jsonb not null,
  proposed_by uuid not null,
  proposed_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  outcome text,
  reason text,
  constraint approvals_pkey PRIMARY KEY (id),
  constraint approvals_decided CHECK (((decided_at IS NULL) = (outcome IS NULL))),
  constraint approvals_four_eyes CHECK (((outcome <> ALL (ARRAY['approved'::text, 'rejected'::text])) OR (decided_by <> proposed_by))),
  constraint approvals_outcome CHECK ((outcome = ANY (ARRAY['approved'::text, 'rejected'::text, 'withdrawn'::text, 'expired'::text])))
);
CREATE INDEX approvals_by_proposal ON app.approvals USING btree (proposed_at, id);
CREATE UNIQUE INDEX approvals_open ON app.approvals USING btree (kind, subject_id) WHERE (decided_at IS NULL);
create policy cared on app.approvals using app.looks_after();
create policy own on app.approvals for select using (proposed_by = app.asker());
create policy proposed on app.approvals for insert with check (proposed_by = app.asker());

create table app.audit_entries (
  id bigint generated always as identity not null,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor_id uuid,
  action text not null,
  subject_id uuid,
  request_id uuid,
  detail jsonb not null,
  leaf bytea not null,
  nonce bytea not null,
  constraint audit_entries_pkey PRIMARY KEY (id),
  constraint audit_entries_actor CHECK ((actor_kind = ANY (ARRAY['member'::text, 'staff'::text, 'system'::text, 'nobody'::text])))
);
CREATE INDEX audit_entries_by_subject ON app.audit_entries USING btree (subject_id, id);
create policy added on app.audit_entries for insert with check true;
create policy own on app.audit_entries for select using (app.looks_after() OR (subject_id = app.asker()) OR (actor_id = app.asker()));

create table app.audit_pending (
  entry_id bigint not null,
  xid xid8 default pg_current_xact_id() not null,
  constraint audit_pending_pkey PRIMARY KEY (entry_id)
);

create table app.audit_roots (
  last_seq bigint not null,
  first_seq bigint not null,
  root bytea not null,
  head bytea not null,
  signature bytea not null,
  made_at timestamp with time zone not null,
  constraint audit_roots_pkey PRIMARY KEY (last_seq),
  constraint audit_roots_stretch CHECK ((first_seq <= last_seq))
);

create table app.audit_seals (
  seq bigint not null,
  entry_id bigint not null,
  hash bytea not null,
  sealed_at timestamp with time zone not null,
  constraint audit_seals_pkey PRIMARY KEY (seq),
  constraint audit_seals_seq CHECK ((seq > 0))
);
CREATE UNIQUE INDEX audit_seals_by_entry ON app.audit_seals USING btree (entry_id);

create table app.blind_indexes (
  kind text not null,
  hmac bytea not null,
  key_version integer not null,
  member_id uuid not null,
  constraint blind_indexes_pkey PRIMARY KEY (hmac, kind, key_version)
);
CREATE INDEX blind_indexes_by_member ON app.blind_indexes USING btree (member_id);
create policy cared on app.blind_indexes using (app.looks_after() OR (member_id = app.asker()));

create table app.consents (
  member_id uuid not null,
  purpose text not null,
  number integer not null,
  given boolean not null,
  version integer not null,
  language text not null,
  text_hash bytea not null,
  at timestamp with time zone not null,
  constraint consents_pkey PRIMARY KEY (member_id, purpose, number),
  constraint consents_language CHECK ((language = ANY (ARRAY['ko'::text, 'en'::text]))),
  constraint consents_number CHECK ((number > 0))
);
CREATE INDEX consents_by_purpose ON app.consents USING btree (purpose, member_id) WHERE given;
create policy cared on app.consents using (app.looks_after() OR (member_id = app.asker()));

create table app.delegate_statements (
  account text not null,
  name text not null,
  statement text not null,
  link text not null,
  signed_at bigint not null,
  signature text not null,
  received_at timestamp with time zone default now() not null,
  constraint delegate_statements_pkey PRIMARY KEY (account)
);

create table app.erasures (
  member_id uuid not null,
  id uuid not null,
  requested_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  cancelled_at timestamp with time zone,
  carried_out_at timestamp with time zone,
  constraint erasures_pkey PRIMARY KEY (member_id, id)
);
CREATE INDEX erasures_due ON app.erasures USING btree (due_at) WHERE ((cancelled_at IS NULL) AND (carried_out_at IS NULL));
CREATE UNIQUE INDEX erasures_open ON app.erasures USING btree (member_id) WHERE ((cancelled_at IS NULL) AND (carried_out_at IS NULL));
create policy cared on app.erasures using (app.looks_after() OR (member_id = app.asker()));

create table app.events (
  id bigint generated always as identity not null,
  at timestamp with time zone not null,
  event text not null,
  member_id uuid not null,
  detail jsonb not null,
  constraint events_pkey PRIMARY KEY (id)
);
CREATE INDEX events_by_member ON app.events USING btree (member_id, id);
create policy cared on app.events using (app.looks_after() OR (member_id = app.asker()));

create table app.export_digests (
  name text not null,
  format text not null,
  block_number bigint not null,
  block_hash text not null,
  rows bigint not null,
  bytes bigint not null,
  sha256 bytea not null,
  made_at timestamp with time zone not null,
  constraint export_digests_pkey PRIMARY KEY (name, format, block_number, block_hash)
);
CREATE INDEX export_digests_by_age ON app.export_digests USING btree (made_at);

create table app.exports (
  member_id uuid not null,
  id uuid not null,
  state text not null,
  recipient text not null,
  requested_at timestamp with time zone not null,
  ready_at timestamp with time zone,
  ends_at timestamp with time zone not null,
  size integer,
  sha256 bytea,
  archive bytea,
  constraint exports_pkey PRIMARY KEY (member_id, id),
  constraint exports_archive CHECK (((archive IS NOT NULL) = (state = 'ready'::text))),
  constraint exports_state CHECK ((state = ANY (ARRAY['waiting'::text, 'ready'::text, 'fetched'::text, 'ended'::text])))
);
CREATE INDEX exports_by_end ON app.exports USING btree (ends_at) WHERE (state = ANY (ARRAY['waiting'::text, 'ready'::text]));
CREATE UNIQUE INDEX exports_open ON app.exports USING btree (member_id) WHERE (state = ANY (ARRAY['waiting'::text, 'ready'::text]));
create policy own on app.exports using (app.asks_for_all() OR (member_id = app.asker()));

create table app.idempotency_keys (
  member_id uuid not null,
  command text not null,
  key text not null,
  fingerprint bytea not null,
  holder uuid not null,
  taken_at timestamp with time zone not null,
  status integer,
  sealed_answer bytea,
  constraint idempotency_keys_pkey PRIMARY KEY (member_id, command, key),
  constraint idempotency_keys_answered CHECK (((status IS NULL) = (sealed_answer IS NULL)))
);
CREATE INDEX idempotency_keys_by_age ON app.idempotency_keys USING btree (taken_at);
create policy own on app.idempotency_keys using (app.asks_for_all() OR (member_id = app.asker()));

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
  signed_at timestamp with time zone not null,
  constraint kyc_attestations_pkey PRIMARY KEY (member_id, case_id, uid)
);
create policy cared on app.kyc_attestations using (app.looks_after() OR (member_id = app.asker()));

create table app.kyc_cases (
  member_id uuid not null,
  id uuid not null,
  level smallint not null,
  state text not null,
  created_at timestamp with time zone not null,
  state_at timestamp with time zone not null,
  submitted_at timestamp with time zone,
  provider text not null,
  provider_ref text,
  session_sealed bytea,
  answer text not null,
  answer_at timestamp with time zone,
  findings_sealed bytea,
  reason text,
  reapply_after timestamp with time zone,
  lease_by uuid,
  lease_until timestamp with time zone,
  recommended_by uuid,
  approved_by uuid,
  approval_id uuid,
  constraint kyc_cases_pkey PRIMARY KEY (member_id, id),
  constraint kyc_cases_answer CHECK ((answer = ANY (ARRAY['none'::text, 'waiting'::text, 'green'::text, 'red_retry'::text, 'red_final'::text]))),
  constraint kyc_cases_four_eyes CHECK ((approved_by <> recommended_by)),
  constraint kyc_cases_level CHECK (((level >= 1) AND (level <= 3))),
  constraint kyc_cases_state CHECK ((state = ANY (ARRAY['pending'::text, 'review'::text, 'recommended'::text, 'approved'::text, 'rejected'::text, 'expired'::text, 'revoked'::text])))
);
CREATE INDEX kyc_cases_by_age ON app.kyc_cases USING btree (state, submitted_at);
CREATE INDEX kyc_cases_by_id ON app.kyc_cases USING btree (id);
CREATE INDEX kyc_cases_by_ref ON app.kyc_cases USING btree (provider, provider_ref);
CREATE UNIQUE INDEX kyc_cases_open ON app.kyc_cases USING btree (member_id) WHERE (state = ANY (ARRAY['pending'::text, 'review'::text, 'recommended'::text]));
create policy cared on app.kyc_cases using (app.looks_after() OR (member_id = app.asker()));

create table app.kyc_documents (
  member_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  media_type text not null,
  size integer not null,
  received integer not null,
  stored integer not null,
  key_sealed bytea not null,
  sha256 bytea,
  created_at timestamp with time zone not null,
  constraint kyc_documents_pkey PRIMARY KEY (member_id, id),
  constraint kyc_documents_received CHECK (((received >= 0) AND (received <= size)))
);
CREATE INDEX kyc_documents_by_case ON app.kyc_documents USING btree (member_id, case_id, created_at);
create policy cared on app.kyc_documents using (app.looks_after() OR (member_id = app.asker()));

create table app.kyc_readings (
  member_id uuid not null,
  document_id uuid not null,
  reader_id uuid not null,
  at timestamp with time zone not null,
  constraint kyc_readings_pkey PRIMARY KEY (member_id, document_id, reader_id)
);
create policy cared on app.kyc_readings using (app.looks_after() OR (member_id = app.asker()));

create table app.kyc_remarks (
  member_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  at timestamp with time zone not null,
  author_id uuid not null,
  kind text not null,
  sealed bytea not null,
  constraint kyc_remarks_pkey PRIMARY KEY (member_id, id),
  constraint kyc_remarks_kind CHECK ((kind = ANY (ARRAY['comment'::text, 'note'::text])))
);
CREATE INDEX kyc_remarks_by_case ON app.kyc_remarks USING btree (member_id, case_id, at);
create policy cared on app.kyc_remarks using (app.looks_after() OR (member_id = app.asker()));

create table app.kyc_sandbox (
  ref text not null,
  script text not null,
  step integer not null,
  at timestamp with time zone not null,
  constraint kyc_sandbox_pkey PRIMARY KEY (ref)
);

create table app.kyc_steps (
  member_id uuid not null,
  case_id uuid not null,
  number integer not null,
  at timestamp with time zone not null,
  state text not null,
  actor_id uuid,
  reason text,
  constraint kyc_steps_pkey PRIMARY KEY (member_id, case_id, number)
);
create policy cared on app.kyc_steps using (app.looks_after() OR (member_id = app.asker()));

create table app.kyc_webhooks (
  provider text not null,
  event_id text not null,
  at timestamp with time zone not null,
  constraint kyc_webhooks_pkey PRIMARY KEY (provider, event_id)
);
CREATE INDEX kyc_webhooks_by_age ON app.kyc_webhooks USING btree (at);

create table app.legal_holds (
  member_id uuid not null,
  id uuid not null,
  reference text not null,
  placed_at timestamp with time zone not null,
  placed_by uuid not null,
  lifted_at timestamp with time zone,
  constraint legal_holds_pkey PRIMARY KEY (member_id, id)
);
CREATE UNIQUE INDEX legal_holds_standing ON app.legal_holds USING btree (member_id) WHERE (lifted_at IS NULL);
create policy cared on app.legal_holds using (app.looks_after() OR (member_id = app.asker()));

create table app.member_personal (
  member_id uuid not null,
  field text not null,
  sealed bytea not null,
  updated_at timestamp with time zone not null,
  constraint member_personal_pkey PRIMARY KEY (member_id, field)
);
create policy cared on app.member_personal using (app.looks_after() OR (member_id = app.asker()));

create table app.member_wallets (
  address text not null,
  member_id uuid not null,
  is_contract boolean not null,
  added_at timestamp with time zone not null,
  constraint member_wallets_pkey PRIMARY KEY (address)
);
CREATE INDEX member_wallets_by_member ON app.member_wallets USING btree (member_id);
create policy cared on app.member_wallets using (app.looks_after() OR (member_id = app.asker()));
create policy told on app.member_wallets for select using true;

create table app.members (
  id uuid not null,
  created_at timestamp with time zone not null,
  last_activity_at timestamp with time zone not null,
  erased_at timestamp with time zone,
  wrote_lsn pg_lsn,
  constraint members_pkey PRIMARY KEY (id)
);
create policy cared on app.members using (app.looks_after() OR (id = app.asker()));
create policy told on app.members for select using true;

create table app.news (
  id uuid not null,
  words jsonb not null,
  sent_by uuid not null,
  at timestamp with time zone not null,
  constraint news_pkey PRIMARY KEY (id)
);

create table app.news_mails (
  member_id uuid not null,
  news_id uuid not null,
  at timestamp with time zone not null,
  constraint news_mails_pkey PRIMARY KEY (member_id, news_id)
);
create policy cared on app.news_mails using (app.looks_after() OR (member_id = app.asker()));

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
  asked_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  signature text,
  constraint node_checks_pkey PRIMARY KEY (member_id, registration_id, id),
  constraint node_checks_ended CHECK (((ended_at IS NULL) = (state = 'ASKED'::text))),
  constraint node_checks_nonce CHECK ((octet_length(nonce) = 32)),
  constraint node_checks_signed CHECK (((signature IS NOT NULL) = (state = 'ANSWERED'::text))),
  constraint node_checks_state CHECK ((state = ANY (ARRAY['ASKED'::text, 'ANSWERED'::text, 'UNREACHABLE'::text, 'WRONG_KEY'::text, 'UNREADABLE'::text, 'REFUSED_ADDRESS'::text, 'EXPIRED'::text])))
);
CREATE UNIQUE INDEX node_checks_open ON app.node_checks USING btree (member_id, registration_id) WHERE (state = 'ASKED'::text);
create policy cared on app.node_checks using (app.looks_after() OR (member_id = app.asker()));

create table app.node_waivers (
  member_id uuid not null,
  registration_id uuid not null,
  waived_by uuid not null,
  sealed_reason bytea not null,
  at timestamp with time zone not null,
  constraint node_waivers_pkey PRIMARY KEY (member_id, registration_id)
);
create policy cared on app.node_waivers using (app.looks_after() OR (member_id = app.asker()));

create table app.passkey_challenges (
  member_id uuid not null,
  challenge text not null,
  session_id uuid not null,
  use text not null,
  expires_at timestamp with time zone not null,
  constraint passkey_challenges_pkey PRIMARY KEY (member_id, challenge),
  constraint passkey_challenges_use CHECK ((use = ANY (ARRAY['enrol'::text, 'step_up'::text])))
);
create policy own on app.passkey_challenges using (app.asks_for_all() OR (member_id = app.asker()));

create table app.passkeys (
  member_id uuid not null,
  credential_id text not null,
  name text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint passkeys_pkey PRIMARY KEY (member_id, credential_id)
);
create policy own on app.passkeys using (app.asks_for_all() OR (member_id = app.asker()));

create table app.profiles (
  member_id uuid not null,
  version integer not null,
  display_name text not null,
  bio text not null,
  website text not null,
  links jsonb not null,
  tags text[] not null,
  language text not null,
  currency text not null,
  time_zone text not null,
  custom jsonb not null,
  changed_at timestamp with time zone not null,
  constraint profiles_pkey PRIMARY KEY (member_id)
);
CREATE INDEX profiles_by_name ON app.profiles USING btree (lower(display_name) text_pattern_ops);
create policy cared on app.profiles using (app.looks_after() OR (member_id = app.asker()));
create policy told on app.profiles for select using true;

create table app.rate_limits (
  name text not null,
  arrival timestamp with time zone not null,
  constraint rate_limits_pkey PRIMARY KEY (name)
);

create table app.recovery_codes (
  member_id uuid not null,
  hmac bytea not null,
  used_at timestamp with time zone,
  constraint recovery_codes_pkey PRIMARY KEY (member_id, hmac)
);
create policy own on app.recovery_codes using (app.asks_for_all() OR (member_id = app.asker()));

create table app.referrals (
  member_id uuid not null,
  referrer_id uuid,
  referred_at timestamp with time zone,
  let_in_at timestamp with time zone,
  code text,
  constraint referrals_pkey PRIMARY KEY (member_id),
  constraint referrals_code CHECK (((code IS NULL) = (let_in_at IS NULL))),
  constraint referrals_referrer CHECK (((referrer_id <> member_id) AND ((referrer_id IS NULL) = (referred_at IS NULL))))
);
CREATE INDEX referrals_by_code ON app.referrals USING btree (code);
CREATE INDEX referrals_by_referrer ON app.referrals USING btree (referrer_id) WHERE (referrer_id IS NOT NULL);
create policy cared on app.referrals using (app.looks_after() OR (member_id = app.asker()));

create table app.refresh_tokens (
  member_id uuid not null,
  hash bytea not null,
  session_id uuid not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint refresh_tokens_pkey PRIMARY KEY (member_id, hash)
);
CREATE INDEX refresh_tokens_by_session ON app.refresh_tokens USING btree (member_id, session_id);
create policy own on app.refresh_tokens using (app.asks_for_all() OR (member_id = app.asker()));

create table app.registration_commands (
  member_id uuid not null,
  workflow_id uuid not null,
  step text not null,
  key text not null,
  fingerprint bytea not null,
  status integer not null,
  answer jsonb not null,
  at timestamp with time zone not null,
  constraint registration_commands_pkey PRIMARY KEY (member_id, workflow_id, step, key)
);
CREATE INDEX registration_commands_by_age ON app.registration_commands USING btree (at);
create policy own on app.registration_commands using (app.asks_for_all() OR (member_id = app.asker()));

create table app.registration_steps (
  member_id uuid not null,
  registration_id uuid not null,
  version integer not null,
  command text not null,
  from_state text not null,
  to_state text not null,
  at timestamp with time zone not null,
  constraint registration_steps_pkey PRIMARY KEY (member_id, registration_id, version)
);
create policy cared on app.registration_steps using (app.looks_after() OR (member_id = app.asker()));

create table app.registrations (
  member_id uuid not null,
  id uuid not null,
  state text not null,
  version integer not null,
  tier text not null,
  language text not null,
  started_at timestamp with time zone not null,
  entered_at timestamp with time zone not null,
  deadline timestamp with time zone,
  closed_at timestamp with time zone,
  sealed_email bytea,
  sealed_phone bytea,
  reapply_after timestamp with time zone,
  stake_amount numeric(78,0),
  stake_block bigint,
  stake_hash text,
  stake_tx text,
  constraint registrations_pkey PRIMARY KEY (member_id, id),
  constraint registrations_closed CHECK (((closed_at IS NOT NULL) = (state = ANY (ARRAY['APPROVED'::text, 'REJECTED'::text, 'EXPIRED'::text])))),
  constraint registrations_language CHECK ((language = ANY (ARRAY['ko'::text, 'en'::text]))),
  constraint registrations_state CHECK ((state = ANY (ARRAY['TIER_INTENT'::text, 'ACCOUNT_CREATED'::text, 'EMAIL_PENDING'::text, 'PHONE_PENDING'::text, 'KYC_PENDING'::text, 'KYC_REVIEW'::text, 'KYC_APPROVED'::text, 'KYC_REJECTED'::text, 'STAKE_INTENT'::text, 'STAKE_CONFIRMED'::text, 'VALIDATOR_SETUP'::text, 'PENDING_APPROVAL'::text, 'APPROVED'::text, 'REJECTED'::text, 'EXPIRED'::text])))
);
CREATE INDEX registrations_by_deadline ON app.registrations USING btree (deadline) WHERE (closed_at IS NULL);
CREATE INDEX registrations_by_state ON app.registrations USING btree (state, entered_at) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX registrations_open ON app.registrations USING btree (member_id) WHERE (closed_at IS NULL);
create policy cared on app.registrations using (app.looks_after() OR (member_id = app.asker()));

create table app.retention_reports (
  id uuid not null,
  run_id uuid not null,
  at timestamp with time zone not null,
  category text not null,
  kept_days integer not null,
  removed bigint not null,
  held bigint not null,
  oldest_left timestamp with time zone,
  constraint retention_reports_pkey PRIMARY KEY (id)
);
CREATE INDEX retention_reports_by_age ON app.retention_reports USING btree (at, id);

create table app.screening_entries (
  version_id uuid not null,
  entry_id text not null,
  digest bytea not null,
  entry jsonb not null,
  is_changed boolean not null,
  constraint screening_entries_pkey PRIMARY KEY (version_id, entry_id)
);

create table app.screening_hits (
  member_id uuid not null,
  id uuid not null,
  opened_at timestamp with time zone not null,
  kind text not null,
  score smallint not null,
  state text not null,
  sealed bytea not null,
  approval_id uuid,
  proposed_by uuid,
  decided_by uuid,
  decided_at timestamp with time zone,
  reason_sealed bytea,
  constraint screening_hits_pkey PRIMARY KEY (member_id, id),
  constraint screening_hits_four_eyes CHECK (((state <> 'confirmed'::text) OR (decided_by <> proposed_by))),
  constraint screening_hits_kind CHECK ((kind = ANY (ARRAY['wallet'::text, 'name'::text]))),
  constraint screening_hits_score CHECK (((score >= 0) AND (score <= 100))),
  constraint screening_hits_state CHECK ((state = ANY (ARRAY['open'::text, 'proposed'::text, 'confirmed'::text, 'dismissed'::text, 'lapsed'::text])))
);
CREATE INDEX screening_hits_by_id ON app.screening_hits USING btree (id);
CREATE INDEX screening_hits_by_state ON app.screening_hits USING btree (state, opened_at);
create policy cared on app.screening_hits using (app.looks_after() OR (member_id = app.asker()));

create table app.screening_results (
  member_id uuid not null,
  id uuid not null,
  at timestamp with time zone not null,
  why text not null,
  aml_score smallint not null,
  is_exposed boolean not null,
  versions jsonb not null,
  sealed bytea not null,
  constraint screening_results_pkey PRIMARY KEY (member_id, id),
  constraint screening_results_score CHECK (((aml_score >= 0) AND (aml_score <= 100))),
  constraint screening_results_why CHECK ((why = ANY (ARRAY['submitted'::text, 'approved'::text, 'list'::text, 'decision'::text])))
);
CREATE INDEX screening_results_newest ON app.screening_results USING btree (member_id, at);
create policy cared on app.screening_results using (app.looks_after() OR (member_id = app.asker()));

create table app.screening_versions (
  id uuid not null,
  list text not null,
  format text not null,
  sha256 bytea not null,
  entry_count integer not null,
  entries_before integer not null,
  state text not null,
  loaded_at timestamp with time zone not null,
  in_force_at timestamp with time zone,
  compared_at timestamp with time zone,
  approval_id uuid,
  constraint screening_versions_pkey PRIMARY KEY (id),
  constraint screening_versions_state CHECK ((state = ANY (ARRAY['staged'::text, 'held'::text, 'in_force'::text, 'replaced'::text, 'refused'::text])))
);
CREATE INDEX screening_versions_by_age ON app.screening_versions USING btree (list, loaded_at);
CREATE UNIQUE INDEX screening_versions_in_force ON app.screening_versions USING btree (list) WHERE (state = 'in_force'::text);

create table app.screening_wallets (
  address text not null,
  version_id uuid not null,
  entry_id text not null,
  constraint screening_wallets_pkey PRIMARY KEY (address, version_id, entry_id)
);
CREATE INDEX screening_wallets_by_version ON app.screening_wallets USING btree (version_id);

create table app.security_settings (
  member_id uuid not null,
  networks bytea,
  network_marks bytea[] not null,
  session_hours integer,
  changed_at timestamp with time zone not null,
  constraint security_settings_pkey PRIMARY KEY (member_id),
  constraint security_settings_hours CHECK (((session_hours >= 1) AND (session_hours <= 720))),
  constraint security_settings_networks CHECK (((networks IS NULL) = (cardinality(network_marks) = 0)))
);
create policy own on app.security_settings using (app.asks_for_all() OR (member_id = app.asker()));

create table app.session_roles (
  member_id uuid not null,
  session_id uuid not null,
  role text not null,
  expires_at timestamp with time zone not null,
  constraint session_roles_pkey PRIMARY KEY (member_id, session_id, role),
  constraint session_roles_role CHECK ((role = ANY (ARRAY['administrator'::text, 'compliance'::text, 'auditor'::text])))
);
CREATE INDEX session_roles_by_expiry ON app.session_roles USING btree (expires_at);
create policy own on app.session_roles using (app.asks_for_all() OR (member_id = app.asker()));

create table app.sessions (
  member_id uuid not null,
  id uuid not null,
  address text not null,
  browser_hash bytea not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  revoked_because text,
  stepped_up_at timestamp with time zone,
  begun_at_block bigint not null,
  constraint sessions_pkey PRIMARY KEY (member_id, id),
  constraint sessions_revoked CHECK (((revoked_at IS NULL) = (revoked_because IS NULL)))
);
create policy cared on app.sessions using (app.looks_after() OR (member_id = app.asker()));

create table app.sign_in_failures (
  member_id uuid not null,
  day date not null,
  because text not null,
  count bigint not null,
  constraint sign_in_failures_pkey PRIMARY KEY (member_id, day, because),
  constraint sign_in_failures_because CHECK ((because = ANY (ARRAY['signature'::text, 'network'::text, 'factor'::text, 'provider'::text])))
);
CREATE INDEX sign_in_failures_by_day ON app.sign_in_failures USING btree (day);
create policy own on app.sign_in_failures using (app.asks_for_all() OR (member_id = app.asker()));

create table app.siwe_nonces (
  nonce text not null,
  browser_hash bytea not null,
  expires_at timestamp with time zone not null,
  constraint siwe_nonces_pkey PRIMARY KEY (nonce)
);
CREATE INDEX siwe_nonces_by_expiry ON app.siwe_nonces USING btree (expires_at);

create table app.staff_identities (
  identity bytea not null,
  member_id uuid not null,
  linked_at timestamp with time zone not null,
  constraint staff_identities_pkey PRIMARY KEY (identity)
);
CREATE INDEX staff_identities_by_member ON app.staff_identities USING btree (member_id);
create policy cared on app.staff_identities using (app.looks_after() OR (member_id = app.asker()));

create table app.staff_roles (
  member_id uuid not null,
  role text not null,
  granted_at timestamp with time zone not null,
  granted_by uuid,
  expires_at timestamp with time zone not null,
  constraint staff_roles_pkey PRIMARY KEY (member_id, role),
  constraint staff_roles_role CHECK ((role = ANY (ARRAY['administrator'::text, 'compliance'::text, 'auditor'::text])))
);
create policy cared on app.staff_roles using (app.looks_after() OR (member_id = app.asker()));

create table app.staff_sign_ins (
  member_id uuid not null,
  state_hash bytea not null,
  session_id uuid not null,
  expires_at timestamp with time zone not null,
  constraint staff_sign_ins_pkey PRIMARY KEY (member_id, state_hash)
);
CREATE INDEX staff_sign_ins_by_expiry ON app.staff_sign_ins USING btree (expires_at);
create policy own on app.staff_sign_ins using (app.asks_for_all() OR (member_id = app.asker()));

create table app.totp_secrets (
  member_id uuid not null,
  sealed bytea not null,
  created_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  last_step bigint default 0 not null,
  constraint totp_secrets_pkey PRIMARY KEY (member_id)
);
create policy own on app.totp_secrets using (app.asks_for_all() OR (member_id = app.asker()));

create table app.tx_intents (
  member_id uuid not null,
  id uuid not null,
  kind text not null,
  state text not null,
  chain_id bigint not null,
  account text,
  is_contract_wallet boolean not null,
  steps jsonb not null,
  expected jsonb not null,
  from_block bigint not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  tx_hash text,
  submitted_at timestamp with time zone,
  block_number bigint,
  block_hash text,
  log_index integer,
  closed_at timestamp with time zone,
  constraint tx_intents_pkey PRIMARY KEY (member_id, id),
  constraint tx_intents_block CHECK ((((block_number IS NULL) = (block_hash IS NULL)) AND ((block_number IS NULL) = (log_index IS NULL)))),
  constraint tx_intents_closed CHECK (((closed_at IS NOT NULL) = (state = ANY (ARRAY['CONFIRMED'::text, 'EXPIRED'::text])))),
  constraint tx_intents_confirmed CHECK (((state <> 'CONFIRMED'::text) OR (block_number IS NOT NULL))),
  constraint tx_intents_state CHECK ((state = ANY (ARRAY['PENDING'::text, 'SUBMITTED'::text, 'CONFIRMED'::text, 'EXPIRED'::text])))
);
CREATE INDEX tx_intents_by_end ON app.tx_intents USING btree (closed_at) WHERE (closed_at IS NOT NULL);
CREATE INDEX tx_intents_open ON app.tx_intents USING btree (member_id, id) WHERE (state = ANY (ARRAY['PENDING'::text, 'SUBMITTED'::text]));
CREATE UNIQUE INDEX tx_intents_by_event ON app.tx_intents USING btree (member_id, block_number, log_index);
create policy cared on app.tx_intents using (app.looks_after() OR (member_id = app.asker()));

create table app.verification_codes (
  member_id uuid not null,
  registration_id uuid not null,
  kind text not null,
  id uuid not null,
  salt bytea not null,
  attempts integer not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  spent_at timestamp with time zone,
  constraint verification_codes_pkey PRIMARY KEY (member_id, registration_id, kind),
  constraint verification_codes_kind CHECK ((kind = ANY (ARRAY['email'::text, 'phone'::text])))
);
create policy own on app.verification_codes using (app.asks_for_all() OR (member_id = app.asker()));

create table app.webhook_deliveries (
  member_id uuid not null,
  endpoint_id uuid not null,
  id uuid not null,
  event text not null,
  event_key text not null,
  data jsonb not null,
  happened_at timestamp with time zone not null,
  state text not null,
  attempts integer not null,
  next_at timestamp with time zone,
  created_at timestamp with time zone not null,
  last_attempt_at timestamp with time zone,
  last_status integer,
  last_problem text,
  last_ms integer,
  ended_at timestamp with time zone,
  constraint webhook_deliveries_pkey PRIMARY KEY (member_id, endpoint_id, id),
  constraint webhook_deliveries_ended CHECK (((ended_at IS NULL) = (state = 'waiting'::text))),
  constraint webhook_deliveries_next CHECK (((next_at IS NULL) = (state <> 'waiting'::text))),
  constraint webhook_deliveries_state CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text])))
);
CREATE INDEX webhook_deliveries_by_age ON app.webhook_deliveries USING btree (ended_at);
CREATE INDEX webhook_deliveries_due ON app.webhook_deliveries USING btree (next_at) WHERE (state = 'waiting'::text);
CREATE UNIQUE INDEX webhook_deliveries_once ON app.webhook_deliveries USING btree (member_id, endpoint_id, event_key);
create policy own on app.webhook_deliveries using (app.asks_for_all() OR (member_id = app.asker()));

create table app.webhook_endpoints (
  member_id uuid not null,
  id uuid not null,
  name text not null,
  events text[] not null,
  state text not null,
  disabled_because text,
  sealed_url bytea not null,
  sealed_secret bytea not null,
  sealed_old_secret bytea,
  old_until timestamp with time zone,
  created_at timestamp with time zone not null,
  active_since timestamp with time zone not null,
  chain_block bigint not null,
  events_at timestamp with time zone not null,
  failing_since timestamp with time zone,
  constraint webhook_endpoints_pkey PRIMARY KEY (member_id, id),
  constraint webhook_endpoints_because CHECK ((disabled_because = ANY (ARRAY['OWNER'::text, 'GONE'::text, 'FAILING'::text]))),
  constraint webhook_endpoints_disabled CHECK (((disabled_because IS NULL) = (state = 'active'::text))),
  constraint webhook_endpoints_old CHECK (((sealed_old_secret IS NULL) = (old_until IS NULL))),
  constraint webhook_endpoints_state CHECK ((state = ANY (ARRAY['active'::text, 'disabled'::text])))
);
create policy own on app.webhook_endpoints using (app.asks_for_all() OR (member_id = app.asker()));

create table chain.activity (
  block_number bigint not null,
  log_index integer not null,
  block_time bigint not null,
  tx_hash text not null,
  event text not null,
  member_no bigint,
  validator_id bigint,
  position_id numeric(78,0),
  args jsonb not null,
  constraint activity_pkey PRIMARY KEY (block_number, log_index)
);
CREATE INDEX activity_by_member ON chain.activity USING btree (member_no, block_number, log_index);
CREATE INDEX activity_by_validator ON chain.activity USING btree (validator_id, block_number, log_index);

create table chain.audit_anchors (
  first_seq bigint not null,
  last_seq bigint not null,
  root text not null,
  head text not null,
  anchored_by text not null,
  anchored_at bigint not null,
  block_number bigint not null,
  log_index integer not null,
  tx_hash text not null,
  constraint audit_anchors_pkey PRIMARY KEY (first_seq)
);

create table chain.balances (
  account text not null,
  amount numeric(78,0) not null,
  constraint balances_pkey PRIMARY KEY (account)
);

create table chain.ballots (
  proposal_id numeric(78,0) not null,
  voter text not null,
  kind smallint not null,
  support smallint not null,
  weight numeric(78,0) not null,
  reduced numeric(78,0) not null,
  reason text not null,
  cast_at bigint not null,
  block_number bigint not null,
  tx_hash text not null,
  constraint ballots_pkey PRIMARY KEY (proposal_id, voter, kind)
);
CREATE INDEX ballots_by_time ON chain.ballots USING btree (cast_at);
CREATE INDEX ballots_by_voter ON chain.ballots USING btree (voter, block_number DESC);

create table chain.blocks (
  number bigint not null,
  hash text not null,
  parent_hash text not null,
  block_time bigint not null,
  log_count integer not null,
  constraint blocks_pkey PRIMARY KEY (number)
);

create table chain.cohort_versions (
  validator_id bigint not null,
  day bigint not null,
  block_number bigint not null,
  redel_tokens numeric(78,0) not null,
  redel_shares numeric(78,0) not null,
  redel_gen integer not null,
  constraint cohort_versions_pkey PRIMARY KEY (validator_id, day, block_number)
);

create table chain.cohorts (
  validator_id bigint not null,
  day bigint not null,
  del_tokens numeric(78,0) not null,
  del_shares numeric(78,0) not null,
  del_gen integer not null,
  self_tokens numeric(78,0) not null,
  self_shares numeric(78,0) not null,
  self_gen integer not null,
  redel_tokens numeric(78,0) not null,
  redel_shares numeric(78,0) not null,
  redel_gen integer not null,
  constraint cohorts_pkey PRIMARY KEY (validator_id, day)
);

create table chain.commission_changes (
  validator_id bigint not null,
  block_number bigint not null,
  log_index integer not null,
  block_time bigint not null,
  from_bps integer not null,
  to_bps integer not null,
  constraint commission_changes_pkey PRIMARY KEY (validator_id, block_number, log_index)
);

create table chain.consensus_keys (
  validator_id bigint not null,
  key_hash text not null,
  key_type smallint not null,
  consensus_key text not null,
  valid_from bigint not null,
  valid_until bigint,
  constraint consensus_keys_pkey PRIMARY KEY (validator_id, key_hash)
);

create table chain.epoch_reports (
  epoch bigint not null,
  state smallint not null,
  hash text,
  support integer not null,
  confirmations integer not null,
  reached_at bigint,
  from_block bigint,
  to_block bigint,
  item_count integer,
  total_amount numeric(78,0),
  started_at bigint,
  processed_at bigint,
  tx_hash text,
  constraint epoch_reports_pkey PRIMARY KEY (epoch)
);

create table chain.final_accumulators (
  validator_id bigint not null,
  gen integer not null,
  accumulator_ray numeric(78,0) not null,
  constraint final_accumulators_pkey PRIMARY KEY (validator_id, gen)
);

create table chain.governance (
  id smallint not null,
  units numeric(78,0) not null,
  voting_delay bigint not null,
  voting_period bigint not null,
  late_quorum_extension bigint not null,
  proposal_threshold numeric(78,0) not null,
  quorum_percent integer not null,
  guardian text,
  constraint governance_pkey PRIMARY KEY (id)
);

create table chain.grade_versions (
  member_no bigint not null,
  block_number bigint not null,
  staged smallint,
  effective_at bigint,
  staged_reasons integer,
  changed_at bigint,
  points integer not null,
  genesis boolean not null,
  governance boolean not null,
  constraint grade_versions_pkey PRIMARY KEY (member_no, block_number)
);

create table chain.kyc_attestations (
  member_no bigint not null,
  uid text not null,
  attester text not null,
  level smallint not null,
  issued_at bigint not null,
  valid_until bigint not null,
  commitment text not null,
  revoked_reason smallint,
  constraint kyc_attestations_pkey PRIMARY KEY (member_no, uid)
);

create table chain.latest_pauses (
  scope smallint not null,
  since bigint not null,
  constraint latest_pauses_pkey PRIMARY KEY (scope)
);

create table chain.liens (
  member_no bigint not null,
  lien_id bigint not null,
  src bigint not null,
  day bigint not null,
  gen integer not null,
  redel_shares numeric(78,0) not null,
  base numeric(78,0) not null,
  ended_at bigint,
  constraint liens_pkey PRIMARY KEY (member_no, lien_id)
);

create table chain.liquid_allocations (
  validator_id bigint not null,
  listed boolean not null,
  position_id numeric(78,0),
  allocated numeric(78,0) not null,
  deallocated numeric(78,0) not null,
  constraint liquid_allocations_pkey PRIMARY KEY (validator_id)
);

create table chain.liquid_holders (
  account text not null,
  shares numeric(78,0) not null,
  constraint liquid_holders_pkey PRIMARY KEY (account)
);
CREATE INDEX liquid_holders_by_shares ON chain.liquid_holders USING btree (shares DESC, account);

create table chain.liquid_movements (
  account text not null,
  block_number bigint not null,
  log_index integer not null,
  block_time bigint not null,
  tx_hash text not null,
  kind smallint not null,
  assets numeric(78,0) not null,
  shares numeric(78,0) not null,
  constraint liquid_movements_pkey PRIMARY KEY (account, block_number, log_index)
);

create table chain.liquid_redemptions (
  controller text not null,
  request_id numeric(78,0) not null,
  owner text not null,
  shares numeric(78,0) not null,
  assets_at_request numeric(78,0) not null,
  requested_at bigint not null,
  constraint liquid_redemptions_pkey PRIMARY KEY (controller, request_id)
);

create table chain.liquid_vault (
  id smallint not null,
  member_no bigint,
  shares numeric(78,0) not null,
  cap_bps integer not null,
  harvested numeric(78,0) not null,
  holders integer not null,
  constraint liquid_vault_pkey PRIMARY KEY (id)
);

create table chain.member_grades (
  member_no bigint not null,
  staged smallint,
  staged_at bigint,
  effective_at bigint,
  staged_reasons integer,
  changed_at bigint,
  points integer not null,
  genesis boolean not null,
  governance boolean not null,
  constraint member_grades_pkey PRIMARY KEY (member_no)
);

create table chain.member_orders (
  member_no bigint not null,
  block_number bigint not null,
  log_index integer not null,
  block_time bigint not null,
  tx_hash text not null,
  kind smallint not null,
  until bigint,
  document_hash text,
  ordered_by text not null,
  constraint member_orders_pkey PRIMARY KEY (member_no, block_number, log_index)
);

create table chain.member_versions (
  member_no bigint not null,
  block_number bigint not null,
  owner text not null,
  operator text,
  payout text not null,
  status smallint not null,
  tier smallint not null,
  kyc_level smallint not null,
  kyc_valid_until bigint,
  pending_payout text,
  pending_payout_at bigint,
  pending_owner text,
  pending_recovery text,
  pending_recovery_at bigint,
  frozen_until bigint,
  constraint member_versions_pkey PRIMARY KEY (member_no, block_number)
);
CREATE INDEX member_versions_by_owner ON chain.member_versions USING btree (owner, block_number);

create table chain.members (
  member_no bigint not null,
  member_id text not null,
  owner text not null,
  operator text,
  payout text not null,
  status smallint not null,
  registered_at bigint not null,
  last_activity_at bigint not null,
  kyc_level smallint not null,
  kyc_uid text,
  kyc_valid_until bigint,
  pending_payout text,
  pending_payout_at bigint,
  pending_owner text,
  pending_recovery text,
  pending_recovery_at bigint,
  frozen_until bigint,
  tier smallint default 0 not null,
  constraint members_pkey PRIMARY KEY (member_no)
);
CREATE INDEX members_by_activity ON chain.members USING btree (last_activity_at, member_no);
CREATE INDEX members_by_level ON chain.members USING btree (kyc_level, registered_at, member_no);
CREATE INDEX members_by_member_id ON chain.members USING btree (member_id);
CREATE INDEX members_by_owner ON chain.members USING btree (owner);
CREATE INDEX members_by_registration ON chain.members USING btree (registered_at, member_no);
CREATE INDEX members_by_status ON chain.members USING btree (status, registered_at, member_no);
CREATE INDEX members_by_tier ON chain.members USING btree (tier, registered_at, member_no);

create table chain.network (
  id smallint not null,
  supply numeric(78,0) not null,
  burned numeric(78,0) not null,
  self_stake numeric(78,0) not null,
  delegated numeric(78,0) not null,
  rewards_credited numeric(78,0) not null,
  members bigint not null,
  validators bigint not null,
  active_validators bigint not null,
  open_positions bigint not null,
  constraint network_pkey PRIMARY KEY (id)
);

create table chain.network_daily (
  day bigint not null,
  self_stake numeric(78,0) not null,
  delegated numeric(78,0) not null,
  rewards numeric(78,0) not null,
  burned numeric(78,0) not null,
  constraint network_daily_pkey PRIMARY KEY (day)
);

create table chain.network_hourly (
  hour bigint not null,
  self_stake numeric(78,0) not null,
  delegated numeric(78,0) not null,
  rewards numeric(78,0) not null,
  delegations bigint not null,
  delegated_in numeric(78,0) not null,
  exits bigint not null,
  delegated_out numeric(78,0) not null,
  constraint network_hourly_pkey PRIMARY KEY (hour)
);

create table chain.pauses (
  scope smallint not null,
  since bigint not null,
  until bigint not null,
  reason text not null,
  block_number bigint not null,
  constraint pauses_pkey PRIMARY KEY (scope, since)
);

create table chain.position_owners (
  position_id numeric(78,0) not null,
  member_no bigint not null,
  validator_id bigint not null,
  constraint position_owners_pkey PRIMARY KEY (position_id)
);
CREATE INDEX position_owners_by_validator ON chain.position_owners USING btree (validator_id, position_id);

create table chain.position_versions (
  member_no bigint not null,
  position_id numeric(78,0) not null,
  block_number bigint not null,
  shares numeric(78,0) not null,
  lien_id bigint,
  unpaid numeric(78,0) not null,
  acc_paid numeric(78,0) not null,
  claimed numeric(78,0) not null,
  auto_compound boolean not null,
  closed_at bigint,
  constraint position_versions_pkey PRIMARY KEY (member_no, position_id, block_number)
);

create table chain.positions (
  member_no bigint not null,
  position_id numeric(78,0) not null,
  validator_id bigint not null,
  gen integer not null,
  shares numeric(78,0) not null,
  lien_id bigint,
  unpaid numeric(78,0) not null,
  acc_paid numeric(78,0) not null,
  claimed numeric(78,0) not null,
  auto_compound boolean not null,
  since bigint not null,
  closed_at bigint,
  constraint positions_pkey PRIMARY KEY (member_no, position_id)
);
CREATE INDEX positions_by_id ON chain.positions USING btree (position_id);
CREATE INDEX positions_by_validator ON chain.positions USING btree (validator_id, shares DESC, position_id);

create table chain.proposals (
  proposal_id numeric(78,0) not null,
  proposer text not null,
  description text not null,
  targets jsonb not null,
  "values" jsonb not null,
  calldatas jsonb not null,
  quorum_percent integer not null,
  vote_start bigint not null,
  vote_end bigint not null,
  extended_to bigint,
  against_votes numeric(78,0) not null,
  for_votes numeric(78,0) not null,
  abstain_votes numeric(78,0) not null,
  ballots integer not null,
  created_at bigint not null,
  block_number bigint not null,
  log_index integer not null,
  tx_hash text not null,
  queued_at bigint,
  eta bigint,
  executed_at bigint,
  executed_tx text,
  canceled_at bigint,
  constraint proposals_pkey PRIMARY KEY (proposal_id)
);
CREATE INDEX proposals_by_age ON chain.proposals USING btree (block_number DESC, log_index DESC);
CREATE INDEX proposals_by_proposer ON chain.proposals USING btree (proposer, block_number DESC);

create table chain.report_votes (
  epoch bigint not null,
  reporter text not null,
  hash text not null,
  version integer not null,
  voted_at bigint not null,
  confirmed_at bigint,
  constraint report_votes_pkey PRIMARY KEY (epoch, reporter)
);

create table chain.reporters (
  account text not null,
  active boolean not null,
  since bigint not null,
  constraint reporters_pkey PRIMARY KEY (account)
);

create table chain.requests (
  member_no bigint not null,
  request_id numeric(78,0) not null,
  validator_id bigint not null,
  position_id numeric(78,0) not null,
  kind smallint not null,
  day bigint not null,
  gen integer not null,
  lien_id bigint,
  cohort_shares numeric(78,0) not null,
  tokens_at_request numeric(78,0) not null,
  requested_at bigint not null,
  matures_at bigint not null,
  claimed_at bigint,
  paid numeric(78,0),
  lien_burned numeric(78,0),
  constraint requests_pkey PRIMARY KEY (member_no, request_id)
);
CREATE INDEX requests_by_id ON chain.requests USING btree (request_id);

create table chain.reward_credits (
  validator_id bigint not null,
  epoch bigint not null,
  self_part numeric(78,0) not null,
  commission numeric(78,0) not null,
  net numeric(78,0) not null,
  accumulator_ray numeric(78,0) not null,
  block_number bigint not null,
  block_time bigint not null,
  constraint reward_credits_pkey PRIMARY KEY (validator_id, epoch)
);

create table chain.reward_payments (
  member_no bigint not null,
  block_number bigint not null,
  log_index integer not null,
  block_time bigint not null,
  tx_hash text not null,
  kind text not null,
  position_id numeric(78,0),
  validator_id bigint not null,
  amount numeric(78,0) not null,
  paid_to text,
  constraint reward_payments_pkey PRIMARY KEY (member_no, block_number, log_index)
);
CREATE INDEX reward_payments_by_time ON chain.reward_payments USING btree (member_no, block_time);

create table chain.slash_cases (
  case_id bigint not null,
  validator_id bigint not null,
  kind smallint not null,
  state smallint not null,
  proven boolean not null,
  tau bigint not null,
  proposed_fraction numeric(78,0) not null,
  fraction numeric(78,0) not null,
  evidence_hash text not null,
  reporter text not null,
  opened_at bigint not null,
  opened_block bigint not null,
  tx_hash text not null,
  appeal_by bigint not null,
  decide_by bigint not null,
  execute_by bigint not null,
  evidence jsonb,
  statement_hash text,
  appealed_at bigint,
  appealed_by text,
  verdict smallint,
  decided_at bigint,
  decided_by text,
  ratified_at bigint,
  closed_at bigint,
  closed_tx text,
  taken numeric(78,0),
  burned numeric(78,0),
  bounty numeric(78,0),
  insurance numeric(78,0),
  compensation numeric(78,0),
  bond_returned numeric(78,0),
  bond_forfeited numeric(78,0),
  constraint slash_cases_pkey PRIMARY KEY (case_id)
);
CREATE INDEX slash_cases_by_state ON chain.slash_cases USING btree (state, case_id);
CREATE INDEX slash_cases_by_validator ON chain.slash_cases USING btree (validator_id, case_id);

create table chain.slashes (
  validator_id bigint not null,
  block_number bigint not null,
  log_index integer not null,
  block_time bigint not null,
  tau bigint not null,
  self numeric(78,0) not null,
  delegated numeric(78,0) not null,
  unbonding numeric(78,0) not null,
  keep numeric(78,0) not null,
  constraint slashes_pkey PRIMARY KEY (validator_id, block_number, log_index)
);

create table chain.suspensions (
  member_no bigint not null,
  suspension_id bigint not null,
  reason smallint not null,
  state smallint not null,
  evidence_hash text not null,
  suspended_at bigint not null,
  suspended_by text not null,
  ends_at bigint not null,
  appeal_by bigint not null,
  statement_hash text,
  appealed_at bigint,
  decide_by bigint,
  verdict smallint,
  decided_at bigint,
  decided_by text,
  restored_at bigint,
  block_number bigint not null,
  tx_hash text not null,
  constraint suspensions_pkey PRIMARY KEY (member_no, suspension_id)
);
CREATE INDEX suspensions_by_state ON chain.suspensions USING btree (state, suspension_id);

create table chain.tier_changes (
  member_no bigint not null,
  block_number bigint not null,
  log_index integer not null,
  block_time bigint not null,
  tx_hash text not null,
  kind smallint not null,
  from_tier smallint not null,
  to_tier smallint not null,
  reasons integer not null,
  effective_at bigint,
  constraint tier_changes_pkey PRIMARY KEY (member_no, block_number, log_index)
);

create table chain.validator_daily (
  validator_id bigint not null,
  day bigint not null,
  total_stake numeric(78,0) not null,
  rewards numeric(78,0) not null,
  constraint validator_daily_pkey PRIMARY KEY (validator_id, day)
);

create table chain.validator_epochs (
  validator_id bigint not null,
  epoch bigint not null,
  proposed integer not null,
  attested integer not null,
  missed integer not null,
  uptime_bps integer not null,
  down boolean not null,
  amount numeric(78,0) not null,
  reported_at bigint not null,
  constraint validator_epochs_pkey PRIMARY KEY (validator_id, epoch)
);
CREATE INDEX validator_epochs_by_epoch ON chain.validator_epochs USING btree (epoch, validator_id);

create table chain.validator_hourly (
  validator_id bigint not null,
  hour bigint not null,
  total_stake numeric(78,0) not null,
  rewards numeric(78,0) not null,
  delegations bigint not null,
  delegated_in numeric(78,0) not null,
  exits bigint not null,
  delegated_out numeric(78,0) not null,
  constraint validator_hourly_pkey PRIMARY KEY (validator_id, hour)
);

create table chain.validator_versions (
  validator_id bigint not null,
  block_number bigint not null,
  name text not null,
  commission_bps integer not null,
  pending_bps integer,
  pending_from bigint,
  pending_until bigint,
  min_delegation numeric(78,0) not null,
  active boolean not null,
  jailed_until bigint,
  tombstoned boolean not null,
  open_cases integer not null,
  self_stake numeric(78,0) not null,
  pool_tokens numeric(78,0) not null,
  pool_shares numeric(78,0) not null,
  pool_gen integer not null,
  position_count integer not null,
  keep numeric(78,0) not null,
  accumulator_ray numeric(78,0) not null,
  unclaimed_commission numeric(78,0) not null,
  unclaimed_self_rewards numeric(78,0) not null,
  rewards_total numeric(78,0) not null,
  constraint validator_versions_pkey PRIMARY KEY (validator_id, block_number)
);

create table chain.validators (
  validator_id bigint not null,
  member_no bigint not null,
  name text not null,
  key_type smallint not null,
  consensus_key text not null,
  commission_bps integer not null,
  max_commission_bps integer not null,
  pending_bps integer,
  pending_from bigint,
  pending_until bigint,
  min_delegation numeric(78,0) not null,
  active boolean not null,
  jailed_until bigint,
  tombstoned boolean not null,
  open_cases integer not null,
  self_stake numeric(78,0) not null,
  pool_tokens numeric(78,0) not null,
  pool_shares numeric(78,0) not null,
  pool_gen integer not null,
  total_stake numeric(78,0) not null,
  position_count integer not null,
  keep numeric(78,0) not null,
  accumulator_ray numeric(78,0) not null,
  unclaimed_commission numeric(78,0) not null,
  unclaimed_self_rewards numeric(78,0) not null,
  rewards_total numeric(78,0) not null,
  registered_at bigint not null,
  constraint validators_pkey PRIMARY KEY (validator_id)
);
CREATE INDEX validators_by_member ON chain.validators USING btree (member_no);
CREATE INDEX validators_by_total_stake ON chain.validators USING btree (total_stake, validator_id);

create table chain.vote_accounts (
  account text not null,
  member_no bigint,
  units numeric(78,0) not null,
  votes numeric(78,0) not null,
  delegate text,
  delegators integer not null,
  ballots integer not null,
  proposals integer not null,
  constraint vote_accounts_pkey PRIMARY KEY (account)
);
CREATE INDEX vote_accounts_by_votes ON chain.vote_accounts USING btree (votes DESC, account);

create table chain.vote_history (
  account text not null,
  block_number bigint not null,
  log_index integer not null,
  block_time bigint not null,
  votes_before numeric(78,0) not null,
  votes numeric(78,0) not null,
  constraint vote_history_pkey PRIMARY KEY (account, block_number, log_index)
);

create table chain.vote_supply (
  since bigint not null,
  units numeric(78,0) not null,
  constraint vote_supply_pkey PRIMARY KEY (since)
);

create table chain.vote_versions (
  account text not null,
  block_number bigint not null,
  member_no bigint,
  units numeric(78,0) not null,
  votes numeric(78,0) not null,
  delegate text,
  delegators integer not null,
  ballots integer not null,
  proposals integer not null,
  constraint vote_versions_pkey PRIMARY KEY (account, block_number)
);

create table ops.block_digests (
  version text not null,
  number bigint not null,
  hash text not null,
  digest bytea not null,
  constraint block_digests_pkey PRIMARY KEY (number, version)
);

create table ops.checkpoint (
  id smallint not null,
  chain_id bigint not null,
  contracts text not null,
  block_number bigint not null,
  block_hash text not null,
  final_block bigint not null,
  versioned_to bigint,
  version text not null,
  constraint checkpoint_pkey PRIMARY KEY (id),
  constraint checkpoint_id_check CHECK ((id = 1)),
  constraint versioned CHECK (((versioned_to IS NOT NULL) AND (versioned_to = block_number)))
);

create table ops.consensus_votes (
  key_hash text not null,
  consensus_key text not null,
  height bigint not null,
  round bigint not null,
  step smallint not null,
  block_hash text not null,
  signature text not null,
  received_at timestamp with time zone default now() not null,
  constraint consensus_votes_pkey PRIMARY KEY (key_hash, height, round, step, block_hash)
);
CREATE INDEX consensus_votes_by_height ON ops.consensus_votes USING btree (height);

create table ops.follower (
  id smallint not null,
  head bigint not null,
  problem text,
  endpoints jsonb not null,
  seen_at timestamp with time zone not null,
  constraint follower_pkey PRIMARY KEY (id),
  constraint follower_id_check CHECK ((id = 1))
);

create table ops.journal (
  block_number bigint not null,
  table_name text not null,
  row_key text not null,
  before jsonb,
  constraint journal_pkey PRIMARY KEY (block_number, table_name, row_key)
);

create table ops.migrations (
  name text not null,
  applied_at timestamp with time zone default now() not null,
  constraint migrations_pkey PRIMARY KEY (name)
);

create table ops.mirrors (
  version text not null,
  block_number bigint not null,
  block_hash text not null,
  digest bytea,
  version_start bigint,
  constraint mirrors_pkey PRIMARY KEY (version)
);

create table ops.orphans (
  hash text not null,
  number bigint not null,
  parent_hash text not null,
  block_time bigint not null,
  seen_at timestamp with time zone default now() not null,
  constraint orphans_pkey PRIMARY KEY (hash)
);
CREATE INDEX orphans_by_number ON ops.orphans USING btree (number);

create table ops.outbox (
  id bigint generated always as identity not null,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  event text not null,
  retracts bigint,
  payload jsonb not null,
  relayed_at timestamp with time zone,
  constraint outbox_pkey PRIMARY KEY (id)
);
CREATE INDEX outbox_by_block ON ops.outbox USING btree (block_number, log_index);
CREATE INDEX outbox_pending ON ops.outbox USING btree (id) WHERE (relayed_at IS NULL);
CREATE UNIQUE INDEX outbox_retractions ON ops.outbox USING btree (retracts) WHERE (retracts IS NOT NULL);

create table ops.outbox_horizon (
  id smallint not null,
  block_number bigint not null,
  constraint outbox_horizon_pkey PRIMARY KEY (id),
  constraint outbox_horizon_id_check CHECK ((id = 1))
);

create table ops.raw_blocks (
  number bigint not null,
  hash bytea not null,
  parent_hash bytea not null,
  block_time bigint not null,
  log_count integer not null,
  constraint raw_blocks_pkey PRIMARY KEY (number)
);

create table ops.raw_logs (
  block_number bigint not null,
  log_index integer not null,
  tx_index integer,
  tx_hash bytea not null,
  address bytea not null,
  topics bytea not null,
  data bytea not null,
  constraint raw_logs_pkey PRIMARY KEY (block_number, log_index)
);

create table ops.raw_origin (
  id smallint not null,
  chain_id bigint not null,
  contracts text not null,
  constraint raw_origin_pkey PRIMARY KEY (id),
  constraint raw_origin_id_check CHECK ((id = 1))
);

create table ops.reorgs (
  id bigint generated always as identity not null,
  seen_at timestamp with time zone default now() not null,
  from_block bigint not null,
  depth integer not null,
  old_hash text not null,
  new_hash text not null,
  rows_undone integer not null,
  constraint reorgs_pkey PRIMARY KEY (id)
);

create table ops.version_start (
  id smallint not null,
  block_number bigint not null,
  constraint version_start_pkey PRIMARY KEY (id),
  constraint version_start_id_check CHECK ((id = 1))
);
