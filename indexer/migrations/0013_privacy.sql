-- Members who asked to be forgotten. The row outlives them and names nobody.
create table app.erasures (
  member_id uuid not null,
  id uuid not null,
  requested_at timestamptz not null,
  due_at timestamptz not null,
  cancelled_at timestamptz,
  carried_out_at timestamptz,
  primary key (member_id, id)
);
create unique index erasures_open on app.erasures (member_id) where cancelled_at is null and carried_out_at is null;
create index erasures_due on app.erasures (due_at) where cancelled_at is null and carried_out_at is null;

-- What the law wants kept is kept, whoever asks, until it is lifted.
create table app.legal_holds (
  member_id uuid not null,
  id uuid not null,
  reference text not null,
  placed_at timestamptz not null,
  placed_by uuid not null,
  lifted_at timestamptz,
  primary key (member_id, id)
);
create unique index legal_holds_standing on app.legal_holds (member_id) where lifted_at is null;

alter table app.members add column erased_at timestamptz;
