-- How far the log was when a member last wrote: its next reads go to a replica only once that has replayed so much.
alter table app.members add column wrote_lsn pg_lsn;
