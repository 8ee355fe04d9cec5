import type { Sql } from "../../platform/db/pool.ts";
import type { Page } from "../../platform/graphql/connection.ts";

export interface BlockRow {
  number: string;
  hash: string;
  parent_hash: string;
  block_time: string;
  log_count: number;
}

/** A page of blocks, newest first, one row more than asked for. */
export async function list(reader: Sql, page: Page): Promise<BlockRow[]> {
  const { rows } = await reader.query<BlockRow>(
    "select * from chain.blocks where $1::bigint is null or number < $1 order by number desc limit $2",
    [page.after?.[0] ?? null, page.limit + 1],
  );
  return rows;
}

/** Blocks by number, in no order. */
export async function byNumbers(reader: Sql, numbers: readonly number[]): Promise<BlockRow[]> {
  const { rows } = await reader.query<BlockRow>("select * from chain.blocks where number = any($1::bigint[])", [
    numbers,
  ]);
  return rows;
}

export interface OrphanRow {
  number: string;
  hash: string;
  block_time: string;
}

/** Abandoned blocks of these heights. */
export async function orphansAt(reader: Sql, numbers: readonly number[]): Promise<OrphanRow[]> {
  const { rows } = await reader.query<OrphanRow>(
    "select number, hash, block_time from ops.orphans where number = any($1::bigint[]) order by seen_at, hash",
    [numbers],
  );
  return rows;
}

export interface ReorgRow {
  from_block: string;
  depth: number;
  old_hash: string;
  new_hash: string;
  rows_undone: number;
  seen_at: Date;
}

/** The latest reorganisations, newest first. */
export async function reorgs(reader: Sql, limit: number): Promise<ReorgRow[]> {
  const { rows } = await reader.query<ReorgRow>("select * from ops.reorgs order by id desc limit $1", [limit]);
  return rows;
}
