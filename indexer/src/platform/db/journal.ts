import { WORTH_A_COPY } from "./load/copy.ts";
import { lines } from "./load/text.ts";
import type { Sql, Transaction } from "./pool.ts";
import { named, type Row, type Table, upsertFrom } from "./tables.ts";

/** A row as it was before a block touched it first; `before` is null where there was none. */
export interface Undo {
  blockNumber: number;
  table: string;
  /** Each column of the primary key, as text. */
  key: Record<string, string>;
  before: Row | null;
}

const columns = ["block_number", "table_name", "row_key", "before"];

/** Keeps the rows as they were, for blocks above `finalBlock`; older entries are dropped. */
export async function writeJournal(sql: Transaction, undo: Undo[], finalBlock: number): Promise<void> {
  const kept = undo
    .filter((entry) => entry.blockNumber > finalBlock)
    .map((entry) => ({
      block_number: entry.blockNumber,
      table_name: entry.table,
      row_key: JSON.stringify(entry.key),
      before: entry.before,
    }));
  if (kept.length >= WORTH_A_COPY) {
    await sql.copy(`copy ops.journal (${columns.join(", ")}) from stdin`, [lines(kept, columns)]);
  } else if (kept.length > 0) {
    await sql.query(
      `insert into ops.journal (block_number, table_name, row_key, before)
       select block_number, table_name, row_key, before
         from jsonb_to_recordset($1::jsonb) as j(block_number bigint, table_name text, row_key text, before jsonb)`,
      [JSON.stringify(kept)],
    );
  }
  await sql.query("delete from ops.journal where block_number <= $1", [finalBlock]);
}

const FORGETTABLE = "from ops.journal where block_number <= (select final_block from ops.checkpoint)";

/** Drops entries of blocks that nothing can take back. @returns how many */
export async function pruneJournal(sql: Sql): Promise<number> {
  return (await sql.query(`delete ${FORGETTABLE}`)).rowCount ?? 0;
}

/** How many entries `pruneJournal` would drop. */
export async function countForgettable(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ n: string }>(`select count(*) as n ${FORGETTABLE}`);
  return Number(rows[0]?.n);
}

/**
 * Takes every block above `ancestor` back: each row becomes what it was at the ancestor, which is what its oldest entry
 * above it says. Values stay inside PostgreSQL, so no digit is lost.
 * @returns number of rows restored or removed.
 */
export async function undoAbove(sql: Sql, tables: Map<string, Table>, ancestor: number): Promise<number> {
  const oldest = (name: string) => `
    select distinct on (row_key) row_key, before from ops.journal
     where block_number > $1 and table_name = '${name}' order by row_key, block_number`;
  let count = 0;
  for (const table of tables.values()) {
    const joined = table.key.map((name) => `t."${name}" = k."${name}"`).join(" and ");
    const removed = await sql.query(
      `with o as (${oldest(table.name)}), k as (
         select r.* from o, jsonb_populate_record(null::${named(table)}, o.row_key::jsonb) r where o.before is null
       ) delete from ${named(table)} t using k where ${joined}`,
      [ancestor],
    );
    const restored = await sql.query(
      upsertFrom(
        table,
        `(select r.* from (${oldest(table.name)}) o, jsonb_populate_record(null::${named(table)}, o.before) r
           where o.before is not null) r`,
      ),
      [ancestor],
    );
    count += (removed.rowCount ?? 0) + (restored.rowCount ?? 0);
  }
  await sql.query("delete from ops.journal where block_number > $1", [ancestor]);
  return count;
}
