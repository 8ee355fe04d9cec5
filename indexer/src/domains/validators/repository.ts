import type { Sql } from "../../platform/db/pool.ts";
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
  keep: string;
  rewards_total: string;
  registered_at: string;
  unclaimed_commission: string;
  unclaimed_self_rewards: string;
  rank: string;
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

/** Kind of the first part of the cursors of a sort. */
export const cursorKind = (field: SortField) => (field === "NAME" ? "text" : "wide");

const RATE_DAYS = 30;
const LATEST = 100;

const ranked = `
  select v.*, rank() over (order by v.total_stake desc, v.validator_id desc) as rank,
         coalesce((select sum(d.rewards) from chain.validator_daily d where d.validator_id = v.validator_id
                    and d.day > (select max(day) from chain.network_daily) - ${RATE_DAYS}), 0) as recent_rewards
    from chain.validators v`;

/** Reads a page of validators, one row more than asked for, and the number that the filter finds. */
export async function list(
  reader: Sql,
  filter: Filter,
  sort: { field: SortField; direction: "ASC" | "DESC" },
  page: Page,
) {
  const column = sorts[sort.field];
  const down = sort.direction === "DESC";
  const found = `with found as materialized (select * from (${ranked}) r
    where ($1::numeric is null or total_stake >= $1) and ($2::numeric is null or total_stake <= $2)
      and ($3::boolean is null or active = $3) and ($4::text is null or name ilike '%' || $4 || '%'))`;
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
  const { rows } = await reader.query<ValidatorRow & { total_count: string }>(
    `${found} select *, (select count(*) from found) as total_count from found ${after}
      order by ${column}::${type} ${direction}, validator_id ${direction} limit $5`,
    [...values, page.limit + 1, ...(page.after ?? [])],
  );
  return {
    rows,
    totalCount: Number(rows[0]?.total_count ?? 0),
    cursorOf: (row: ValidatorRow) => [String(row[column]), row.validator_id],
  };
}

/** Validators by id, in no order. */
export async function byIds(reader: Sql, ids: readonly number[]): Promise<ValidatorRow[]> {
  const { rows } = await reader.query<ValidatorRow>(
    `select * from (${ranked}) r where validator_id = any($1::bigint[])`,
    [ids],
  );
  return rows;
}

export interface CommissionRow {
  validator_id: string;
  from_bps: number;
  to_bps: number;
  block_time: string;
  block_number: string;
}

/** The latest changes of each validator's commission, newest first, in one statement. */
export async function commissionChanges(reader: Sql, ids: readonly number[]): Promise<CommissionRow[]> {
  const { rows } = await reader.query<CommissionRow>(
    `select t.* from unnest($1::bigint[]) as v(id) cross join lateral (
       select * from chain.commission_changes c where c.validator_id = v.id order by block_number desc, log_index desc limit ${LATEST}) t`,
    [ids],
  );
  return rows;
}

export interface KeyRow {
  validator_id: string;
  key_hash: string;
  key_type: number;
  consensus_key: string;
  valid_from: string;
  valid_until: string | null;
}

/** All consensus keys of each validator, oldest first, in one statement. */
export async function keysOf(reader: Sql, ids: readonly number[]): Promise<KeyRow[]> {
  const { rows } = await reader.query<KeyRow>(
    "select * from chain.consensus_keys where validator_id = any($1::bigint[]) order by valid_from, key_hash",
    [ids],
  );
  return rows;
}

export interface DayRow {
  validator_id: string;
  day: string;
  total_stake: string;
  rewards: string;
}

/** The latest `count` days of each validator, oldest first, in one statement. */
export async function days(reader: Sql, ids: readonly number[], count: number): Promise<DayRow[]> {
  const { rows } = await reader.query<DayRow>(
    `select t.* from unnest($1::bigint[]) as v(id) cross join lateral (
       select * from chain.validator_daily d where d.validator_id = v.id order by day desc limit $2) t order by t.day`,
    [ids, count],
  );
  return rows;
}

export interface SlashRow {
  validator_id: string;
  block_time: string;
  block_number: string;
  tau: string;
  self: string;
  delegated: string;
  unbonding: string;
}

/** The latest slashes of each validator, newest first, in one statement. */
export async function slashesOf(reader: Sql, ids: readonly number[]): Promise<SlashRow[]> {
  const { rows } = await reader.query<SlashRow>(
    `select t.* from unnest($1::bigint[]) as v(id) cross join lateral (
       select * from chain.slashes s where s.validator_id = v.id order by block_number desc, log_index desc limit ${LATEST}) t`,
    [ids],
  );
  return rows;
}
