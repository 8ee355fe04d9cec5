-- Lists of sanctioned and politically exposed people, and what comparing members with them gave. Lists are public;
-- whom they were found to fit is sealed under the key of anti-money-laundering records.

create table app.screening_versions (
  id uuid primary key,
  list text not null,
  format text not null,
  -- Of the file as it came.
  sha256 bytea not null,
  entry_count integer not null,
  -- Entries of the version that was in force when this one came.
  entries_before integer not null,
  state text not null,
  loaded_at timestamptz not null,
  in_force_at timestamptz,
  -- Null until everybody whose result it could change is on the way to be screened again.
  compared_at timestamptz,
  approval_id uuid,
  constraint screening_versions_state check (state in ('staged', 'held', 'in_force', 'replaced', 'refused'))
);
-- One version of a list counts, whatever the race.
create unique index screening_versions_in_force on app.screening_versions (list) where state = 'in_force';
create index screening_versions_by_age on app.screening_versions (list, loaded_at);

create table app.screening_entries (
  version_id uuid not null,
  entry_id text not null,
  digest bytea not null,
  entry jsonb not null,
  -- Whether the version before said something else of it, or nothing.
  is_changed boolean not null,
  primary key (version_id, entry_id)
);

create table app.screening_wallets (
  address text not null,
  version_id uuid not null,
  entry_id text not null,
  primary key (address, version_id, entry_id)
);
create index screening_wallets_by_version on app.screening_wallets (version_id);

create table app.screening_results (
  member_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  why text not null,
  -- Officers look for members by these two; everything that explains them is sealed.
  aml_score smallint not null,
  is_exposed boolean not null,
  -- Versions of the lists it was made with, by list.
  versions jsonb not null,
  sealed bytea not null,
  primary key (member_id, id),
  constraint screening_results_score check (aml_score between 0 and 100),
  constraint screening_results_why check (why in ('submitted', 'approved', 'list', 'decision'))
);
create index screening_results_newest on app.screening_results (member_id, at);

create table app.screening_hits (
  member_id uuid not null,
  id uuid not null,
  opened_at timestamptz not null,
  kind text not null,
  score smallint not null,
  state text not null,
  -- Which entry, and why it fits.
  sealed bytea not null,
  approval_id uuid,
  proposed_by uuid,
  decided_by uuid,
  decided_at timestamptz,
  reason_sealed bytea,
  primary key (member_id, id),
  constraint screening_hits_kind check (kind in ('wallet', 'name')),
  constraint screening_hits_score check (score between 0 and 100),
  constraint screening_hits_state check (state in ('open', 'proposed', 'confirmed', 'dismissed', 'lapsed')),
  constraint screening_hits_four_eyes check (state <> 'confirmed' or decided_by <> proposed_by)
);
create index screening_hits_by_id on app.screening_hits (id);
create index screening_hits_by_state on app.screening_hits (state, opened_at);

-- Records of anti-money-laundering law outlive their member; their key is destroyed on a day of its own.
create table app.aml_retention (
  member_id uuid primary key,
  destroy_after timestamptz not null,
  destroyed_at timestamptz
);
create index aml_retention_due on app.aml_retention (destroy_after) where destroyed_at is null;
