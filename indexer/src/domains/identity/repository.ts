import type { Sql } from "../../platform/db/pool.ts";

export interface MemberRow {
  member_no: string;
  member_id: string;
  owner: string;
  operator: string | null;
  payout: string;
  status: number;
  tier: number;
  kyc_level: number;
  kyc_valid_until: string | null;
  pending_payout: string | null;
  pending_payout_at: string | null;
  pending_owner: string | null;
  pending_recovery: string | null;
  pending_recovery_at: string | null;
  frozen_until: string | null;
  registered_at: string;
  last_activity_at: string;
}

/** Members by number, in no order. */
export async function byNumbers(reader: Sql, numbers: readonly number[]): Promise<MemberRow[]> {
  const { rows } = await reader.query<MemberRow>("select * from chain.members where member_no = any($1::bigint[])", [
    numbers,
  ]);
  return rows;
}

/** Number of the member with this owner wallet or salted id. */
export async function numberOf(
  reader: Sql,
  by: { address?: string | null; memberId?: string | null },
): Promise<number | undefined> {
  const { rows } = await reader.query<{ member_no: string }>(
    "select member_no from chain.members where owner = $1 or member_id = $2",
    [by.address?.toLowerCase() ?? null, by.memberId?.toLowerCase() ?? null],
  );
  return rows[0] && Number(rows[0].member_no);
}
