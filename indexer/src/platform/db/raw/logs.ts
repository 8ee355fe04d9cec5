import type { BlockHead, RawLog } from "../../chain/blocks.ts";
import type { Hex } from "../../chain/rpc.ts";
import type { Origin } from "../checkpoint.ts";
import { WORTH_A_COPY } from "../load/copy.ts";
import { lines } from "../load/text.ts";
import type { Sql, Transaction } from "../pool.ts";

const bytea = (hex: string) => `\\x${hex.slice(2)}`;
const hexOf = (bytes: Buffer): Hex => `0x${bytes.toString("hex")}`;
const WORD = 32;

/** Topics as they are kept: one after the other. */
const packed = (topics: Hex[]) => `\\x${topics.map((topic) => topic.slice(2)).join("")}`;

const unpacked = (bytes: Buffer): Hex[] =>
  Array.from({ length: bytes.length / WORD }, (_, i) => hexOf(bytes.subarray(i * WORD, (i + 1) * WORD)));

/** Rows that are not these blocks stand in their place, or on top of it: their last block is another one. */
const STRANGE = "not exists (select 1 from ops.raw_blocks k where k.number = $2 and k.hash = $3)";

/**
 * Keeps blocks in a row and their logs, in place of everything that is kept from the first of them on. What is kept
 * already, as after a replay that was broken off, stays as it is.
 */
export async function keepLogs(sql: Transaction, heads: BlockHead[], logs: RawLog[]): Promise<void> {
  const [first, last] = [heads[0], heads.at(-1)];
  if (!first || !last) return;
  if (logs.length >= WORTH_A_COPY && !(await isKeptFrom(sql, first.number))) {
    await copyLogs(sql, logs);
    await insertBlocks(sql, heads, logs);
    return;
  }
  const place = [first.number, last.number, bytea(last.hash)];
  // Blocks go last and come last: whether they stand decides about their logs.
  await Promise.all([
    sql.query(`delete from ops.raw_logs where block_number >= $1 and ${STRANGE}`, place),
    sql.query(`delete from ops.raw_blocks where number >= $1 and ${STRANGE}`, place),
    logs.length > 0 && insertLogs(sql, logs),
    insertBlocks(sql, heads, logs),
  ]);
}

/** Whether anything is kept of block `number` or those above it: a log may have lost its block. */
async function isKeptFrom(sql: Sql, number: number): Promise<boolean> {
  const { rows } = await sql.query<{ kept: boolean }>(
    `select exists (select 1 from ops.raw_blocks where number >= $1)
         or exists (select 1 from ops.raw_logs where block_number >= $1) as kept`,
    [number],
  );
  return rows[0]?.kept === true;
}

const columns = ["block_number", "log_index", "tx_index", "tx_hash", "address", "topics", "data"];

/** Adds logs of blocks of which none is kept. */
async function copyLogs(sql: Transaction, logs: RawLog[]): Promise<void> {
  const rows = logs.map((log) => ({
    block_number: log.blockNumber,
    log_index: log.logIndex,
    tx_index: log.transactionIndex,
    tx_hash: bytea(log.transactionHash),
    address: bytea(log.address),
    topics: packed(log.topics),
    data: bytea(log.data),
  }));
  await sql.copy(`copy ops.raw_logs (${columns.join(", ")}) from stdin`, [lines(rows, columns)]);
}

/** Adds blocks that are not kept yet. @param logs All of theirs. */
export function insertBlocks(sql: Sql, heads: BlockHead[], logs: RawLog[]): Promise<unknown> {
  const counts = new Map<number, number>();
  for (const { blockNumber } of logs) counts.set(blockNumber, (counts.get(blockNumber) ?? 0) + 1);
  return sql.query(
    `insert into ops.raw_blocks (number, hash, parent_hash, block_time, log_count)
     select * from unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::bigint[], $5::integer[]) on conflict do nothing`,
    [
      heads.map(({ number }) => number),
      heads.map(({ hash }) => bytea(hash)),
      heads.map(({ parentHash }) => bytea(parentHash)),
      heads.map(({ timestamp }) => timestamp),
      heads.map(({ number }) => counts.get(number) ?? 0),
    ],
  );
}

/** Adds logs that are not kept yet. */
export const insertLogs = (sql: Sql, logs: RawLog[]) =>
  sql.query(
    `insert into ops.raw_logs (block_number, log_index, tx_index, tx_hash, address, topics, data)
     select * from unnest($1::bigint[], $2::integer[], $3::integer[], $4::bytea[], $5::bytea[], $6::bytea[], $7::bytea[])
     on conflict do nothing`,
    [
      logs.map(({ blockNumber }) => blockNumber),
      logs.map(({ logIndex }) => logIndex),
      logs.map(({ transactionIndex }) => transactionIndex),
      logs.map(({ transactionHash }) => bytea(transactionHash)),
      logs.map(({ address }) => bytea(address)),
      logs.map(({ topics }) => packed(topics)),
      logs.map(({ data }) => bytea(data)),
    ],
  );

/** Forgets what is kept of blocks above `ancestor`: the chain has taken them back. */
export async function forgetLogsAbove(sql: Sql, ancestor: number): Promise<void> {
  await sql.query("delete from ops.raw_logs where block_number > $1", [ancestor]);
  await sql.query("delete from ops.raw_blocks where number > $1", [ancestor]);
}

/** Forgets all that is kept. */
export async function clearLogs(sql: Sql): Promise<void> {
  await sql.query("truncate ops.raw_blocks, ops.raw_logs, ops.raw_origin");
}

/** Says of which chain and contracts the logs are, before the first is kept. */
export async function nameLogs(sql: Sql, { chainId, contracts }: Origin): Promise<void> {
  await sql.query(
    `insert into ops.raw_origin (id, chain_id, contracts) values (1, $1, $2)
     on conflict (id) do update set chain_id = excluded.chain_id, contracts = excluded.contracts`,
    [chainId, contracts],
  );
}

/** What is kept: whose logs, and from which block to which; undefined if nothing is. */
export interface Kept extends Origin {
  first: number;
  last: number;
  /** Fewer than `last - first + 1` if some are missing. */
  blocks: number;
}

export async function keptSpan(sql: Sql): Promise<Kept | undefined> {
  const { rows } = await sql.query<{ chain_id: string; contracts: string; first: string; last: string; n: string }>(
    `select o.chain_id, o.contracts, b.first, b.last, b.n from ops.raw_origin o
      cross join (select min(number) as first, max(number) as last, count(*) as n from ops.raw_blocks) b where b.n > 0`,
  );
  const row = rows[0];
  return (
    row && {
      chainId: Number(row.chain_id),
      contracts: row.contracts,
      first: Number(row.first),
      last: Number(row.last),
      blocks: Number(row.n),
    }
  );
}

/** Blocks `from` to `to` that are kept, in their order. */
export async function keptBlocks(sql: Sql, from: number, to: number): Promise<BlockHead[]> {
  const { rows } = await sql.query<{ number: string; hash: Buffer; parent_hash: Buffer; block_time: string }>(
    "select number, hash, parent_hash, block_time from ops.raw_blocks where number between $1 and $2 order by number",
    [from, to],
  );
  return rows.map((row) => ({
    number: Number(row.number),
    hash: hexOf(row.hash),
    parentHash: hexOf(row.parent_hash),
    timestamp: Number(row.block_time),
  }));
}

interface LogRow {
  block_number: string;
  hash: Buffer;
  log_index: number;
  tx_index: number | null;
  tx_hash: Buffer;
  address: Buffer;
  topics: Buffer;
  data: Buffer;
}

/** Logs of blocks `from` to `to` that are kept, in their order. */
export async function keptLogs(sql: Sql, from: number, to: number): Promise<RawLog[]> {
  const { rows } = await sql.query<LogRow>(
    `select l.*, b.hash from ops.raw_logs l join ops.raw_blocks b on b.number = l.block_number
      where l.block_number between $1 and $2 order by l.block_number, l.log_index`,
    [from, to],
  );
  return rows.map((row) => ({
    address: hexOf(row.address),
    topics: unpacked(row.topics),
    data: hexOf(row.data),
    blockNumber: Number(row.block_number),
    blockHash: hexOf(row.hash),
    logIndex: row.log_index,
    transactionIndex: row.tx_index,
    transactionHash: hexOf(row.tx_hash),
  }));
}

/** The first kept block that does not follow the one before it, or lacks logs; undefined if all do. */
export async function firstLoss(sql: Sql): Promise<number | undefined> {
  const { rows } = await sql.query<{ number: string | null }>(
    `select min(number) as number from (
       select b.number from ops.raw_blocks b
        where number > (select min(number) from ops.raw_blocks)
          and not exists (select 1 from ops.raw_blocks p where p.number = b.number - 1 and p.hash = b.parent_hash)
       union all
       select b.number from ops.raw_blocks b
         left join (select block_number, count(*) as n from ops.raw_logs group by 1) l on l.block_number = b.number
        where b.log_count <> coalesce(l.n, 0)) lost`,
  );
  const number = rows[0]?.number ?? null;
  return number === null ? undefined : Number(number);
}
