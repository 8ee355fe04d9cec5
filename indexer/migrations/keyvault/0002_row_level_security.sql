-- The server reads keys as a role of their own that owns nothing, of one member at a time or as one of our own processes.
do $$
begin
  create role tburn_vault nologin;
exception
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then
    if not exists (select 1 from pg_roles where rolname = 'tburn_vault') then
      raise exception 'the role tburn_vault is missing and the owner may make none; make it, then migrate again';
    end if;
end $$;

alter table keyvault.member_keys enable row level security;
alter table keyvault.member_keys force row level security;
-- Danger: after a transaction a setting of it is '', not null.
create policy cared on keyvault.member_keys using (
  coalesce(current_setting('app.scope', true), '') in ('staff', 'system')
  or member_id = nullif(current_setting('app.member_id', true), '')::uuid
);

grant usage on schema keyvault, ops to tburn_vault;
grant select on ops.migrations to tburn_vault;
-- A destroyed key leaves its row, and what was not made is not unmade.
grant select, insert, update on keyvault.member_keys to tburn_vault;
-- Whoever has the members' database does not even come in.
do $$
begin
  execute format('revoke connect on database %I from public', current_database());
  execute format('grant connect on database %I to tburn_vault', current_database());
end $$;
