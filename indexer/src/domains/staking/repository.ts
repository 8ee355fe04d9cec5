import type { Sql } from "../../platform/db/pool.ts";
import type { Page } from "../../platform/graphql/connection.ts";

export interface PositionRow {
  position_id: string;
  member_no: string;
  validator_id: string;
  gen: number;
  shares: string;
  lien_id: string | null;
  unpaid: string;
  acc_paid: string;
  claimed: string;
  auto_compound: boolean;
  since: string;
  closed_at: string | null;
  final_ray: string | null;
  lien_src: string | null;
  lien_day: string | null;
  lien_gen: number | null;
  lien_base: string | null;
  lien_shares: string | null;
}

export interface RequestRow {
  request_id: string;
  member_no: string;
  validator_id: string;
  position_id: string;
  lien_burned: string | null;
  kind: number;
  gen: number;
  cohort_shares: string;
  tokens_at_request: string;
  requested_at: string;
  matures_at: string;
  claimed_at: string | null;
  paid: string | null;
  pool_tokens: string;
  pool_shares: string;
  pool_gen: number;
}

const positions = `
  select p.*, f.accumulator_ray as final_ray, l.src as lien_src, l.day as lien_day, l.gen as lien_gen,
         l.base as lien_base, l.redel_shares as lien_shares
    from chain.positions p
    left join chain.liens l on l.member_no = p.member_no and l.lien_id = p.lien_id
    left join chain.final_accumulators f on f.validator_id = p.validator_id and f.gen = p.gen`;

/** A block of the past. @param timestamp Unix seconds. */
interface PastBlock {
  number: number;
  timestamp: number;
}

export interface PositionsOf {
  memberNo: number | null;
  validatorId: number | null;
  /** Closed ones, too. */
  closed: boolean;
}

/** Finds positions by their number or their validator, in the order of numbers, each by itself: `limit` keeps it so. */
const owned = `chain.position_owners o cross join lateral (
      select * from chain.positions c where c.member_no = o.member_no and c.position_id = o.position_id limit 1) p`;

/**
 * Positions as block $1 left them; what never changes of them is in the present row.
 * @param candidates Names them `p`. @param rest Conditions, and how many are taken.
 */
const past = (candidates: string, rest: string) => `
  select q.*, f.accumulator_ray as final_ray, l.src as lien_src, l.day as lien_day, l.gen as lien_gen, l.base as lien_base,
         l.redel_shares as lien_shares
    from (select x.*, p.validator_id, p.gen, p.since
            from ${candidates} cross join lateral (
              select * from chain.position_versions v
               where v.member_no = p.member_no and v.position_id = p.position_id and v.block_number <= $1
               order by v.block_number desc limit 1) x ${rest}) q
    left join chain.liens l on l.member_no = q.member_no and l.lien_id = q.lien_id
    left join chain.final_accumulators f on f.validator_id = q.validator_id and f.gen = q.gen
   order by q.position_id desc`;

/**
 * The newest position that was there at a second, by halves: numbers grow with time, and a page of a far past must not pass
 * over everything that was opened since.
 */
const newestAt = (second: string) => `(
    with recursive halves (low, high) as (
      select 0::numeric, (select max(position_id) from chain.position_owners)
       union all
      select case when coalesce(c.since, 0) <= ${second} then m.middle else h.low end,
             case when coalesce(c.since, 0) <= ${second} then h.high else m.middle - 1 end
        from halves h cross join lateral (select div(h.low + h.high + 1, 2) as middle) m
        left join lateral (
          select since from chain.positions where position_id <= m.middle order by position_id desc limit 1) c on true
       where h.low < h.high)
    select max(low) from halves)`;

/**
 * A page of positions as block `at` left them, newest first, one row more than asked for. Candidates come from an index in
 * the order of the page, so that no more of them are looked up than it takes to fill it.
 */
async function pastPositions(reader: Sql, by: PositionsOf, page: Page, at: PastBlock): Promise<PositionRow[]> {
  const values: unknown[] = [at.number];
  const take = (value: unknown) => `$${values.push(value)}`;
  const [candidates, one] = by.memberNo === null ? [owned, "o"] : ["chain.positions p", "p"];
  const conditions = [
    by.memberNo === null
      ? `o.position_id <= ${newestAt(`${take(at.timestamp)}::bigint`)}`
      : `p.member_no = ${take(by.memberNo)}`,
    by.validatorId !== null && `${one}.validator_id = ${take(by.validatorId)}`,
    !by.closed && "x.closed_at is null",
    page.after && `${one}.position_id < ${take(page.after[0])}::numeric`,
  ].filter((condition) => typeof condition === "string");
  const { rows } = await reader.query<PositionRow>(
    past(
      candidates,
      `where ${conditions.join(" and ")} order by ${one}.position_id desc limit ${take(page.limit + 1)}`,
    ),
    values,
  );
  return rows;
}

/**
 * A page of positions, newest first, one row more than asked for.
 * @param at Block whose state is read; the newest if undefined.
 */
export async function listPositions(reader: Sql, by: PositionsOf, page: Page, at?: PastBlock): Promise<PositionRow[]> {
  if (at !== undefined) return pastPositions(reader, by, page, at);
  const { rows } = await reader.query<PositionRow>(
    `${positions} where ($1::bigint is null or p.member_no = $1) and ($2::bigint is null or p.validator_id = $2)
       and ($3 or p.closed_at is null) and ($4::numeric is null or p.position_id < $4)
     order by p.position_id desc limit $5`,
    [by.memberNo, by.validatorId, by.closed, page.after?.[0] ?? null, page.limit + 1],
  );
  return rows;
}

/** The `count` largest open positions of each validator, in one statement. */
export async function topPositions(
  reader: Sql,
  validatorIds: readonly number[],
  count: number,
): Promise<PositionRow[]> {
  const { rows } = await reader.query<PositionRow>(
    `select t.* from unnest($1::bigint[]) as v(id) cross join lateral (
       ${positions} where p.validator_id = v.id and p.closed_at is null order by p.shares desc, p.position_id limit $2) t`,
    [validatorIds, count],
  );
  return rows;
}

/** A position by its number. @param at Block whose state is read; the newest if undefined. */
export async function positionById(reader: Sql, positionId: string, at?: number): Promise<PositionRow | undefined> {
  if (at !== undefined) {
    const found = await reader.query<PositionRow>(past(owned, "where o.position_id = $2::numeric"), [at, positionId]);
    return found.rows[0];
  }
  const { rows } = await reader.query<PositionRow>(`${positions} where p.position_id = $1`, [positionId]);
  return rows[0];
}

export interface RedelRow {
  validator_id: string;
  day: string;
  redel_tokens: string;
  redel_shares: string;
  redel_gen: number;
}

/** Pools of redelegated tokens of source cohorts, in no order. @param at Block whose state is read; the newest if undefined. */
export async function redelPools(
  reader: Sql,
  keys: readonly { src: number; day: number }[],
  at?: number,
): Promise<RedelRow[]> {
  const wanted = [keys.map(({ src }) => src), keys.map(({ day }) => day)];
  const present = `
    select c.validator_id, c.day, c.redel_tokens, c.redel_shares, c.redel_gen
      from unnest($1::bigint[], $2::bigint[]) as k(src, day)
      join chain.cohorts c on c.validator_id = k.src and c.day = k.day`;
  const past = `
    select c.* from unnest($1::bigint[], $2::bigint[]) as k(src, day) cross join lateral (
      select v.validator_id, v.day, v.redel_tokens, v.redel_shares, v.redel_gen from chain.cohort_versions v
       where v.validator_id = k.src and v.day = k.day and v.block_number <= $3 order by v.block_number desc limit 1) c`;
  const { rows } =
    at === undefined
      ? await reader.query<RedelRow>(present, wanted)
      : await reader.query<RedelRow>(past, [...wanted, at]);
  return rows;
}

const requests = `
  select r.*, case r.kind when 0 then c.del_tokens else c.self_tokens end as pool_tokens,
         case r.kind when 0 then c.del_shares else c.self_shares end as pool_shares,
         case r.kind when 0 then c.del_gen else c.self_gen end as pool_gen
    from chain.requests r join chain.cohorts c on c.validator_id = r.validator_id and c.day = r.day`;

/** An exit by its number. */
export async function requestById(reader: Sql, requestId: string): Promise<RequestRow | undefined> {
  const { rows } = await reader.query<RequestRow>(`${requests} where r.request_id = $1`, [requestId]);
  return rows[0];
}

/** A page of exits, newest first, one row more than asked for. */
export async function listRequests(
  reader: Sql,
  by: { memberNo: number | null; claimed: boolean },
  page: Page,
): Promise<RequestRow[]> {
  const { rows } = await reader.query<RequestRow>(
    `${requests}
      where ($1::bigint is null or r.member_no = $1) and ($2 or r.claimed_at is null) and ($3::numeric is null or r.request_id < $3)
      order by r.request_id desc limit $4`,
    [by.memberNo, by.claimed, page.after?.[0] ?? null, page.limit + 1],
  );
  return rows;
}
