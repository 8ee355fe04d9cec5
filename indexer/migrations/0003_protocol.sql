-- What the managers around the stake decide: keys, freezes, unbonding, cases.
alter table chain.members add column frozen_until bigint;

create table chain.consensus_keys (
  validator_id bigint not null,
  key_hash text not null,
  key_type smallint not null,
  consensus_key text not null,
  valid_from bigint not null,
  valid_until bigint,
  primary key (validator_id, key_hash)
);

-- Stops by the guardian; scope numbers are those of IProtocolPause.
create table chain.pauses (
  scope smallint not null,
  since bigint not null,
  until bigint not null,
  reason text not null,
  block_number bigint not null,
  primary key (scope, since)
);

-- Where the newest stop of a scope is found.
create table chain.latest_pauses (
  scope smallint primary key,
  since bigint not null
);

-- Cases against validators, from evidence to execution. Enum numbers are those of ISlashingManager.
create table chain.slash_cases (
  case_id bigint primary key,
  validator_id bigint not null,
  kind smallint not null,
  state smallint not null,
  proven boolean not null,
  tau bigint not null,
  proposed_fraction numeric(78, 0) not null,
  fraction numeric(78, 0) not null,
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
  taken numeric(78, 0),
  burned numeric(78, 0),
  bounty numeric(78, 0),
  insurance numeric(78, 0),
  compensation numeric(78, 0),
  bond_returned numeric(78, 0),
  bond_forfeited numeric(78, 0)
);
create index slash_cases_by_validator on chain.slash_cases (validator_id, case_id);
create index slash_cases_by_state on chain.slash_cases (state, case_id);

-- Epoch reports as a quorum of reporters saw them. States: 1 voting, 2 agreed, 3 processing, 4 processed, 5 superseded.
create table chain.epoch_reports (
  epoch bigint primary key,
  state smallint not null,
  hash text,
  support integer not null,
  confirmations integer not null,
  reached_at bigint,
  from_block bigint,
  to_block bigint,
  item_count integer,
  total_amount numeric(78, 0),
  started_at bigint,
  processed_at bigint,
  tx_hash text
);

create table chain.report_votes (
  epoch bigint not null,
  reporter text not null,
  hash text not null,
  version integer not null,
  voted_at bigint not null,
  confirmed_at bigint,
  primary key (epoch, reporter)
);

create table chain.validator_epochs (
  validator_id bigint not null,
  epoch bigint not null,
  proposed integer not null,
  attested integer not null,
  missed integer not null,
  uptime_bps integer not null,
  down boolean not null,
  amount numeric(78, 0) not null,
  reported_at bigint not null,
  primary key (validator_id, epoch)
);
create index validator_epochs_by_epoch on chain.validator_epochs (epoch, validator_id);

create table chain.reporters (
  account text primary key,
  active boolean not null,
  since bigint not null
);

-- Tiers as the engine decided them.
alter table chain.members add column tier smallint not null default 0;

create table chain.member_grades (
  member_no bigint primary key,
  staged smallint,
  staged_at bigint,
  effective_at bigint,
  staged_reasons integer,
  changed_at bigint,
  points integer not null,
  genesis boolean not null,
  governance boolean not null
);

-- What happened to a member's tier. Kinds: 0 staged, 1 changed, 2 cancelled.
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
  primary key (member_no, block_number, log_index)
);

-- Voting units by wallet, and who speaks for whom.
create table chain.vote_accounts (
  account text primary key,
  member_no bigint,
  units numeric(78, 0) not null,
  votes numeric(78, 0) not null,
  delegate text,
  delegators integer not null,
  ballots integer not null,
  proposals integer not null
);
create index vote_accounts_by_votes on chain.vote_accounts (votes desc, account);

-- Units of everybody as they were from a second on: what a quorum is taken from.
create table chain.vote_supply (
  since bigint primary key,
  units numeric(78, 0) not null
);

create table chain.vote_history (
  account text not null,
  block_number bigint not null,
  log_index integer not null,
  block_time bigint not null,
  votes_before numeric(78, 0) not null,
  votes numeric(78, 0) not null,
  primary key (account, block_number, log_index)
);

create table chain.governance (
  id smallint primary key,
  units numeric(78, 0) not null,
  voting_delay bigint not null,
  voting_period bigint not null,
  late_quorum_extension bigint not null,
  proposal_threshold numeric(78, 0) not null,
  quorum_percent integer not null,
  guardian text
);

create table chain.proposals (
  proposal_id numeric(78, 0) primary key,
  proposer text not null,
  description text not null,
  targets jsonb not null,
  "values" jsonb not null,
  calldatas jsonb not null,
  quorum_percent integer not null,
  vote_start bigint not null,
  vote_end bigint not null,
  extended_to bigint,
  against_votes numeric(78, 0) not null,
  for_votes numeric(78, 0) not null,
  abstain_votes numeric(78, 0) not null,
  ballots integer not null,
  created_at bigint not null,
  block_number bigint not null,
  log_index integer not null,
  tx_hash text not null,
  queued_at bigint,
  eta bigint,
  executed_at bigint,
  executed_tx text,
  canceled_at bigint
);
create index proposals_by_age on chain.proposals (block_number desc, log_index desc);
create index proposals_by_proposer on chain.proposals (proposer, block_number desc);

-- A ballot is cast once; what its delegators take back by overriding is in `reduced`.
create table chain.ballots (
  proposal_id numeric(78, 0) not null,
  voter text not null,
  kind smallint not null,
  support smallint not null,
  weight numeric(78, 0) not null,
  reduced numeric(78, 0) not null,
  reason text not null,
  cast_at bigint not null,
  block_number bigint not null,
  tx_hash text not null,
  primary key (proposal_id, voter, kind)
);
create index ballots_by_voter on chain.ballots (voter, block_number desc);

-- The liquid staking vault. What it holds now is read from the chain; here is who holds shares and what happened.
create table chain.liquid_vault (
  id smallint primary key,
  member_no bigint,
  shares numeric(78, 0) not null,
  cap_bps integer not null,
  harvested numeric(78, 0) not null,
  holders integer not null
);

create table chain.liquid_holders (
  account text primary key,
  shares numeric(78, 0) not null
);
create index liquid_holders_by_shares on chain.liquid_holders (shares desc, account);

create table chain.liquid_allocations (
  validator_id bigint primary key,
  listed boolean not null,
  position_id numeric(78, 0),
  allocated numeric(78, 0) not null,
  deallocated numeric(78, 0) not null
);

create table chain.liquid_redemptions (
  controller text not null,
  request_id numeric(78, 0) not null,
  owner text not null,
  shares numeric(78, 0) not null,
  assets_at_request numeric(78, 0) not null,
  requested_at bigint not null,
  primary key (controller, request_id)
);

-- Kinds: 0 deposit, 1 redemption asked for, 2 redemption paid.
create table chain.liquid_movements (
  account text not null,
  block_number bigint not null,
  log_index integer not null,
  block_time bigint not null,
  tx_hash text not null,
  kind smallint not null,
  assets numeric(78, 0) not null,
  shares numeric(78, 0) not null,
  primary key (account, block_number, log_index)
);

-- Sanctions on members. Enum numbers are those of ISuspensionManager.
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
  primary key (member_no, suspension_id)
);
create index suspensions_by_state on chain.suspensions (state, suspension_id);

-- Legal orders, terminations, blacklistings and what ended them. Kinds: 0 frozen, 1 renewed, 2 lifted, 3 terminated,
-- 4 blacklisted, 5 reinstated.
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
  primary key (member_no, block_number, log_index)
);
