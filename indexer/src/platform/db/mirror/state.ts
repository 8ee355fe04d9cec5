import type { Sql } from "../pool.ts";

/** The newest block that stands, as the database knows it. */
export interface NewestBlock {
  number: number;
  hash: string;
  timestamp: number;
  finalBlock: number;
}

/** The newest block that stands; undefined before the first. */
export async function newestBlock(sql: Sql): Promise<NewestBlock | undefined> {
  const { rows } = await sql.query<{ number: string; hash: string; block_time: string; final_block: string }>(
    "select b.number, b.hash, b.block_time, c.final_block from ops.checkpoint c join chain.blocks b on b.number = c.block_number",
  );
  const row = rows[0];
  return (
    row && {
      number: Number(row.number),
      hash: row.hash,
      timestamp: Number(row.block_time),
      finalBlock: Number(row.final_block),
    }
  );
}

/** What is known of the past. */
export interface PastBlock {
  /** The block that was asked for, where it stands. */
  block: { number: number; hash: string; timestamp: number } | undefined;
  /** Newest and first block that are mirrored; undefined before the first. */
  head: number | undefined;
  first: number | undefined;
  /** First block whose state is known; undefined where that is the first. */
  start: number | undefined;
}

/** A block, and from where to where states are known. */
export async function blockAt(sql: Sql, number: number): Promise<PastBlock> {
  type Found = Record<"head" | "hash" | "block_time" | "first" | "start", string | null>;
  const { rows } = await sql.query<Found>(
    `select c.block_number as head, b.hash, b.block_time, (select min(f.number) from chain.blocks f) as first,
            (select s.block_number from ops.version_start s) as start
       from ops.checkpoint c left join chain.blocks b on b.number = $1`,
    [number],
  );
  const { head, hash, block_time, first, start } = rows[0] ?? {};
  const known = (value: string | null | undefined) => (value ? Number(value) : undefined);
  const block = hash ? { number, hash, timestamp: Number(block_time) } : undefined;
  return { block, head: known(head), first: known(first), start: known(start) };
}

/** Hashes of the blocks from `from` to `to` that stand, by number. */
export async function knownHashes(sql: Sql, from: number, to: number): Promise<Map<number, string>> {
  const { rows } = await sql.query<{ number: string; hash: string }>(
    "select number, hash from chain.blocks where number between $1 and $2",
    [from, to],
  );
  return new Map(rows.map((row) => [Number(row.number), row.hash]));
}

/** Whether block `number` stands, and is `hash`; undefined while the mirror has not got so far. */
export async function stillStands(sql: Sql, number: number, hash: string): Promise<boolean | undefined> {
  const { rows } = await sql.query<{ reached: boolean; same: boolean }>(
    `select c.block_number >= $1 as reached,
            exists (select 1 from chain.blocks b where b.number = $1 and b.hash = $2) as same
       from ops.checkpoint c`,
    [number, hash],
  );
  return rows[0]?.reached ? rows[0].same : undefined;
}

/** What the follower says of itself. */
export interface FollowerReport {
  head: number;
  problem: string | null;
  endpoints: object[];
}

export async function writeReport(sql: Sql, report: FollowerReport): Promise<void> {
  await sql.query(
    `insert into ops.follower (id, head, problem, endpoints, seen_at) values (1, $1, $2, $3, now())
     on conflict (id) do update set head = excluded.head, problem = excluded.problem, endpoints = excluded.endpoints, seen_at = now()`,
    [report.head, report.problem, JSON.stringify(report.endpoints)],
  );
}

/** The latest report and its age in seconds; undefined if there was none yet. */
export async function readReport(sql: Sql): Promise<(FollowerReport & { ageSeconds: number }) | undefined> {
  const { rows } = await sql.query<{ head: string; problem: string | null; endpoints: object[]; age: number }>(
    "select head, problem, endpoints, extract(epoch from now() - seen_at)::float8 as age from ops.follower",
  );
  const row = rows[0];
  return (
    row && { head: Number(row.head), problem: row.problem, endpoints: row.endpoints, ageSeconds: Math.round(row.age) }
  );
}

/** Number of reorganisations seen, and the deepest. */
export async function reorgCounts(sql: Sql): Promise<{ count: number; deepest: number }> {
  const { rows } = await sql.query<{ count: string; deepest: number | null }>(
    "select count(*) as count, max(depth) as deepest from ops.reorgs",
  );
  return { count: Number(rows[0]?.count ?? 0), deepest: rows[0]?.deepest ?? 0 };
}

export interface Reorg {
  fromBlock: number;
  depth: number;
  oldHash: string;
  newHash: string;
  rowsUndone: number;
}

/** Remembers the blocks that a reorganisation orphans; must run before they are undone. */
export async function rememberOrphans(sql: Sql, ancestor: number): Promise<void> {
  await sql.query(
    `insert into ops.orphans (hash, number, parent_hash, block_time)
     select hash, number, parent_hash, block_time from chain.blocks where number > $1 on conflict (hash) do nothing`,
    [ancestor],
  );
}

/** Forgets the orphan mark of blocks that have come back. */
export async function clearOrphans(sql: Sql, hashes: string[]): Promise<void> {
  await sql.query("delete from ops.orphans where hash = any($1)", [hashes]);
}

export async function rememberReorg(sql: Sql, reorg: Reorg): Promise<void> {
  await sql.query(
    "insert into ops.reorgs (from_block, depth, old_hash, new_hash, rows_undone) values ($1, $2, $3, $4, $5)",
    [reorg.fromBlock, reorg.depth, reorg.oldHash, reorg.newHash, reorg.rowsUndone],
  );
}
