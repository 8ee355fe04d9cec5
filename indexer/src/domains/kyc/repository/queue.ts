import type { Sql } from "../../../platform/db/pool.ts";
import type { Answer, Level, State } from "../rules.ts";

/** A case as the list of work shows it: nobody's name. */
export interface QueuedCase {
  id: string;
  memberId: string;
  level: Level;
  state: State;
  answer: Answer;
  submittedAt: Date | null;
  leaseBy: string | null;
  leaseUntil: Date | null;
  recommendedBy: string | null;
}

const columns = `id, member_id as "memberId", level, state, answer, submitted_at as "submittedAt", lease_by as "leaseBy",
  lease_until as "leaseUntil", recommended_by as "recommendedBy"`;

/** Cases in some states: what waits longest first. */
export async function listCases(sql: Sql, states: readonly State[], limit: number): Promise<QueuedCase[]> {
  const { rows } = await sql.query<QueuedCase>(
    `select ${columns} from app.kyc_cases where state = any($1) order by submitted_at nulls last, id limit $2`,
    [states, limit],
  );
  return rows;
}

interface Lease {
  officerId: string;
  now: Date;
  until: Date;
}

/** Takes or renews a lease in one statement, so that of many only one gets it. @returns whether it is the officer's */
export async function takeLease(sql: Sql, id: string, { officerId, now, until }: Lease): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update app.kyc_cases set lease_by = $2, lease_until = $4
      where id = $1 and state = 'review' and member_id <> $2 and (lease_by is null or lease_by = $2 or lease_until <= $3)`,
    [id, officerId, now, until],
  );
  return rowCount === 1;
}

/** Takes the case that waits longest and that nobody has; undefined if there is none. */
export async function takeNext(sql: Sql, { officerId, now, until }: Lease): Promise<string | undefined> {
  const { rows } = await sql.query<{ id: string }>(
    `update app.kyc_cases c set lease_by = $1, lease_until = $3
       from (select member_id, id from app.kyc_cases
              where state = 'review' and answer not in ('none', 'waiting') and member_id <> $1
                and (lease_by is null or lease_by = $1 or lease_until <= $2)
              order by submitted_at, id limit 1 for update skip locked) next
      where c.member_id = next.member_id and c.id = next.id returning c.id`,
    [officerId, now, until],
  );
  return rows[0]?.id;
}

/** @returns whether the officer had it */
export async function releaseLease(sql: Sql, id: string, officerId: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    "update app.kyc_cases set lease_by = null, lease_until = null where id = $1 and lease_by = $2",
    [id, officerId],
  );
  return rowCount === 1;
}
