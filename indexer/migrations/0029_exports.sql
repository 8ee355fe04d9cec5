-- Copies of their data that members asked for: encrypted to a key of theirs before anything is written, fetched once.
create table app.exports (
  member_id uuid not null,
  id uuid not null,
  state text not null,
  recipient text not null,
  requested_at timestamptz not null,
  ready_at timestamptz,
  ends_at timestamptz not null,
  size integer,
  sha256 bytea,
  archive bytea,
  primary key (member_id, id),
  constraint exports_state check (state in ('waiting', 'ready', 'fetched', 'ended')),
  constraint exports_archive check ((archive is not null) = (state = 'ready'))
);
create unique index exports_open on app.exports (member_id) where state in ('waiting', 'ready');
create index exports_by_end on app.exports (ends_at) where state in ('waiting', 'ready');
select app.wall('app.exports', 'own');

-- What each run of the retention has removed, category by category: added to, never changed.
create table app.retention_reports (
  id uuid primary key,
  run_id uuid not null,
  at timestamptz not null,
  category text not null,
  kept_days integer not null,
  removed bigint not null,
  held bigint not null,
  oldest_left timestamptz
);
create index retention_reports_by_age on app.retention_reports (at, id);
revoke update, delete on app.retention_reports from tburn_app;
