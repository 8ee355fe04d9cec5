-- How the mirror is kept: progress, undo, reorganisations, outgoing events. Not part of a digest.
create table ops.checkpoint (
  id smallint primary key,
  block_number bigint not null,
  block_hash text not null
);

create table ops.journal (
  id bigint generated always as identity primary key,
  block_number bigint not null,
  table_name text not null,
  row_key jsonb not null,
  before jsonb
);
create index journal_by_block on ops.journal (block_number, id);

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

create table ops.outbox (
  id bigint generated always as identity primary key,
  block_number bigint not null,
  block_hash text not null,
  log_index integer not null,
  event text not null,
  retracted boolean not null default false,
  payload jsonb not null,
  relayed_at timestamptz
);
create index outbox_pending on ops.outbox (id) where relayed_at is null;
create index outbox_by_block on ops.outbox (block_number);
