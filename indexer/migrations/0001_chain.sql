-- What the chain says. Written by projections only; dropping it and replaying the logs gives the same rows.
-- Amounts are base units. Times are unix seconds of the block. The distribution key comes first in every primary key;
-- the class of each table stands in indexer/classes.json.
create schema chain;

create table chain.blocks (
  number bigint primary key,
  hash text not null,
  parent_hash text not null,
  block_time bigint not null,
  log_count integer not null
);

create table chain.logs (
  block_number bigint not null,
  log_index integer not null,
  tx_hash text not null,
  contract text not null,
  topics jsonb not null,
  data text not null,
  primary key (block_number, log_index)
);

create table chain.activity (
  block_number bigint not null,
  log_index integer not null,
  block_time bigint not null,
  tx_hash text not null,
  event text not null,
  member_no bigint,
  validator_id bigint,
  position_id numeric(78, 0),
  args jsonb not null,
  primary key (block_number, log_index)
);
create index activity_by_member on chain.activity (member_no, block_number, log_index);
create index activity_by_validator on chain.activity (validator_id, block_number, log_index);

create table chain.members (
  member_no bigint primary key,
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
  pending_recovery_at bigint
);
create index members_by_owner on chain.members (owner);
create index members_by_member_id on chain.members (member_id);
create index members_by_registration on chain.members (registered_at, member_no);

create table chain.kyc_attestations (
  member_no bigint not null,
  uid text not null,
  attester text not null,
  level smallint not null,
  issued_at bigint not null,
  valid_until bigint not null,
  commitment text not null,
  revoked_reason smallint,
  primary key (member_no, uid)
);

create table chain.validators (
  validator_id bigint primary key,
  member_no bigint not null,
  name text not null,
  key_type smallint not null,
  consensus_key text not null,
  commission_bps integer not null,
  max_commission_bps integer not null,
  pending_bps integer,
  pending_from bigint,
  pending_until bigint,
  min_delegation numeric(78, 0) not null,
  active boolean not null,
  jailed_until bigint,
  tombstoned boolean not null,
  open_cases integer not null,
  self_stake numeric(78, 0) not null,
  pool_tokens numeric(78, 0) not null,
  pool_shares numeric(78, 0) not null,
  pool_gen integer not null,
  total_stake numeric(78, 0) not null,
  position_count integer not null,
  keep numeric(78, 0) not null,
  accumulator_ray numeric(78, 0) not null,
  unclaimed_commission numeric(78, 0) not null,
  unclaimed_self_rewards numeric(78, 0) not null,
  rewards_total numeric(78, 0) not null,
  registered_at bigint not null
);
create index validators_by_total_stake on chain.validators (total_stake, validator_id);
create index validators_by_member on chain.validators (member_no);

create table chain.commission_changes (
  validator_id bigint not null,
  block_number bigint not null,
  log_index integer not null,
  block_time bigint not null,
  from_bps integer not null,
  to_bps integer not null,
  primary key (validator_id, block_number, log_index)
);

create table chain.final_accumulators (
  validator_id bigint not null,
  gen integer not null,
  accumulator_ray numeric(78, 0) not null,
  primary key (validator_id, gen)
);

-- Finds the shard of a position whose event names neither member nor validator.
create table chain.position_owners (
  position_id numeric(78, 0) primary key,
  member_no bigint not null,
  validator_id bigint not null
);

create table chain.positions (
  member_no bigint not null,
  position_id numeric(78, 0) not null,
  validator_id bigint not null,
  gen integer not null,
  shares numeric(78, 0) not null,
  lien_id bigint,
  unpaid numeric(78, 0) not null,
  acc_paid numeric(78, 0) not null,
  claimed numeric(78, 0) not null,
  auto_compound boolean not null,
  since bigint not null,
  closed_at bigint,
  primary key (member_no, position_id)
);
create index positions_by_validator on chain.positions (validator_id, shares desc, position_id);
create index positions_by_id on chain.positions (position_id);

create table chain.requests (
  member_no bigint not null,
  request_id numeric(78, 0) not null,
  validator_id bigint not null,
  position_id numeric(78, 0) not null,
  kind smallint not null,
  day bigint not null,
  gen integer not null,
  lien_id bigint,
  cohort_shares numeric(78, 0) not null,
  tokens_at_request numeric(78, 0) not null,
  requested_at bigint not null,
  matures_at bigint not null,
  claimed_at bigint,
  paid numeric(78, 0),
  lien_burned numeric(78, 0),
  primary key (member_no, request_id)
);
create index requests_by_id on chain.requests (request_id);

create table chain.cohorts (
  validator_id bigint not null,
  day bigint not null,
  del_tokens numeric(78, 0) not null,
  del_shares numeric(78, 0) not null,
  del_gen integer not null,
  self_tokens numeric(78, 0) not null,
  self_shares numeric(78, 0) not null,
  self_gen integer not null,
  redel_tokens numeric(78, 0) not null,
  redel_shares numeric(78, 0) not null,
  redel_gen integer not null,
  primary key (validator_id, day)
);

create table chain.liens (
  member_no bigint not null,
  lien_id bigint not null,
  src bigint not null,
  day bigint not null,
  gen integer not null,
  redel_shares numeric(78, 0) not null,
  base numeric(78, 0) not null,
  ended_at bigint,
  primary key (member_no, lien_id)
);

create table chain.slashes (
  validator_id bigint not null,
  block_number bigint not null,
  log_index integer not null,
  block_time bigint not null,
  tau bigint not null,
  self numeric(78, 0) not null,
  delegated numeric(78, 0) not null,
  unbonding numeric(78, 0) not null,
  keep numeric(78, 0) not null,
  primary key (validator_id, block_number, log_index)
);

create table chain.reward_credits (
  validator_id bigint not null,
  epoch bigint not null,
  self_part numeric(78, 0) not null,
  commission numeric(78, 0) not null,
  net numeric(78, 0) not null,
  accumulator_ray numeric(78, 0) not null,
  block_number bigint not null,
  block_time bigint not null,
  primary key (validator_id, epoch)
);

create table chain.reward_payments (
  member_no bigint not null,
  block_number bigint not null,
  log_index integer not null,
  block_time bigint not null,
  tx_hash text not null,
  kind text not null,
  position_id numeric(78, 0),
  validator_id bigint not null,
  amount numeric(78, 0) not null,
  paid_to text,
  primary key (member_no, block_number, log_index)
);

create table chain.balances (
  account text primary key,
  amount numeric(78, 0) not null
);

create table chain.network (
  id smallint primary key,
  supply numeric(78, 0) not null,
  burned numeric(78, 0) not null,
  self_stake numeric(78, 0) not null,
  delegated numeric(78, 0) not null,
  rewards_credited numeric(78, 0) not null,
  members bigint not null,
  validators bigint not null,
  active_validators bigint not null,
  open_positions bigint not null
);

create table chain.network_daily (
  day bigint primary key,
  self_stake numeric(78, 0) not null,
  delegated numeric(78, 0) not null,
  rewards numeric(78, 0) not null,
  burned numeric(78, 0) not null
);

create table chain.validator_daily (
  validator_id bigint not null,
  day bigint not null,
  total_stake numeric(78, 0) not null,
  rewards numeric(78, 0) not null,
  primary key (validator_id, day)
);
