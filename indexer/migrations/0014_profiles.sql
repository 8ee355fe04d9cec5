-- What members publish of themselves. Public by its purpose, changed by its member alone, forgotten with it.
create table app.profiles (
  member_id uuid primary key,
  -- Grows by one with each change; whoever changes names the one it saw.
  version integer not null,
  display_name text not null,
  bio text not null,
  website text not null,
  links jsonb not null,
  tags text[] not null,
  language text not null,
  currency text not null,
  time_zone text not null,
  custom jsonb not null,
  changed_at timestamptz not null
);
