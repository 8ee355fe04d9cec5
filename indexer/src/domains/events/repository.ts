import type { Sql } from "../../platform/db/pool.ts";
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

/** Whom events concern; null for everybody. */
export interface Concerned {
  memberNo: number | null;
  validatorId: number | null;
}

/** A page of events, newest first, one row more than asked for. */
export async function activity(reader: Sql, by: Concerned, page: Page): Promise<ActivityRow[]> {
  const { rows } = await reader.query<ActivityRow>(
    `select * from chain.activity
      where ($1::bigint is null or member_no = $1) and ($2::bigint is null or validator_id = $2)
        and ($3::bigint is null or (block_number, log_index) < ($3::bigint, $4::integer))
      order by block_number desc, log_index desc limit $5`,
    [by.memberNo, by.validatorId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit + 1],
  );
  return rows;
}

/** Events of blocks `from` to `to` that concern somebody, in their order, at most `limit`. */
export async function between(
  reader: Sql,
  by: Concerned,
  range: { from: number; to: number },
  limit: number,
): Promise<ActivityRow[]> {
  const { rows } = await reader.query<ActivityRow>(
    `select * from chain.activity
      where block_number between $1 and $2 and ($3::bigint is null or member_no = $3) and ($4::bigint is null or validator_id = $4)
      order by block_number, log_index limit $5`,
    [range.from, range.to, by.memberNo, by.validatorId, limit],
  );
  return rows;
}

/** Events of blocks, in their order. */
export async function eventsOf(reader: Sql, numbers: readonly number[]): Promise<ActivityRow[]> {
  const { rows } = await reader.query<ActivityRow>(
    "select * from chain.activity where block_number = any($1::bigint[]) order by block_number, log_index",
    [numbers],
  );
  return rows;
}
