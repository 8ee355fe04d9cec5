import type { Sql } from "../../../platform/db/pool.ts";

/** A member as the chain knows it. Times are unix seconds. */
export interface ChainMember {
  memberNo: number;
  owner: string;
  status: number;
  kycLevel: number;
  kycValidUntil: number;
  frozenUntil: number | null;
}

const member = `select m.member_no::int as "memberNo", m.owner, m.status, m.kyc_level as "kycLevel",
    coalesce(m.kyc_valid_until, 0)::float8 as "kycValidUntil", m.frozen_until::float8 as "frozenUntil"
  from chain.members m`;

/** The member that a wallet owns. @param address lower case */
export async function memberOwnedBy(sql: Sql, address: string): Promise<ChainMember | undefined> {
  const { rows } = await sql.query<ChainMember & Record<string, unknown>>(`${member} where m.owner = $1`, [address]);
  return rows[0];
}

/** The member on the chain of somebody who has an account here. @returns null for an account without one */
export async function memberOfAccount(sql: Sql, memberId: string): Promise<ChainMember | null | undefined> {
  const { rows } = await sql.query<ChainMember & { memberNo: number | null } & Record<string, unknown>>(
    `select x.* from app.member_wallets w left join lateral (${member} where m.owner = w.address) x on true
      where w.member_id = $1 order by x."memberNo" nulls last limit 1`,
    [memberId],
  );
  const [row] = rows;
  if (!row) return undefined;
  return row.memberNo === null ? null : row;
}

/** A validator with what decides about it. Amounts are base units. */
export interface ChainValidator {
  validatorId: number;
  memberNo: number;
  /** Standing and tier of its member. */
  status: number;
  tier: number;
  commissionBps: number;
  maxCommissionBps: number;
  minDelegation: string;
  jailedUntil: number | null;
  tombstoned: boolean;
  openCases: number;
  selfStake: string;
  poolTokens: string;
  poolShares: string;
  poolGen: number;
  positionCount: number;
  unclaimed: string;
}

const validator = `select v.validator_id::int as "validatorId", v.member_no::int as "memberNo", m.status, m.tier,
    v.commission_bps as "commissionBps", v.max_commission_bps as "maxCommissionBps", v.min_delegation as "minDelegation",
    v.jailed_until::float8 as "jailedUntil", v.tombstoned, v.open_cases as "openCases", v.self_stake as "selfStake",
    v.pool_tokens as "poolTokens", v.pool_shares as "poolShares", v.pool_gen as "poolGen",
    v.position_count as "positionCount", v.unclaimed_commission + v.unclaimed_self_rewards as unclaimed
  from chain.validators v join chain.members m on m.member_no = v.member_no`;

export async function validatorById(sql: Sql, validatorId: number): Promise<ChainValidator | undefined> {
  const { rows } = await sql.query<ChainValidator & Record<string, unknown>>(`${validator} where v.validator_id = $1`, [
    validatorId,
  ]);
  return rows[0];
}

export async function validatorOf(sql: Sql, memberNo: number): Promise<ChainValidator | undefined> {
  const { rows } = await sql.query<ChainValidator & Record<string, unknown>>(`${validator} where v.member_no = $1`, [
    memberNo,
  ]);
  return rows[0];
}

/** A validator that a wallet runs, as its member's owner or operator. @param address lower case */
export async function validatorRunBy(
  sql: Sql,
  address: string,
  validatorId: number | null,
): Promise<ChainValidator | undefined> {
  const { rows } = await sql.query<ChainValidator & Record<string, unknown>>(
    `${validator} where (m.owner = $1 or m.operator = $1) and ($2::bigint is null or v.validator_id = $2)
      order by (m.owner = $1) desc limit 1`,
    [address, validatorId],
  );
  return rows[0];
}

/** Whether a consensus key has served any validator. */
export async function isKeyUsed(sql: Sql, keyHash: string): Promise<boolean> {
  const { rows } = await sql.query<{ used: boolean }>(
    "select exists (select 1 from chain.consensus_keys where key_hash = $1) as used",
    [keyHash],
  );
  return rows[0]?.used === true;
}

/** A delegation with the pool behind it, and the accumulator that counts for it. */
export interface ChainPosition {
  positionId: string;
  validatorId: number;
  gen: number;
  shares: string;
  hasLien: boolean;
  unpaid: string;
  accPaid: string;
  accumulator: string;
  poolTokens: string;
  poolShares: string;
  poolGen: number;
}

const position = `select p.position_id as "positionId", p.validator_id::int as "validatorId", p.gen, p.shares,
    p.lien_id is not null as "hasLien", p.unpaid, p.acc_paid as "accPaid",
    case when v.pool_gen = p.gen then v.accumulator_ray else coalesce(f.accumulator_ray, 0) end as accumulator,
    v.pool_tokens as "poolTokens", v.pool_shares as "poolShares", v.pool_gen as "poolGen"
  from chain.positions p join chain.validators v on v.validator_id = p.validator_id
  left join chain.final_accumulators f on f.validator_id = p.validator_id and f.gen = p.gen`;

export async function positionOf(sql: Sql, memberNo: number, positionId: string): Promise<ChainPosition | undefined> {
  const { rows } = await sql.query<ChainPosition & Record<string, unknown>>(
    `${position} where p.member_no = $1 and p.position_id = $2::numeric`,
    [memberNo, positionId],
  );
  return rows[0];
}

/** Positions that hold shares or rewards, the oldest first. */
export async function positionsOf(sql: Sql, memberNo: number): Promise<ChainPosition[]> {
  const { rows } = await sql.query<ChainPosition & Record<string, unknown>>(
    `${position} where p.member_no = $1 and (p.shares > 0 or p.unpaid > 0) order by p.position_id`,
    [memberNo],
  );
  return rows;
}

/** Exits that can be paid out, the oldest first. @param now Unix seconds. */
export async function matureRequests(sql: Sql, memberNo: number, now: number, limit: number): Promise<string[]> {
  const { rows } = await sql.query<{ request_id: string }>(
    `select request_id from chain.requests where member_no = $1 and claimed_at is null and matures_at <= $2
      order by request_id limit $3`,
    [memberNo, now, limit],
  );
  return rows.map(({ request_id }) => request_id);
}

/** Tokens that a wallet holds, base units. @param account lower case */
export async function balanceOf(sql: Sql, account: string): Promise<bigint> {
  const { rows } = await sql.query<{ amount: string }>("select amount from chain.balances where account = $1", [
    account,
  ]);
  return BigInt(rows[0]?.amount ?? 0);
}

/** Unix seconds until which a scope of `IProtocolPause` stands still; 0 if it never did. */
export async function pausedUntil(sql: Sql, scope: number): Promise<number> {
  const { rows } = await sql.query<{ until: string }>(
    "select p.until from chain.latest_pauses l join chain.pauses p using (scope, since) where scope = $1",
    [scope],
  );
  return Number(rows[0]?.until ?? 0);
}
