-- What people say of themselves, signed by their wallets. It is not of the chain: a replay leaves it alone.
create schema if not exists app;

-- Each delegate's latest statement. A withdrawn one stays as an empty one, so that no earlier one can come back.
create table app.delegate_statements (
  account text primary key,
  name text not null,
  statement text not null,
  link text not null,
  signed_at bigint not null,
  signature text not null,
  received_at timestamptz not null default now()
);
