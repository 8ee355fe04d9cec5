import type { Sql } from "../../../platform/db/pool.ts";

/** A page of what is still to be found, and of what was found since `since` and is gone, in the order of their keys. */
export async function watchedIntents(
  sql: Sql,
  since: Date,
  after: { memberId: string; id: string },
  limit: number,
): Promise<{ memberId: string; id: string }[]> {
  const { rows } = await sql.query<{ memberId: string; id: string }>(
    `select member_id as "memberId", id from app.tx_intents
      where (member_id, id) > ($2, $3)
        and (state in ('PENDING', 'SUBMITTED')
          or (state = 'CONFIRMED' and closed_at > $1
            and not exists (select 1 from chain.blocks b where b.number = block_number and b.hash = block_hash)))
      order by member_id, id limit $4`,
    [since, after.memberId, after.id, limit],
  );
  return rows;
}
