-- What two operators compare: a digest of everything told up to a block, and of every row as that block left it. Each block's
-- follows from the one before. Kept for blocks that may still be taken back, and then for every hundredth.
create table ops.block_digests (
  -- Of the projections: another release's rows have other digests.
  version text not null,
  number bigint not null,
  hash text not null,
  digest bytea not null,
  primary key (number, version)
);
grant truncate on ops.block_digests to tburn_app;
