const amount = "numeric(78, 0) not null";

/** The small set of tables, and what nodes said. */
export const schema = `
create table raw_blocks (number bigint primary key, hash bytea not null, parent_hash bytea not null, block_time bigint not null);
create table raw_logs (
  block_number bigint not null, log_index integer not null, tx_hash bytea not null, address bytea not null,
  topics bytea not null, data bytea not null, primary key (block_number, log_index));
create table members (member_no bigint primary key, owner text not null);
create table validators (
  validator_id bigint primary key, member_no bigint not null, name text not null, commission_bps integer not null,
  self_stake ${amount}, pool_tokens ${amount}, pool_shares ${amount}, rewards_total ${amount});
create table positions (
  position_id numeric(78, 0) primary key, member_no bigint not null, validator_id bigint not null,
  shares ${amount}, claimed ${amount}, since bigint not null);
create table requests (
  request_id numeric(78, 0) primary key, member_no bigint not null, validator_id bigint not null,
  position_id ${amount}, tokens_at_request ${amount}, requested_at bigint not null, matures_at bigint not null,
  claimed_at bigint, paid numeric(78, 0));
create table reward_credits (
  validator_id bigint not null, epoch bigint not null, self_part ${amount}, commission ${amount}, net ${amount},
  block_number bigint not null, primary key (validator_id, epoch));
create table reward_payments (
  block_number bigint not null, log_index integer not null, member_no bigint not null, position_id ${amount},
  validator_id bigint not null, amount ${amount}, paid_to text not null, primary key (block_number, log_index));
create table commission_changes (
  validator_id bigint not null, block_number bigint not null, log_index integer not null, from_bps integer not null,
  to_bps integer not null, primary key (validator_id, block_number, log_index));
create table balances (account text primary key, amount ${amount});
`;
