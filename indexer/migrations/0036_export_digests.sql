-- What a finished export was: whoever could not read the digest behind its body asks for it here. One block's rows are
-- one text, whichever process writes it.
create table app.export_digests (
  name text not null,
  format text not null,
  block_number bigint not null,
  block_hash text not null,
  rows bigint not null,
  bytes bigint not null,
  sha256 bytea not null,
  made_at timestamptz not null,
  primary key (name, format, block_number, block_hash)
);
create index export_digests_by_age on app.export_digests (made_at);
