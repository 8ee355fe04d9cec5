-- What one of the staff proposes and another decides. Carried out in the transaction that approves it, or never.
create table app.approvals (
  id uuid primary key,
  kind text not null,
  subject_id uuid not null,
  detail jsonb not null,
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  expires_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  outcome text,
  reason text,
  constraint approvals_outcome check (outcome in ('approved', 'rejected', 'withdrawn', 'expired')),
  constraint approvals_decided check ((decided_at is null) = (outcome is null)),
  constraint approvals_four_eyes check (outcome not in ('approved', 'rejected') or decided_by <> proposed_by)
);
-- One open proposal of a kind for one subject.
create unique index approvals_open on app.approvals (kind, subject_id) where decided_at is null;
create index approvals_by_proposal on app.approvals (proposed_at, id);
