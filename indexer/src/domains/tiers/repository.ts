import type { Sql } from "../../platform/db/pool.ts";
import type { Page } from "../../platform/graphql/connection.ts";

export interface StakeRow {
  member_no: string;
  validator_id: string | null;
  self_stake: string;
  delegated: string;
}

/** Own and delegated stake of members; the value of a position is as in PoolMath.toTokensDown. */
const stakes = `
  select m.member_no, m.owner, m.status, m.tier, m.registered_at, m.last_activity_at, v.validator_id,
         case when m.kyc_valid_until > $1::bigint then m.kyc_level else 0 end as kyc_level,
         coalesce(v.self_stake, 0) as self_stake, coalesce(d.delegated, 0) as delegated,
         coalesce(v.self_stake, 0) + coalesce(d.delegated, 0) as total
    from chain.members m
    left join chain.validators v on v.member_no = m.member_no
    left join lateral (
      select sum(div(p.shares * w.pool_tokens, w.pool_shares)) as delegated
        from chain.positions p
        join chain.validators w on w.validator_id = p.validator_id and w.pool_gen = p.gen and w.pool_shares > 0
       where p.member_no = m.member_no and p.closed_at is null) d on true`;

/** Stakes of members by number, in no order. */
export async function stakesOf(reader: Sql, memberNos: readonly number[]): Promise<StakeRow[]> {
  const { rows } = await reader.query<StakeRow>(`${stakes} where m.member_no = any($2::bigint[])`, [0, memberNos]);
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

/**
 * A page of member numbers, one row more than asked for, and how many the filter finds. Reads every shard.
 * @param at Unix seconds at which KYC levels count.
 */
export async function listMembers(
  reader: Sql,
  at: number,
  filter: MemberFilter,
  sort: { field: MemberSortField; direction: "ASC" | "DESC" },
  page: Page,
): Promise<{ member_no: string; sorted_by: string; total_count: string }[]> {
  const column = sorts[sort.field];
  const [direction, beyond] = sort.direction === "DESC" ? ["desc", "<"] : ["asc", ">"];
  const { rows } = await reader.query<{ member_no: string; sorted_by: string; total_count: string }>(
    `with found as materialized (
       select * from (${stakes}) s
        where ($2::int[] is null or tier = any($2)) and ($3::int[] is null or status = any($3))
          and ($4::int[] is null or kyc_level = any($4)) and ($5::numeric is null or total >= $5)
          and ($6::numeric is null or total <= $6) and ($7::bigint is null or registered_at > $7)
          and ($8::bigint is null or registered_at < $8) and ($12::text[] is null or owner = any($12))
     )
     select member_no, ${column} as sorted_by, (select count(*) from found) as total_count from found
      where $9::numeric is null or (${column}::numeric, member_no) ${beyond} ($9::numeric, $10::bigint)
      order by ${column} ${direction}, member_no ${direction} limit $11`,
    [
      at,
      filter.tiers,
      filter.statuses,
      filter.kycLevels,
      filter.minStake,
      filter.maxStake,
      filter.createdAfter,
      filter.createdBefore,
      page.after?.[0] ?? null,
      page.after?.[1] ?? null,
      page.limit + 1,
      filter.owners,
    ],
  );
  return rows;
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
    "select * from chain.member_grades where member_no = any($1::bigint[])",
    [memberNos],
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

/** The latest tier changes of each member, newest first, in one statement. */
export async function changesOf(reader: Sql, memberNos: readonly number[], count: number): Promise<ChangeRow[]> {
  const { rows } = await reader.query<ChangeRow>(
    `select t.* from unnest($1::bigint[]) as m(id) cross join lateral (
       select * from chain.tier_changes c where c.member_no = m.id order by block_number desc, log_index desc limit $2) t`,
    [memberNos, count],
  );
  return rows;
}
