import type { ChainEvent } from "../chain/decode.ts";
import type { Header } from "../chain/rpc.ts";
import type { Row, Undo } from "../chain/store.ts";
import type { Sql } from "./pool.ts";
import { remove, type Table, upsert } from "./tables.ts";

/** The last block that stands in the database. */
export interface Checkpoint {
  blockNumber: number;
  blockHash: string;
}

/** The checkpoint; undefined before the first block. */
export async function readCheckpoint(sql: Sql): Promise<Checkpoint | undefined> {
  const { rows } = await sql.query<{ block_number: string; block_hash: string }>(
    "select block_number, block_hash from ops.checkpoint",
  );
  const row = rows[0];
  return row && { blockNumber: Number(row.block_number), blockHash: row.block_hash };
}

export async function writeCheckpoint(sql: Sql, at: Checkpoint): Promise<void> {
  await sql.query(
    "insert into ops.checkpoint (id, block_number, block_hash) values (1, $1, $2) on conflict (id) do update set block_number = $1, block_hash = $2",
    [at.blockNumber, at.blockHash],
  );
  await sql.query("select pg_notify('tburn_block', $1)", [String(at.blockNumber)]);
}

/** Hash of a block that stands in the database. */
export async function knownHash(sql: Sql, number: number): Promise<string | undefined> {
  const { rows } = await sql.query<{ hash: string }>("select hash from chain.blocks where number = $1", [number]);
  return rows[0]?.hash;
}

/** Keeps the rows as they were, for blocks above `finalBlock`; older entries are dropped. */
export async function writeJournal(sql: Sql, undo: Undo[], finalBlock: number): Promise<void> {
  const kept = undo
    .filter((entry) => entry.blockNumber > finalBlock)
    .map((entry) => ({
      block_number: entry.blockNumber,
      table_name: entry.table,
      row_key: entry.key,
      before: entry.before,
    }));
  if (kept.length > 0) {
    await sql.query(
      `insert into ops.journal (block_number, table_name, row_key, before)
       select block_number, table_name, row_key, before
         from jsonb_to_recordset($1::jsonb) as j(block_number bigint, table_name text, row_key jsonb, before jsonb)`,
      [JSON.stringify(kept)],
    );
  }
  await sql.query("delete from ops.journal where block_number <= $1", [finalBlock]);
}

const plain = (_key: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);

/** Announces events to the world outside, in the transaction that makes them true. */
export async function writeOutbox(sql: Sql, events: ChainEvent[], hashes: Map<number, string>): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => ({
    block_number: event.blockNumber,
    block_hash: hashes.get(event.blockNumber),
    log_index: event.logIndex,
    event: event.name,
    payload: { ...event.args, txHash: event.txHash, blockTime: event.blockTime },
  }));
  await sql.query(
    `insert into ops.outbox (block_number, block_hash, log_index, event, payload)
     select block_number, block_hash, log_index, event, payload
       from jsonb_to_recordset($1::jsonb) as o(block_number bigint, block_hash text, log_index integer, event text, payload jsonb)`,
    [JSON.stringify(rows, plain)],
  );
}

/** Forgets the orphan mark of blocks that have come back. */
export async function clearOrphans(sql: Sql, headers: Header[]): Promise<void> {
  await sql.query("delete from ops.orphans where hash = any($1)", [headers.map((header) => header.hash)]);
}

/**
 * Takes every block above `ancestor` back, newest first: each row becomes what it was.
 * @returns number of rows restored.
 */
export async function undoAbove(sql: Sql, tables: Map<string, Table>, ancestor: number): Promise<number> {
  // The oldest entry of a row is its state at the ancestor.
  const { rows } = await sql.query<{
    table_name: string;
    row_key: Row;
    before: Row | null;
    before_text: string | null;
  }>(
    `select distinct on (table_name, row_key) table_name, row_key, before::text as before_text
       from ops.journal where block_number > $1 order by table_name, row_key, id`,
    [ancestor],
  );
  for (const table of tables.values()) {
    const mine = rows.filter((row) => row.table_name === table.name);
    await remove(
      sql,
      table,
      mine.filter((row) => row.before_text === null).map((row) => row.row_key),
    );
    const restored = mine.flatMap((row) => (row.before_text === null ? [] : [row.before_text]));
    await upsert(
      sql,
      table,
      restored.map((text) => JSON.parse(text) as Row),
    );
  }
  await sql.query("delete from ops.journal where block_number > $1", [ancestor]);
  return rows.length;
}

export interface Reorg {
  fromBlock: number;
  depth: number;
  oldHash: string;
  newHash: string;
  rowsUndone: number;
}

/** Remembers a reorganisation and the blocks that it orphaned; must run before they are undone. */
export async function rememberOrphans(sql: Sql, ancestor: number): Promise<void> {
  await sql.query(
    `insert into ops.orphans (hash, number, parent_hash, block_time)
     select hash, number, parent_hash, block_time from chain.blocks where number > $1 on conflict (hash) do nothing`,
    [ancestor],
  );
}

export async function rememberReorg(sql: Sql, reorg: Reorg): Promise<void> {
  await sql.query(
    "insert into ops.reorgs (from_block, depth, old_hash, new_hash, rows_undone) values ($1, $2, $3, $4, $5)",
    [reorg.fromBlock, reorg.depth, reorg.oldHash, reorg.newHash, reorg.rowsUndone],
  );
  // What was announced and did not stay is announced again as taken back.
  await sql.query(
    `insert into ops.outbox (block_number, block_hash, log_index, event, retracted, payload)
     select block_number, block_hash, log_index, event, true, payload from ops.outbox o
      where block_number >= $1 and not retracted
        and exists (select 1 from ops.orphans where hash = o.block_hash)
        and not exists (select 1 from ops.outbox r where r.retracted and r.block_hash = o.block_hash and r.log_index = o.log_index)`,
    [reorg.fromBlock],
  );
  await sql.query("select pg_notify('tburn_reorg', $1)", [JSON.stringify(reorg)]);
}
