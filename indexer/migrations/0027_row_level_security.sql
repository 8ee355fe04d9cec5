-- The second wall. The server works as a role that owns nothing; the rows of members are shown to that member, to whoever
-- looks after members, and to our own processes, as the server says of each transaction. Whoever says nothing sees none.

-- A login of its own is made from it by whoever runs the database: `alter role tburn_app login password …`.
do $$
begin
  create role tburn_app nologin;
exception
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then
    if not exists (select 1 from pg_roles where rolname = 'tburn_app') then
      raise exception 'the role tburn_app is missing and the owner may make none; make it, then migrate again';
    end if;
end $$;

-- Danger: after a transaction a setting of it is '', not null.
create function app.asker() returns uuid language sql stable
  return nullif(current_setting('app.member_id', true), '')::uuid;
create function app.asks_for_all() returns boolean language sql stable
  return coalesce(current_setting('app.scope', true), '') = 'system';
create function app.looks_after() returns boolean language sql stable
  return coalesce(current_setting('app.scope', true), '') in ('staff', 'system');

-- Walls a table in. `own`: rows of the member alone. `cared`: the staff work on them, too. `told`: everybody may read
-- them, since the API publishes them, and they are changed like `cared` ones.
create function app.wall(name regclass, sight text, key text default 'member_id') returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  if sight = 'own' then
    execute format('create policy own on %s using (app.asks_for_all() or %I = app.asker())', name, key);
  elsif sight in ('cared', 'told') then
    execute format('create policy cared on %s using (app.looks_after() or %I = app.asker())', name, key);
  else
    raise exception 'no sight: %', sight;
  end if;
  if sight = 'told' then
    execute format('create policy told on %s for select using (true)', name);
  end if;
end $$;
revoke execute on function app.wall from public;

select app.wall(name::regclass, 'own') from unnest(array[
  'app.api_keys', 'app.idempotency_keys', 'app.passkey_challenges', 'app.passkeys', 'app.recovery_codes',
  'app.refresh_tokens', 'app.registration_commands', 'app.security_settings', 'app.session_roles', 'app.sign_in_failures',
  'app.staff_sign_ins', 'app.totp_secrets', 'app.verification_codes'
]) as name;

select app.wall('app.members', 'told', 'id');
select app.wall('app.member_wallets', 'told');
select app.wall('app.profiles', 'told');

-- All others that hold rows of members.
select app.wall(c.oid::regclass, 'cared')
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'member_id'
 where n.nspname = 'app' and c.relkind in ('r', 'p') and not c.relispartition and not c.relrowsecurity;

-- Uses of a key are its member's.
alter table app.api_key_uses enable row level security;
alter table app.api_key_uses force row level security;
create policy own on app.api_key_uses
  using (app.asks_for_all() or exists (select 1 from app.api_keys k where k.id = key_id));

-- Decisions of two people are the staff's; a member that hands something in proposes, and sees what it proposed.
alter table app.approvals enable row level security;
alter table app.approvals force row level security;
create policy cared on app.approvals using (app.looks_after());
create policy proposed on app.approvals for insert with check (proposed_by = app.asker());
create policy own on app.approvals for select using (proposed_by = app.asker());

-- Everybody's acts are written down; each reads those that are its own or concern it.
alter table app.audit_entries enable row level security;
alter table app.audit_entries force row level security;
create policy added on app.audit_entries for insert with check (true);
create policy own on app.audit_entries for select
  using (app.looks_after() or subject_id = app.asker() or actor_id = app.asker());

grant usage on schema app, chain, ops to tburn_app;
grant select, insert, update, delete on all tables in schema app, chain, ops to tburn_app;
revoke update, delete on app.audit_entries, app.audit_seals, app.audit_roots from tburn_app;
revoke insert, update, delete on ops.migrations from tburn_app;
-- What is mirrored is told again from the chain.
grant truncate on all tables in schema chain to tburn_app;
grant truncate on ops.journal, ops.checkpoint, ops.follower, ops.orphans to tburn_app;
alter default privileges in schema app, ops grant select, insert, update, delete on tables to tburn_app;
alter default privileges in schema chain grant select, insert, update, delete, truncate on tables to tburn_app;

-- The queue's tables are made by its library, as the owner, after this.
create schema if not exists boss;
grant usage on schema boss to tburn_app;
grant select, insert, update, delete on all tables in schema boss to tburn_app;
grant usage on all sequences in schema boss to tburn_app;
alter default privileges in schema boss grant select, insert, update, delete on tables to tburn_app;
alter default privileges in schema boss grant usage on sequences to tburn_app;
