-- Keys by which a member's programs ask in its name. The secret is not here: only its hash is.
create table app.api_keys (
  id uuid primary key,
  member_id uuid not null,
  -- Wallet of the session that made it, and what the mirror knew then: a suspension that comes later ends the key.
  address text not null,
  begun_at_block bigint not null,
  name text not null,
  secret_hash bytea not null,
  scopes text[] not null,
  rate_per_minute integer not null,
  -- Networks that it may come from, sealed for its member to read; null is everywhere. Requests are compared with marks.
  networks bytea,
  network_marks bytea[] not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  constraint api_keys_networks check ((networks is null) = (cardinality(network_marks) = 0))
);
create index api_keys_by_member on app.api_keys (member_id);
create index api_keys_by_expiry on app.api_keys (expires_at);

-- Requests that a key was let in for, by day (UTC).
create table app.api_key_uses (
  key_id uuid not null,
  day date not null,
  requests bigint not null,
  primary key (key_id, day)
);
create index api_key_uses_by_day on app.api_key_uses (day);

-- From where, and for how long, a member lets itself be signed in.
create table app.security_settings (
  member_id uuid primary key,
  networks bytea,
  network_marks bytea[] not null,
  -- Hours after which a session ends at the latest; null is the service's own limit.
  session_hours integer,
  changed_at timestamptz not null,
  constraint security_settings_networks check ((networks is null) = (cardinality(network_marks) = 0)),
  constraint security_settings_hours check (session_hours between 1 and 720)
);

-- Sign-ins and proofs that failed, by day (UTC) and reason. Where they came from is not kept.
create table app.sign_in_failures (
  member_id uuid not null,
  day date not null,
  because text not null,
  count bigint not null,
  primary key (member_id, day, because),
  constraint sign_in_failures_because check (because in ('signature', 'network', 'factor', 'provider'))
);
create index sign_in_failures_by_day on app.sign_in_failures (day);
