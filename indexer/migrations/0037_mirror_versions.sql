-- Which projections told the rows of chain. Those of another release are told beside it, in chain_<version>, and take the
-- name chain in one transaction; whoever writes with other projections stops there.
alter table ops.checkpoint add column version text not null default '1';
alter table ops.checkpoint alter column version drop default;

-- Mirrors beside the one in force. Each stands at a final block, so that none of it is ever taken back.
create table ops.mirrors (
  version text primary key,
  block_number bigint not null,
  block_hash text not null,
  -- Null where the mirror in force had none.
  digest bytea,
  -- As in ops.version_start: the first block whose past it can tell; null if it was told from the start.
  version_start bigint
);
