import type { Pool } from "pg";
import type { Page } from "../../platform/graphql/connection.ts";

export interface ActivityRow {
  block_number: string;
  log_index: number;
  block_time: string;
  tx_hash: string;
  event: string;
  member_no: string | null;
  validator_id: string | null;
  position_id: string | null;
  args: object;
}

export interface BlockRow {
  number: string;
  hash: string;
  parent_hash: string;
  block_time: string;
}

/** A page of events, newest first, one row more than asked for. */
export async function activity(
  pool: Pool,
  by: { memberNo: number | null; validatorId: number | null },
  page: Page,
): Promise<ActivityRow[]> {
  const { rows } = await pool.query<ActivityRow>(
    `select * from chain.activity
      where ($1::bigint is null or member_no = $1) and ($2::bigint is null or validator_id = $2)
        and ($3::bigint is null or (block_number, log_index) < ($3::bigint, $4::integer))
      order by block_number desc, log_index desc limit $5`,
    [by.memberNo, by.validatorId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit + 1],
  );
  return rows;
}

/** Events of blocks, in their order. */
export async function eventsOf(pool: Pool, numbers: readonly number[]): Promise<ActivityRow[]> {
  const { rows } = await pool.query<ActivityRow>(
    "select * from chain.activity where block_number = any($1::bigint[]) order by block_number, log_index",
    [numbers],
  );
  return rows;
}

export async function listBlocks(pool: Pool, page: Page): Promise<BlockRow[]> {
  const { rows } = await pool.query<BlockRow>(
    "select * from chain.blocks where $1::bigint is null or number < $1 order by number desc limit $2",
    [page.after?.[0] ?? null, page.limit + 1],
  );
  return rows;
}

export async function blockAt(pool: Pool, number: number): Promise<BlockRow | undefined> {
  const { rows } = await pool.query<BlockRow>("select * from chain.blocks where number = $1", [number]);
  return rows[0];
}

/** The newest block that stands; undefined before the first. */
export async function newestBlock(pool: Pool): Promise<BlockRow | undefined> {
  const { rows } = await pool.query<BlockRow>("select * from chain.blocks order by number desc limit 1");
  return rows[0];
}

export async function orphansAt(pool: Pool, number: number): Promise<{ hash: string; block_time: string }[]> {
  const { rows } = await pool.query<{ hash: string; block_time: string }>(
    "select hash, block_time from ops.orphans where number = $1",
    [number],
  );
  return rows;
}

export async function reorgs(pool: Pool, limit: number) {
  const { rows } = await pool.query<{
    from_block: string;
    depth: number;
    old_hash: string;
    new_hash: string;
    rows_undone: number;
    seen_at: Date;
  }>("select * from ops.reorgs order by id desc limit $1", [limit]);
  return rows;
}
