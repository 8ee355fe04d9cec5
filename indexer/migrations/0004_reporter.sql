-- Votes that consensus keys signed, as validators hand them to a reporter: attestations, and evidence when two disagree.
create table ops.consensus_votes (
  key_hash text not null,
  consensus_key text not null,
  height bigint not null,
  round bigint not null,
  step smallint not null,
  block_hash text not null,
  signature text not null,
  received_at timestamptz not null default now(),
  primary key (key_hash, height, round, step, block_hash)
);
create index consensus_votes_by_height on ops.consensus_votes (height);
