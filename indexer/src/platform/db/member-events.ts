import type { Sql } from "./pool.ts";

/** Something that happened to a member off the chain; ids and plain facts only. */
export interface MemberEvent {
  /** Past tense, as the specification names it (seed §8). */
  event: string;
  memberId: string;
  detail?: Record<string, string | number | boolean | null>;
}

/** Tells an event in the transaction that makes it true. */
export async function tell(sql: Sql, { event, memberId, detail }: MemberEvent, at: Date): Promise<void> {
  await sql.query("insert into app.events (at, event, member_id, detail) values ($1, $2, $3, $4)", [
    at,
    event,
    memberId,
    detail ?? {},
  ]);
}
