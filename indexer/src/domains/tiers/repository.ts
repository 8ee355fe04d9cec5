import type { Sql } from "../../platform/db/pool.ts";
import type { Page } from "../../platform/graphql/connection.ts";
import { type ListedMember, listedColumns } from "../identity/service.ts";

export interface StakeRow {
  member_no: string;
  validator_id: string | null;
  self_stake: string;
  delegated: string;
  /** Of the validator, if the member runs one. */
  active: boolean | null;
  tombstoned: boolean | null;
  jailed_until: string | null;
  keep: string | null;
}

/** Own and delegated stake of members; the value of a position is as in PoolMath.toTokensDown. */
const stakes = `
  select m.member_no, m.owner, m.status, m.tier, m.registered_at, m.last_activity_at, v.validator_id, m.kyc_level,
         m.kyc_valid_until,
         coalesce(v.self_stake, 0) as self_stake, coalesce(d.delegated, 0) as delegated,
         coalesce(v.self_stake, 0) + coalesce(d.delegated, 0) as total
    from chain.members m
    left join chain.validators v on v.member_no = m.member_no
    left join lateral (
      select sum(div(p.shares * w.pool_tokens, w.pool_shares)) as delegated
        from chain.positions p
        join chain.validators w on w.validator_id = p.validator_id and w.pool_gen = p.gen and w.pool_shares > 0
       where p.member_no = m.member_no and p.closed_at is null) d on true`;

/** Stakes of members by number, in no order: as `stakes`, summed for all of them at once. */
export async function stakesOf(reader: Sql, memberNos: readonly number[]): Promise<StakeRow[]> {
  const { rows } = await reader.query<StakeRow>(
    `with d as (
       select p.member_no, sum(div(p.shares * w.pool_tokens, w.pool_shares)) as delegated
         from chain.positions p
         join chain.validators w on w.validator_id = p.validator_id and w.pool_gen = p.gen and w.pool_shares > 0
        where p.member_no = any($1::bigint[]) and p.closed_at is null group by p.member_no)
     select n.member_no, v.validator_id, coalesce(v.self_stake, 0) as self_stake, coalesce(d.delegated, 0) as delegated,
            v.active, v.tombstoned, v.jailed_until, v.keep
       from unnest((select $1::bigint[])) as n (member_no)
       left join chain.validators v on v.member_no = n.member_no
       left join d on d.member_no = n.member_no`,
    [memberNos],
  );
  return rows;
}

/** The same as block `at` left them. */
export async function pastStakesOf(reader: Sql, memberNos: readonly number[], at: number): Promise<StakeRow[]> {
  const { rows } = await reader.query<StakeRow>(
    `with d as (
       select p.member_no, sum(div(x.shares * w.pool_tokens, w.pool_shares)) as delegated
         from chain.positions p cross join lateral (
           select * from chain.position_versions t
            where t.member_no = p.member_no and t.position_id = p.position_id and t.block_number <= $2
            order by t.block_number desc limit 1) x cross join lateral (
           select * from chain.validator_versions t where t.validator_id = p.validator_id and t.block_number <= $2
            order by t.block_number desc limit 1) w
        where p.member_no = any($1::bigint[]) and x.closed_at is null and w.pool_gen = p.gen and w.pool_shares > 0
        group by p.member_no)
     select n.member_no, v.validator_id, coalesce(v.self_stake, 0) as self_stake, coalesce(d.delegated, 0) as delegated,
            v.active, v.tombstoned, v.jailed_until, v.keep
       from unnest((select $1::bigint[])) as n (member_no)
       left join lateral (
         select x.* from chain.validators o cross join lateral (
           select * from chain.validator_versions t where t.validator_id = o.validator_id and t.block_number <= $2
            order by t.block_number desc limit 1) x
          where o.member_no = n.member_no) v on true
       left join d on d.member_no = n.member_no`,
    [memberNos, at],
  );
  return rows;
}

const sorts = { CREATED_AT: "registered_at", STAKE: "total", LAST_ACTIVITY_AT: "last_activity_at" } as const;
export type MemberSortField = keyof typeof sorts;

export interface MemberFilter {
  tiers: number[] | null;
  statuses: number[] | null;
  kycLevels: number[] | null;
  minStake: string | null;
  maxStake: string | null;
  createdAfter: number | null;
  createdBefore: number | null;
  /** Wallets of which one owns the member, lower case. */
  owners: string[] | null;
}

export interface MemberSort {
  field: MemberSortField;
  direction: "ASC" | "DESC";
}

/** One value is compared by itself: an index whose next column is the order then gives its rows in order. */
const among = (column: string, values: number[], take: (value: unknown) => string) =>
  values.length === 1 ? `${column} = ${take(values[0])}` : `${column} = any(${take(values)}::int[])`;

/** A level counts while its attestation is valid; level 0 is of whoever has none that is. */
function levelCondition(levels: number[], at: number, take: (value: unknown) => string): string {
  if (!levels.includes(0)) return `${among("kyc_level", levels, take)} and kyc_valid_until > ${take(at)}`;
  return `case when kyc_valid_until > ${take(at)} then kyc_level else 0 end = any(${take(levels)}::int[])`;
}

/**
 * Where members are looked for: their own table alone, or, where stake matters, with what it has become.
 * @param take Adds a value to the statement. @param at Unix seconds at which KYC levels count.
 */
function found(f: MemberFilter, sort: MemberSort, at: number, take: (value: unknown) => string): string {
  const byStake = sort.field === "STAKE" || f.minStake !== null || f.maxStake !== null;
  const conditions = [
    f.tiers && among("tier", f.tiers, take),
    f.statuses && among("status", f.statuses, take),
    f.kycLevels && levelCondition(f.kycLevels, at, take),
    f.minStake && `total >= ${take(f.minStake)}::numeric`,
    f.maxStake && `total <= ${take(f.maxStake)}::numeric`,
    f.createdAfter !== null && `registered_at > ${take(f.createdAfter)}`,
    f.createdBefore !== null && `registered_at < ${take(f.createdBefore)}`,
    f.owners && `owner = any(${take(f.owners)}::text[])`,
  ].filter((condition) => typeof condition === "string");
  const source = byStake ? `(${stakes}) s` : "chain.members";
  return `${source} where ${["true", ...conditions].join(" and ")}`;
}

function statement() {
  const values: unknown[] = [];
  return { values, take: (value: unknown) => `$${values.push(value)}` };
}

/** A page of members, one row more than asked for. Reads every shard. @param at As {@link found}. */
export async function listMembers(
  reader: Sql,
  at: number,
  filter: MemberFilter,
  sort: MemberSort,
  page: Page,
): Promise<(ListedMember & { sorted_by: string })[]> {
  const column = sorts[sort.field];
  const [direction, beyond] = sort.direction === "DESC" ? ["desc", "<"] : ["asc", ">"];
  const { values, take } = statement();
  const where = found(filter, sort, at, take);
  const [from, no] = page.after ?? [];
  const kind = sort.field === "STAKE" ? "numeric" : "bigint";
  const start =
    from === undefined ? "" : `and (${column}, member_no) ${beyond} (${take(from)}::${kind}, ${take(no)}::bigint)`;
  // The limit is a number that was checked, and stands in the words: a plan of an unknown limit is not worth keeping.
  const { rows } = await reader.query<ListedMember & { sorted_by: string }>(
    `select ${listedColumns}, l.sorted_by from (
       select member_no, ${column} as sorted_by from ${where} ${start}
        order by ${column} ${direction}, member_no ${direction} limit ${page.limit + 1}) l
       join chain.members m on m.member_no = l.member_no
      order by l.sorted_by ${direction}, l.member_no ${direction}`,
    values,
  );
  return rows;
}

/** How many members the filter finds. Reads every shard, and all of it where nothing is filtered by. */
export async function countMembers(reader: Sql, at: number, filter: MemberFilter): Promise<number> {
  const { values, take } = statement();
  const where = found(filter, { field: "CREATED_AT", direction: "DESC" }, at, take);
  const { rows } = await reader.query<{ count: number }>(`select count(*)::int as count from ${where}`, values);
  return rows[0]?.count ?? 0;
}

export interface GradeRow {
  member_no: string;
  staged: number | null;
  effective_at: string | null;
  staged_reasons: number | null;
  changed_at: string | null;
  points: number;
  genesis: boolean;
  governance: boolean;
}

/** Grades of members, in no order. */
export async function gradesOf(reader: Sql, memberNos: readonly number[]): Promise<GradeRow[]> {
  const { rows } = await reader.query<GradeRow>(
    `select member_no, staged, effective_at, staged_reasons, changed_at, points, genesis, governance
       from chain.member_grades where member_no = any($1::bigint[])`,
    [memberNos],
  );
  return rows;
}

/** The same as block `at` left them. */
export async function pastGradesOf(reader: Sql, memberNos: readonly number[], at: number): Promise<GradeRow[]> {
  const { rows } = await reader.query<GradeRow>(
    `select x.* from unnest($1::bigint[]) as m(id) cross join lateral (
       select * from chain.grade_versions g where g.member_no = m.id and g.block_number <= $2
        order by g.block_number desc limit 1) x`,
    [memberNos, at],
  );
  return rows;
}

export interface ChangeRow {
  member_no: string;
  block_number: string;
  block_time: string;
  tx_hash: string;
  kind: number;
  from_tier: number;
  to_tier: number;
  reasons: number;
  effective_at: string | null;
}

/** The latest tier changes of each member up to block `last`, newest first, in one statement. */
export async function changesOf(
  reader: Sql,
  memberNos: readonly number[],
  count: number,
  last: number,
): Promise<ChangeRow[]> {
  const { rows } = await reader.query<ChangeRow>(
    `select t.* from unnest($1::bigint[]) as m(id) cross join lateral (
       select * from chain.tier_changes c where c.member_no = m.id and c.block_number <= $3
        order by block_number desc, log_index desc limit $2) t`,
    [memberNos, count, last],
  );
  return rows;
}
