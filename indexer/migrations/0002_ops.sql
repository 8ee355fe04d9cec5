-- How the mirror is kept: progress, undo, reorganisations, outgoing events. Not part of a digest.

-- One row: the last block that stands, of which chain and contracts, and the block below which nothing can be undone.
create table ops.checkpoint (
  id smallint primary key check (id = 1),
  chain_id bigint not null,
  contracts text not null,
  block_number bigint not null,
  block_hash text not null,
  final_block bigint not null
);

-- One row: what the follower last said of itself, for processes that only serve.
create table ops.follower (
  id smallint primary key check (id = 1),
  head bigint not null,
  problem text,
  endpoints jsonb not null,
  seen_at timestamptz not null
);

-- Rows as they were when a block touched them first; null where there was none.
create table ops.journal (
  block_number bigint not null,
  table_name text not null,
  row_key text not null,
  before jsonb,
  primary key (block_number, table_name, row_key)
);

create table ops.reorgs (
  id bigint generated always as identity primary key,
  seen_at timestamptz not null default now(),
  from_block bigint not null,
  depth integer not null,
  old_hash text not null,
  new_hash text not null,
  rows_undone integer not null
);

create table ops.orphans (
  hash text primary key,
  number bigint not null,
  parent_hash text not null,
  block_time bigint not null,
  seen_at timestamptz not null default now()
);
create index orphans_by_number on ops.orphans (number);

-- What happened, once per occurrence: a block that is orphaned and comes back is announced, retracted, announced.
create table ops.outbox (
  id bigint generated always as identity primary key,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  event text not null,
  retracts bigint,
  payload jsonb not null,
  relayed_at timestamptz
);
create index outbox_pending on ops.outbox (id) where relayed_at is null;
create index outbox_by_block on ops.outbox (block_number, log_index);
create unique index outbox_retractions on ops.outbox (retracts) where retracts is not null;

-- One row: announcements up to this block have been forgotten.
create table ops.outbox_horizon (
  id smallint primary key check (id = 1),
  block_number bigint not null
);
insert into ops.outbox_horizon (id, block_number) values (1, -1);
