-- People: written by services only, never told again from the chain, erased on request.

create table app.members (
  id uuid primary key,
  created_at timestamptz not null,
  last_activity_at timestamptz not null
);

-- Wallets that sign in; the chain's member number is found by the address.
create table app.member_wallets (
  address text primary key,
  member_id uuid not null,
  is_contract boolean not null,
  added_at timestamptz not null
);
create index member_wallets_by_member on app.member_wallets (member_id);

-- A nonce is spent by deleting it.
create table app.siwe_nonces (
  nonce text primary key,
  browser_hash bytea not null,
  expires_at timestamptz not null
);
create index siwe_nonces_by_expiry on app.siwe_nonces (expires_at);

create table app.sessions (
  member_id uuid not null,
  id uuid not null,
  address text not null,
  browser_hash bytea not null,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_because text,
  primary key (member_id, id),
  constraint sessions_revoked check ((revoked_at is null) = (revoked_because is null))
);

-- Each use of a refresh token makes the next one; a second use of an old one ends the session.
create table app.refresh_tokens (
  member_id uuid not null,
  hash bytea not null,
  session_id uuid not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (member_id, hash)
);
create index refresh_tokens_by_session on app.refresh_tokens (member_id, session_id);

-- Theoretical arrival times of a generic cell rate algorithm; nothing is lost with them.
create unlogged table app.rate_limits (
  name text primary key,
  arrival timestamptz not null
);
