import type { Sql } from "../../../platform/db/pool.ts";

/** A page of what is still to be found, and of what was found since `since` and is gone, in the order of their keys. */
export async function watchedIntents(
  sql: Sql,
  since: Date,
  after: { memberId: string; id: string },
  limit: number,
): Promise<{ memberId: string; id: string }[]> {
  const { rows } = await sql.query<{ memberId: string; id: string }>(
    // Each part has an index of its own; joined by an OR they would have none.
    `select member_id as "memberId", id from (
       (select member_id, id from app.tx_intents
         where state in ('PENDING', 'SUBMITTED') and (member_id, id) > ($2, $3) order by member_id, id limit $4)
       union all
       (select member_id, id from app.tx_intents
         where state = 'CONFIRMED' and closed_at > $1 and (member_id, id) > ($2, $3)
           and not exists (select 1 from chain.blocks b where b.number = block_number and b.hash = block_hash)
         order by member_id, id limit $4)) watched
      order by member_id, id limit $4`,
    [since, after.memberId, after.id, limit],
  );
  return rows;
}
