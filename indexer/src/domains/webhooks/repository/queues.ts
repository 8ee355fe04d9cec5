import type { Sql } from "../../../platform/db/pool.ts";
import type { Name } from "./deliveries.ts";

/** Names of endpoints that are on, in pages. */
export async function activeAfter(
  sql: Sql,
  after: { memberId: string; id: string },
  limit: number,
): Promise<{ memberId: string; id: string }[]> {
  const { rows } = await sql.query<{ memberId: string; id: string }>(
    `select member_id as "memberId", id from app.webhook_endpoints
      where state = 'active' and (member_id, id) > ($1::uuid, $2::uuid) order by member_id, id limit $3`,
    [after.memberId, after.id, limit],
  );
  return rows;
}

/** Deliveries that were due before `before`, and nobody took: their job was lost. */
export async function leftBehind(sql: Sql, before: Date, limit: number): Promise<Name[]> {
  const { rows } = await sql.query<Name>(
    `select member_id as "memberId", endpoint_id as "endpointId", id from app.webhook_deliveries
      where state = 'waiting' and next_at <= $1 order by next_at limit $2`,
    [before, limit],
  );
  return rows;
}
