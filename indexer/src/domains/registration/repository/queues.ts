import type { Sql } from "../../../platform/db/pool.ts";
import type { State } from "../rules.ts";
import type { Registration } from "./registrations.ts";

/** Names of a registration that a job goes through. */
export interface Name {
  memberId: string;
  id: string;
}

/** Open registrations whose time is over. */
export async function overdue(sql: Sql, now: Date, limit: number): Promise<Name[]> {
  const { rows } = await sql.query<{ member_id: string; id: string }>(
    "select member_id, id from app.registrations where closed_at is null and deadline <= $1 order by deadline limit $2",
    [now, limit],
  );
  return rows.map(({ member_id, id }) => ({ memberId: member_id, id }));
}

/** Open registrations that wait for what others find out, in pages. */
export async function waiting(sql: Sql, at: readonly State[], after: string, limit: number): Promise<Name[]> {
  const { rows } = await sql.query<{ member_id: string; id: string }>(
    `select member_id, id from app.registrations where closed_at is null and state = any($1) and member_id > $2
      order by member_id limit $3`,
    [at, after, limit],
  );
  return rows.map(({ member_id, id }) => ({ memberId: member_id, id }));
}

/** Place in the queue of those who wait for the staff, 1 first. */
export async function queuePosition(sql: Sql, r: Pick<Registration, "id" | "enteredAt">): Promise<number> {
  const { rows } = await sql.query<{ n: string }>(
    `select count(*) as n from app.registrations
      where closed_at is null and state = 'PENDING_APPROVAL' and (entered_at, id) <= ($1, $2::uuid)`,
    [r.enteredAt, r.id],
  );
  return Number(rows[0]?.n ?? 0);
}
