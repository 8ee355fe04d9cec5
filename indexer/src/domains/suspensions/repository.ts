import type { Sql } from "../../platform/db/pool.ts";
import type { Page } from "../../platform/graphql/connection.ts";

/** A row of chain.suspensions; wide numbers as strings. */
export interface SuspensionRow {
  member_no: string;
  suspension_id: string;
  reason: number;
  state: number;
  evidence_hash: string;
  suspended_at: string;
  suspended_by: string;
  ends_at: string;
  appeal_by: string;
  statement_hash: string | null;
  appealed_at: string | null;
  decide_by: string | null;
  verdict: number | null;
  decided_at: string | null;
  decided_by: string | null;
  restored_at: string | null;
  block_number: string;
  tx_hash: string;
}

/** A page of suspensions, newest first, one row more than asked for. */
export async function listSuspensions(
  reader: Sql,
  filter: { memberNo: number | null; states: number[] | null },
  page: Page,
): Promise<SuspensionRow[]> {
  const { rows } = await reader.query<SuspensionRow>(
    `select * from chain.suspensions
      where ($1::bigint is null or member_no = $1) and ($2::int[] is null or state = any($2))
        and ($3::bigint is null or suspension_id < $3)
      order by suspension_id desc limit $4`,
    [filter.memberNo, filter.states, page.after?.[0] ?? null, page.limit + 1],
  );
  return rows;
}

/** One suspension by its number. */
export async function suspensionById(reader: Sql, id: number): Promise<SuspensionRow | undefined> {
  const { rows } = await reader.query<SuspensionRow>("select * from chain.suspensions where suspension_id = $1", [id]);
  return rows[0];
}

/** The latest suspensions of each member, newest first, in one statement. */
export async function suspensionsOf(
  reader: Sql,
  memberNos: readonly number[],
  count: number,
): Promise<SuspensionRow[]> {
  const { rows } = await reader.query<SuspensionRow>(
    `select t.* from unnest($1::bigint[]) as m(id) cross join lateral (
       select * from chain.suspensions s where s.member_no = m.id order by suspension_id desc limit $2) t`,
    [memberNos, count],
  );
  return rows;
}

export interface OrderRow {
  member_no: string;
  block_number: string;
  block_time: string;
  tx_hash: string;
  kind: number;
  until: string | null;
  document_hash: string | null;
  ordered_by: string;
}

/** The latest orders about each member, newest first, in one statement. */
export async function ordersOf(reader: Sql, memberNos: readonly number[], count: number): Promise<OrderRow[]> {
  const { rows } = await reader.query<OrderRow>(
    `select t.* from unnest($1::bigint[]) as m(id) cross join lateral (
       select * from chain.member_orders o where o.member_no = m.id order by block_number desc, log_index desc limit $2) t`,
    [memberNos, count],
  );
  return rows;
}
