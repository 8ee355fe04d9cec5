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

/** A page of positions, newest first, one row more than asked for. */
export async function listPositions(
  reader: Sql,
  by: { memberNo: number | null; validatorId: number | null; closed: boolean },
  page: Page,
): Promise<PositionRow[]> {
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

/** A position by its number. */
export async function positionById(reader: Sql, positionId: string): Promise<PositionRow | undefined> {
  const { rows } = await reader.query<PositionRow>(`${positions} where p.position_id = $1`, [positionId]);
  return rows[0];
}

/** Pools of redelegated tokens of source cohorts, in no order. */
export async function redelPools(
  reader: Sql,
  keys: readonly { src: number; day: number }[],
): Promise<{ validator_id: string; day: string; redel_tokens: string; redel_shares: string; redel_gen: number }[]> {
  const { rows } = await reader.query<{
    validator_id: string;
    day: string;
    redel_tokens: string;
    redel_shares: string;
    redel_gen: number;
  }>(
    `select c.validator_id, c.day, c.redel_tokens, c.redel_shares, c.redel_gen
       from unnest($1::bigint[], $2::bigint[]) as k(src, day)
       join chain.cohorts c on c.validator_id = k.src and c.day = k.day`,
    [keys.map(({ src }) => src), keys.map(({ day }) => day)],
  );
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
