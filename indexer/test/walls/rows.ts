import type { TestDatabase } from "../harness/database.ts";

/** A table that holds rows of members. */
export interface MemberTable {
  name: string;
  /** Column that names the member. */
  key: string;
  isWalled: boolean;
  isForced: boolean;
  columns: { name: string; type: string }[];
  /** Whether everybody may read it. */
  isTold: boolean;
  /** Whether the staff see it. */
  isCared: boolean;
}

/** All of them, as the catalog tells it: a new one is among them before anybody thinks of it. */
export async function memberTables({ pool }: TestDatabase): Promise<MemberTable[]> {
  const { rows } = await pool.query<MemberTable>(`
    select n.nspname || '.' || c.relname as name, a.attname as key,
           c.relrowsecurity as "isWalled", c.relforcerowsecurity as "isForced",
           (select jsonb_agg(jsonb_build_object('name', x.attname, 'type', format_type(x.atttypid, null)) order by x.attnum)
              from pg_attribute x where x.attrelid = c.oid and x.attnum > 0 and not x.attisdropped
               and x.attidentity = '' and (x.attnotnull or x.attname = a.attname)) as columns,
           exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'told') as "isTold",
           exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'cared') as "isCared"
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid
       and a.attname = case when n.nspname = 'app' and c.relname = 'members' then 'id' else 'member_id' end
     where n.nspname in ('app', 'keyvault') and c.relkind in ('r', 'p') and not c.relispartition
     order by 1`);
  return rows;
}

/** Lets rows in that stand for all others: what a column may hold is another matter than whose it is. */
export async function dropChecks({ pool }: TestDatabase): Promise<void> {
  const { rows } = await pool.query<{ statement: string }>(`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as statement from pg_constraint k
      join pg_namespace n on n.oid = k.connamespace where contype = 'c' and n.nspname in ('app', 'keyvault')`);
  for (const { statement } of rows) await pool.query(statement);
}

const sampleOf = (type: string): string => {
  if (type.endsWith("[]")) return "'{}'";
  if (type === "uuid") return "gen_random_uuid()";
  if (type === "bytea") return "decode(md5(random()::text), 'hex')";
  if (type === "jsonb") return "'{}'";
  if (type === "boolean") return "false";
  if (type === "date") return "current_date - (random() * 9999)::integer";
  if (type.startsWith("timestamp")) return "now()";
  if (type === "text") return "md5(random()::text)";
  return "(random() * 9999)::integer";
};

/** The statement that gives a member, `$1`, one row of whatever fits. */
export const insertOf = ({ name, key, columns }: MemberTable): string => {
  const values = columns.map((column) => (column.name === key ? "$1" : sampleOf(column.type)));
  return `insert into ${name} (${columns.map((column) => `"${column.name}"`).join(", ")}) values (${values.join(", ")})`;
};
