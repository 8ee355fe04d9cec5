import { WORTH_A_COPY } from "./load/copy.ts";
import { arrayOf, lines } from "./load/text.ts";
import type { Sql, Transaction } from "./pool.ts";

/** A projected table as the catalog describes it. */
export interface Table {
  /** `chain`, or that of a mirror beside it. */
  schema: string;
  name: string;
  columns: string[];
  /** Of the columns, as statements name them. */
  types: string[];
  key: string[];
  /** Where its rows are kept as each block left them, and which of their columns may change; undefined if they are not. */
  versions?: { table: string; columns: string[] } | undefined;
}

/** Tables whose past is kept, and where. The second has the key of the first with the block, and what may change of a row. */
const versioned: Record<string, string> = {
  validators: "validator_versions",
  positions: "position_versions",
  cohorts: "cohort_versions",
  members: "member_versions",
  member_grades: "grade_versions",
  vote_accounts: "vote_versions",
};

/** A row by column; numbers wider than 32 bits are strings. */
export type Row = Record<string, unknown>;

/** Projected tables: everything in `schema`, by name. */
export async function chainTables(sql: Sql, schema = "chain"): Promise<Map<string, Table>> {
  const { rows } = await sql.query<Table>(
    `select n.nspname as schema, c.relname as name,
           array(select attname::text from pg_attribute a where a.attrelid = c.oid and attnum > 0 and not attisdropped order by attnum) as columns,
           array(select format_type(atttypid, atttypmod) from pg_attribute a where a.attrelid = c.oid and attnum > 0 and not attisdropped order by attnum) as types,
           array(select a.attname::text from pg_index i, unnest(i.indkey) with ordinality k(num, ord)
                   join pg_attribute a on a.attrelid = c.oid and a.attnum = k.num
                  where i.indrelid = c.oid and i.indisprimary order by k.ord) as key
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relkind in ('r', 'p') and not c.relispartition order by c.relname collate "C"`,
    [schema],
  );
  const tables = new Map(rows.map((table) => [table.name, table]));
  if (tables.size === 0) return tables;
  for (const [name, into] of Object.entries(versioned)) {
    const [table, versions] = [tables.get(name), tables.get(into)];
    if (!table || !versions) throw new Error(`no table ${schema}.${name} or ${schema}.${into}`);
    table.versions = { table: into, columns: versions.columns.filter((column) => !versions.key.includes(column)) };
  }
  return tables;
}

const quoted = (names: string[], prefix = "") => names.map((name) => `${prefix}"${name}"`).join(", ");
const joined = (table: Table) => table.key.map((name) => `t."${name}" = d."${name}"`).join(" and ");
/** A table's whole name, quoted. */
export const named = ({ schema, name }: Table): string => `${schema}."${name}"`;
/** The statement that writes the rows of `source`, replacing those with the same key. */
export function upsertFrom(table: Table, source: string): string {
  const rest = table.columns.filter((name) => !table.key.includes(name));
  const set = rest.map((name) => `"${name}" = excluded."${name}"`).join(", ");
  const clash = rest.length > 0 ? `do update set ${set}` : "do nothing";
  return `insert into ${named(table)} (${quoted(table.columns)}) select ${quoted(table.columns)} from ${source} on conflict (${quoted(table.key)}) ${clash}`;
}

/** Rows to write, by table. */
export interface Writes {
  /** Rows that the database does not have. */
  inserts: Map<Table, Row[]>;
  upserts: Map<Table, Row[]>;
}

/** Writes the rows of a batch: many of a table by `copy`, one table after the other, all others in one go. */
export async function write(sql: Transaction, { inserts, upserts }: Writes): Promise<void> {
  const few: [Table, Row[]][] = [...upserts];
  for (const [table, rows] of inserts) {
    if (rows.length < WORTH_A_COPY) few.push([table, rows]);
    else await sql.copy(`copy ${named(table)} (${quoted(table.columns)}) from stdin`, [lines(rows, table.columns)]);
  }
  await Promise.all(few.map(([table, rows]) => upsert(sql, table, rows)));
}

/** Rows as a source of a statement: of each column an array, which costs a fraction of JSON. */
function sourceOf(table: Table, columns: string[], rows: Row[]): { source: string; values: string[] } {
  const arrays = columns.map((name, i) => `$${i + 1}::${table.types[table.columns.indexOf(name)]}[]`);
  return { source: `unnest(${arrays.join(", ")})`, values: columns.map((name) => arrayOf(rows, name)) };
}

/** Writes rows, replacing those with the same key. */
export async function upsert(sql: Sql, table: Table, rows: Row[]): Promise<void> {
  if (rows.length === 0) return;
  const { source, values } = sourceOf(table, table.columns, rows);
  await sql.query(upsertFrom(table, `${source} r(${quoted(table.columns)})`), values);
}

/** Reads the rows with these keys, in no order; a key without a row gives none. */
export async function readAll(sql: Sql, table: Table, keys: Row[]): Promise<Row[]> {
  const { source, values } = sourceOf(table, table.key, keys);
  const { rows } = await sql.query(
    `select t.* from ${source} d(${quoted(table.key)}) join ${named(table)} t on ${joined(table)}`,
    values,
  );
  return rows as Row[];
}

/** Whether a table has no row: then nothing has to be read before it is written. */
export async function isEmpty(sql: Sql, table: Table): Promise<boolean> {
  const { rows } = await sql.query<{ empty: boolean }>(`select not exists (select 1 from ${named(table)}) as empty`);
  return rows[0]?.empty === true;
}

/** A digest of each table's rows in key order, and one over all. Equal chains give equal digests. */
export async function digest(sql: Sql): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const table of (await chainTables(sql)).values()) {
    const order = table.key.map((name) => `t."${name}"`).join(", ");
    const { rows } = await sql.query<{ digest: string }>(
      `select encode(sha256(coalesce(string_agg(md5(t::text), '' order by ${order}), '')::bytea), 'hex') as digest from ${named(table)} t`,
    );
    digests[table.name] = rows[0]?.digest ?? "";
  }
  const { rows } = await sql.query<{ digest: string }>("select encode(sha256($1::bytea), 'hex') as digest", [
    Buffer.from(Object.values(digests).join("")),
  ]);
  return { ...digests, total: rows[0]?.digest ?? "" };
}

/** Empties everything that can be told again from the chain. */
export async function clearChain(sql: Sql): Promise<void> {
  const names = [...(await chainTables(sql)).values()].map(named);
  await sql.query(
    `truncate ${names.join(", ")}, ops.journal, ops.checkpoint, ops.follower, ops.orphans, ops.block_digests, ops.version_start`,
  );
}
