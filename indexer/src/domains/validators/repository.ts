import type { Pool } from "pg";
import type { Page } from "../../platform/graphql/connection.ts";

/** A row of chain.validators; wide numbers as strings. */
export interface ValidatorRow {
  validator_id: string;
  member_no: string;
  name: string;
  commission_bps: number;
  max_commission_bps: number;
  pending_bps: number | null;
  pending_from: string | null;
  pending_until: string | null;
  min_delegation: string;
  active: boolean;
  jailed_until: string | null;
  tombstoned: boolean;
  open_cases: number;
  self_stake: string;
  pool_tokens: string;
  pool_shares: string;
  pool_gen: number;
  total_stake: string;
  position_count: number;
  accumulator_ray: string;
  rewards_total: string;
  registered_at: string;
  rank: string;
  kyc_level: number;
  recent_rewards: string;
}

export interface Filter {
  minStake?: string | null;
  maxStake?: string | null;
  active?: boolean | null;
  search?: string | null;
}

const sorts = {
  TOTAL_STAKE: "total_stake",
  SELF_STAKE: "self_stake",
  COMMISSION: "commission_bps",
  NAME: "name",
  CREATED_AT: "registered_at",
} as const;
export type SortField = keyof typeof sorts;

const RATE_DAYS = 30;

const ranked = `
  select v.*, m.kyc_level, rank() over (order by v.total_stake desc, v.validator_id) as rank,
         coalesce((select sum(d.rewards) from chain.validator_daily d where d.validator_id = v.validator_id
                    and d.day > (select max(day) from chain.network_daily) - ${RATE_DAYS}), 0) as recent_rewards
    from chain.validators v join chain.members m using (member_no)`;

/** Reads a page of validators, one row more than asked for, and the number that the filter finds. */
export async function list(
  pool: Pool,
  filter: Filter,
  sort: { field: SortField; direction: "ASC" | "DESC" },
  page: Page,
) {
  const column = sorts[sort.field];
  const down = sort.direction === "DESC";
  const found = `select * from (${ranked}) r
    where ($1::numeric is null or total_stake >= $1) and ($2::numeric is null or total_stake <= $2)
      and ($3::boolean is null or active = $3) and ($4::text is null or name ilike '%' || $4 || '%')`;
  const values = [
    filter.minStake ?? null,
    filter.maxStake ?? null,
    filter.active ?? null,
    filter.search?.replace(/[%_\\]/g, "\\$&") ?? null,
  ];
  const type = column === "name" ? "text" : "numeric";
  const after = page.after
    ? `where (${column}::${type}, validator_id) ${down ? "<" : ">"} ($6::${type}, $7::bigint)`
    : "";
  const direction = down ? "desc" : "asc";
  const { rows } = await pool.query<ValidatorRow & { total_count: string }>(
    `select *, (select count(*) from (${found}) c) as total_count from (${found}) f ${after}
      order by ${column}::${type} ${direction}, validator_id ${direction} limit $5`,
    [...values, page.limit + 1, ...(page.after ?? [])],
  );
  return {
    rows,
    totalCount: Number(rows[0]?.total_count ?? 0),
    keyOf: (row: ValidatorRow) => [String(row[column]), row.validator_id],
  };
}

/** Validators by id, in no order. */
export async function byIds(pool: Pool, ids: readonly number[]): Promise<ValidatorRow[]> {
  const { rows } = await pool.query<ValidatorRow>(
    `select * from (${ranked}) r where validator_id = any($1::bigint[])`,
    [ids],
  );
  return rows;
}

export async function commissionChanges(pool: Pool, validatorId: number) {
  const { rows } = await pool.query<{ from_bps: number; to_bps: number; block_time: string; block_number: string }>(
    "select * from chain.commission_changes where validator_id = $1 order by block_number desc, log_index desc limit 100",
    [validatorId],
  );
  return rows;
}

export async function days(pool: Pool, validatorId: number, count: number) {
  const { rows } = await pool.query<{ day: string; total_stake: string; rewards: string }>(
    "select * from (select * from chain.validator_daily where validator_id = $1 order by day desc limit $2) d order by day",
    [validatorId, count],
  );
  return rows;
}

export async function slashesOf(pool: Pool, validatorId: number) {
  const { rows } = await pool.query<{
    block_time: string;
    block_number: string;
    tau: string;
    self: string;
    delegated: string;
    unbonding: string;
  }>("select * from chain.slashes where validator_id = $1 order by block_number desc, log_index desc limit 100", [
    validatorId,
  ]);
  return rows;
}
