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

/** Columns of a `MemberRow`, of `chain.members` as `m`. */
export const MEMBER_COLUMNS = `m.member_no, m.member_id, m.owner, m.operator, m.payout, m.status, m.tier, m.kyc_level,
  m.kyc_valid_until, m.pending_payout, m.pending_payout_at, m.pending_owner, m.pending_recovery, m.pending_recovery_at,
  m.frozen_until, m.registered_at, m.last_activity_at`;

/** Members by number, in no order. */
export async function byNumbers(reader: Sql, numbers: readonly number[]): Promise<MemberRow[]> {
  const { rows } = await reader.query<MemberRow>(
    `select ${MEMBER_COLUMNS} from chain.members m where m.member_no = any($1::bigint[])`,
    [numbers],
  );
  return rows;
}

/** Columns of a `MemberRow` at a block: what changes of a member from its version `x`, the rest from `m`. */
const PAST_COLUMNS = MEMBER_COLUMNS.replaceAll(/m\.(?!member_no|member_id|registered_at|last_activity_at)/g, "x.");

/** Members by number as block `at` left them, in no order; who was not there yet is absent. */
export async function pastMembers(reader: Sql, numbers: readonly number[], at: number): Promise<MemberRow[]> {
  const { rows } = await reader.query<MemberRow>(
    `select ${PAST_COLUMNS} from chain.members m cross join lateral (
       select * from chain.member_versions v where v.member_no = m.member_no and v.block_number <= $2
        order by v.block_number desc limit 1) x
      where m.member_no = any($1::bigint[])`,
    [numbers, at],
  );
  return rows;
}

/** Number of the member whose owner was this wallet at block `at`. */
export async function pastNumberOf(reader: Sql, address: string, at: number): Promise<number | undefined> {
  const { rows } = await reader.query<{ member_no: string }>(
    `select c.member_no from (select distinct member_no from chain.member_versions where owner = $1 and block_number <= $2) c
      cross join lateral (
       select owner from chain.member_versions v where v.member_no = c.member_no and v.block_number <= $2
        order by v.block_number desc limit 1) x
      where x.owner = $1`,
    [address.toLowerCase(), at],
  );
  return rows[0] && Number(rows[0].member_no);
}

/** Number of the member with this owner wallet, salted id or account. */
export async function numberOf(
  reader: Sql,
  by: { address?: string | null; memberId?: string | null },
): Promise<number | undefined> {
  if (by.memberId && namesAccount(by.memberId)) {
    const account = await accountById(reader, by.memberId);
    return account?.member_no ? Number(account.member_no) : undefined;
  }
  const { rows } = await reader.query<{ member_no: string }>(
    "select member_no from chain.members where owner = $1 or member_id = $2",
    [by.address?.toLowerCase() ?? null, by.memberId?.toLowerCase() ?? null],
  );
  return rows[0] && Number(rows[0].member_no);
}

const isAccount = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Whether a member is named by its account with us (a UUID); the chain knows it by a salted id. */
export const namesAccount = (memberId: string) => isAccount.test(memberId.toLowerCase());

export interface AccountRow {
  id: string;
  address: string;
  created_at: Date;
  last_activity_at: Date;
  member_no: string | null;
}

/** An account with the wallet that it is known by: one that is a member on chain, or else the first. Nobody who was erased. */
export async function accountById(reader: Sql, id: string): Promise<AccountRow | undefined> {
  const { rows } = await reader.query<AccountRow>(
    `select a.id, w.address, a.created_at, a.last_activity_at, m.member_no
       from app.members a join app.member_wallets w on w.member_id = a.id left join chain.members m on m.owner = w.address
      where a.id = $1 and a.erased_at is null order by m.member_no nulls last, w.added_at, w.address limit 1`,
    [id.toLowerCase()],
  );
  return rows[0];
}

/** Accounts of wallets, in no order. */
export async function accountsOf(
  reader: Sql,
  addresses: readonly string[],
): Promise<{ address: string; id: string }[]> {
  const { rows } = await reader.query<{ address: string; id: string }>(
    "select address, member_id as id from app.member_wallets where address = any($1)",
    [addresses],
  );
  return rows;
}

/** Wallets of an account, in no order. */
export async function walletsOf(reader: Sql, id: string): Promise<string[]> {
  const { rows } = await reader.query<{ address: string }>(
    "select address from app.member_wallets where member_id = $1",
    [id],
  );
  return rows.map(({ address }) => address);
}
