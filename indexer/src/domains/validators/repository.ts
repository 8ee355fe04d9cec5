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

/** A block of the past. @param timestamp Unix seconds. */
export interface PastBlock {
  number: number;
  timestamp: number;
}

/** Place by stake, of rows named r: of those alone that are told, by the index, so that one costs no look at all others. */
const rank = `
  1 + (select count(*) from chain.validators o where (o.total_stake, o.validator_id) > (r.total_stake, r.validator_id))
  as rank`;

/** Rewards that rates count, of rows named r. */
const recent = `
  coalesce((select sum(d.rewards) from chain.validator_daily d where d.validator_id = r.validator_id
             and d.day > (select b.block_time / 86400 from chain.blocks b order by b.number desc limit 1) - ${RATE_DAYS}), 0)
  as recent_rewards`;

/** Validators as a block left them, and their places then. @param number Place of the block's number among the values. */
const rankedAt = (number: string) => `
  select v.*, rank() over (order by v.total_stake desc, v.validator_id desc) as rank
    from (select x.*, o.member_no, o.max_commission_bps, o.registered_at, x.self_stake + x.pool_tokens as total_stake
            from chain.validators o cross join lateral (
              select * from chain.validator_versions t where t.validator_id = o.validator_id and t.block_number <= ${number}
               order by t.block_number desc limit 1) x) v`;

/**
 * Rewards as of a block: the days of a validator go on changing, so that the credits themselves are summed.
 * @param number Place of the block's number among the values. @param since Place of the first second that rates count.
 */
const recentAt = (number: string, since: string) => `
  coalesce((select sum(c.self_part + c.commission + c.net) from chain.reward_credits c where c.validator_id = r.validator_id
             and c.block_number <= ${number} and c.block_time >= ${since}), 0) as recent_rewards`;

const firstCounted = ({ timestamp }: PastBlock) => (Math.floor(timestamp / 86_400) - RATE_DAYS + 1) * 86_400;

/**
 * Where validators are read from, what is told of each beside, and the values that it takes.
 * @param taken Values that the statement has already.
 */
function source(at: PastBlock | undefined, taken: number): { from: string; beside: string; values: number[] } {
  if (!at) return { from: "select * from chain.validators", beside: `${rank}, ${recent}`, values: [] };
  const [number, since] = [`$${taken + 1}::bigint`, `$${taken + 2}::bigint`];
  return { from: rankedAt(number), beside: recentAt(number, since), values: [at.number, firstCounted(at)] };
}

/**
 * Reads a page of validators, one row more than asked for, and the number that the filter finds.
 * @param at Block whose state is read; the newest if undefined.
 */
export async function list(
  reader: Sql,
  filter: Filter,
  sort: { field: SortField; direction: "ASC" | "DESC" },
  page: Page,
  at?: PastBlock,
) {
  const column = sorts[sort.field];
  const down = sort.direction === "DESC";
  const paging = [page.limit + 1, ...(page.after ?? [])];
  const past = source(at, 4 + paging.length);
  const found = `with found as materialized (select * from (${past.from}) r
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
    `${found} select r.*, ${past.beside}, (select count(*) from found) as total_count from found r ${after}
      order by ${column}::${type} ${direction}, validator_id ${direction} limit $5`,
    [...values, ...paging, ...past.values],
  );
  return {
    rows,
    totalCount: Number(rows[0]?.total_count ?? 0),
    cursorOf: (row: ValidatorRow) => [String(row[column]), row.validator_id],
  };
}

/** Validators by id, in no order. @param at Block whose state is read; the newest if undefined. */
export async function byIds(reader: Sql, ids: readonly number[], at?: PastBlock): Promise<ValidatorRow[]> {
  const { from, beside, values } = source(at, 1);
  const { rows } = await reader.query<ValidatorRow>(
    `select r.*, ${beside} from (${from}) r where validator_id = any($1::bigint[])`,
    [ids, ...values],
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

/** The latest changes of each validator's commission up to block `last`, newest first, in one statement. */
export async function commissionChanges(reader: Sql, ids: readonly number[], last: number): Promise<CommissionRow[]> {
  const { rows } = await reader.query<CommissionRow>(
    `select t.* from unnest($1::bigint[]) as v(id) cross join lateral (
       select * from chain.commission_changes c where c.validator_id = v.id and c.block_number <= $2
        order by block_number desc, log_index desc limit ${LATEST}) t`,
    [ids, last],
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

/** The latest slashes of each validator up to block `last`, newest first, in one statement. */
export async function slashesOf(reader: Sql, ids: readonly number[], last: number): Promise<SlashRow[]> {
  const { rows } = await reader.query<SlashRow>(
    `select t.* from unnest($1::bigint[]) as v(id) cross join lateral (
       select * from chain.slashes s where s.validator_id = v.id and s.block_number <= $2
        order by block_number desc, log_index desc limit ${LATEST}) t`,
    [ids, last],
  );
  return rows;
}
