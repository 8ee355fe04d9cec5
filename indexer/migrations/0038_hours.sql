-- What the network and each validator had at the end of an hour, and what came and went in it: series by the hour, and of
-- delegations, read these and never the events. An older mirror
-- has them of earlier hours after `redeploy`.
create table chain.network_hourly (
  hour bigint primary key,
  self_stake numeric(78, 0) not null,
  delegated numeric(78, 0) not null,
  rewards numeric(78, 0) not null,
  delegations bigint not null,
  delegated_in numeric(78, 0) not null,
  exits bigint not null,
  delegated_out numeric(78, 0) not null
);

create table chain.validator_hourly (
  validator_id bigint not null,
  hour bigint not null,
  total_stake numeric(78, 0) not null,
  rewards numeric(78, 0) not null,
  delegations bigint not null,
  delegated_in numeric(78, 0) not null,
  exits bigint not null,
  delegated_out numeric(78, 0) not null,
  primary key (validator_id, hour)
);

-- A member's payments and everybody's ballots by time.
create index reward_payments_by_time on chain.reward_payments (member_no, block_time);
create index ballots_by_time on chain.ballots (cast_at);
