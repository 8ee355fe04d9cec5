-- Where members want to hear of what happens to them. Address and secrets are sealed under the member's key.
create table app.webhook_endpoints (
  member_id uuid not null,
  id uuid not null,
  name text not null,
  events text[] not null,
  state text not null,
  disabled_because text,
  sealed_url bytea not null,
  sealed_secret bytea not null,
  -- The secret before, which signs beside the present one for a day.
  sealed_old_secret bytea,
  old_until timestamptz,
  created_at timestamptz not null,
  -- What happened before it was made, or switched on again, is not told to it.
  active_since timestamptz not null,
  -- What happened up to here has been handed out: by final block, and by the clock.
  chain_block bigint not null,
  events_at timestamptz not null,
  -- Since when nothing has arrived; null while all does.
  failing_since timestamptz,
  primary key (member_id, id),
  constraint webhook_endpoints_state check (state in ('active', 'disabled')),
  constraint webhook_endpoints_because check (disabled_because in ('OWNER', 'GONE', 'FAILING')),
  constraint webhook_endpoints_disabled check ((disabled_because is null) = (state = 'active')),
  constraint webhook_endpoints_old check ((sealed_old_secret is null) = (old_until is null))
);
select app.wall('app.webhook_endpoints', 'own');

-- What is sent to an endpoint, once for each event; ids and plain facts only. Answers are not kept.
create table app.webhook_deliveries (
  member_id uuid not null,
  endpoint_id uuid not null,
  id uuid not null,
  event text not null,
  -- Names what happened, so that it is handed out once.
  event_key text not null,
  data jsonb not null,
  happened_at timestamptz not null,
  state text not null,
  attempts integer not null,
  next_at timestamptz,
  created_at timestamptz not null,
  last_attempt_at timestamptz,
  last_status integer,
  last_problem text,
  last_ms integer,
  ended_at timestamptz,
  primary key (member_id, endpoint_id, id),
  constraint webhook_deliveries_state check (state in ('waiting', 'delivered', 'failed')),
  constraint webhook_deliveries_ended check ((ended_at is null) = (state = 'waiting')),
  constraint webhook_deliveries_next check ((next_at is null) = (state <> 'waiting'))
);
create unique index webhook_deliveries_once on app.webhook_deliveries (member_id, endpoint_id, event_key);
create index webhook_deliveries_due on app.webhook_deliveries (next_at) where state = 'waiting';
create index webhook_deliveries_by_age on app.webhook_deliveries (ended_at);
select app.wall('app.webhook_deliveries', 'own');
