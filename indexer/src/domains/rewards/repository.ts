import type { Sql } from "../../platform/db/pool.ts";
import type { Page } from "../../platform/graphql/connection.ts";

export interface PaymentRow {
  member_no: string;
  validator_id: string;
  position_id: string | null;
  kind: string;
  amount: string;
  paid_to: string | null;
  block_time: string;
  block_number: string;
  log_index: number;
  tx_hash: string;
}

/** A page of a member's payments, newest first, one row more than asked for. */
export async function payments(reader: Sql, memberNo: number, page: Page): Promise<PaymentRow[]> {
  const { rows } = await reader.query<PaymentRow>(
    `select * from chain.reward_payments where member_no = $1 and ($2::bigint is null or (block_number, log_index) < ($2::bigint, $3::integer))
      order by block_number desc, log_index desc limit $4`,
    [memberNo, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit + 1],
  );
  return rows;
}
