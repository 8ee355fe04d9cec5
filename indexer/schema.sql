-- Written by indexer/scripts/dump-schema.ts from the catalog; do not edit.
create schema chain;
create schema ops;

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

create table chain.balances (
  account text not null,
  amount numeric(78,0) not null,
  constraint balances_pkey PRIMARY KEY (account)
);

create table chain.blocks (
  number bigint not null,
  hash text not null,
  parent_hash text not null,
  block_time bigint not null,
  log_count integer not null,
  constraint blocks_pkey PRIMARY KEY (number)
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

create table chain.final_accumulators (
  validator_id bigint not null,
  gen integer not null,
  accumulator_ray numeric(78,0) not null,
  constraint final_accumulators_pkey PRIMARY KEY (validator_id, gen)
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

create table chain.logs (
  block_number bigint not null,
  log_index integer not null,
  tx_hash text not null,
  contract text not null,
  topics jsonb not null,
  data text not null,
  constraint logs_pkey PRIMARY KEY (block_number, log_index)
);

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
  constraint members_pkey PRIMARY KEY (member_no)
);
CREATE INDEX members_by_member_id ON chain.members USING btree (member_id);
CREATE INDEX members_by_owner ON chain.members USING btree (owner);
CREATE INDEX members_by_registration ON chain.members USING btree (registered_at, member_no);

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

create table chain.position_owners (
  position_id numeric(78,0) not null,
  member_no bigint not null,
  validator_id bigint not null,
  constraint position_owners_pkey PRIMARY KEY (position_id)
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

create table chain.validator_daily (
  validator_id bigint not null,
  day bigint not null,
  total_stake numeric(78,0) not null,
  rewards numeric(78,0) not null,
  constraint validator_daily_pkey PRIMARY KEY (validator_id, day)
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

create table ops.checkpoint (
  id smallint not null,
  chain_id bigint not null,
  contracts text not null,
  block_number bigint not null,
  block_hash text not null,
  final_block bigint not null,
  constraint checkpoint_pkey PRIMARY KEY (id),
  constraint checkpoint_id_check CHECK ((id = 1))
);

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
