import type { Sql } from "../../platform/db/pool.ts";

export interface Erasure {
  id: string;
  memberId: string;
  requestedAt: Date;
  dueAt: Date;
}

const columns = `id, member_id as "memberId", requested_at as "requestedAt", due_at as "dueAt"`;
const isOpen = "cancelled_at is null and carried_out_at is null";

/** @returns false if one is open already */
export async function insertErasure(sql: Sql, e: Erasure): Promise<boolean> {
  const { rowCount } = await sql.query(
    "insert into app.erasures (member_id, id, requested_at, due_at) values ($1, $2, $3, $4) on conflict do nothing",
    [e.memberId, e.id, e.requestedAt, e.dueAt],
  );
  return rowCount === 1;
}

export async function openErasure(sql: Sql, memberId: string): Promise<Erasure | undefined> {
  const { rows } = await sql.query<Erasure>(`select ${columns} from app.erasures where member_id = $1 and ${isOpen}`, [
    memberId,
  ]);
  return rows[0];
}

/** @returns whether one was open */
export async function cancelErasures(sql: Sql, memberId: string, at: Date): Promise<boolean> {
  const { rowCount } = await sql.query(`update app.erasures set cancelled_at = $2 where member_id = $1 and ${isOpen}`, [
    memberId,
    at,
  ]);
  return rowCount === 1;
}

export async function markCarriedOut(sql: Sql, memberId: string, at: Date): Promise<void> {
  await sql.query(`update app.erasures set carried_out_at = $2 where member_id = $1 and ${isOpen}`, [memberId, at]);
}

/** Erasures whose time has come and which no legal hold stops, the oldest first. */
export async function dueErasures(sql: Sql, now: Date, limit: number): Promise<Erasure[]> {
  const { rows } = await sql.query<Erasure>(
    `select ${columns} from app.erasures e
      where due_at <= $1 and ${isOpen}
        and not exists (select 1 from app.legal_holds h where h.member_id = e.member_id and h.lifted_at is null)
      order by due_at limit $2`,
    [now, limit],
  );
  return rows;
}

/** Sets the day on which a member's anti-money-laundering records end; the first one counts. */
export async function keepRecordsUntil(sql: Sql, memberId: string, until: Date): Promise<void> {
  await sql.query("insert into app.aml_retention (member_id, destroy_after) values ($1, $2) on conflict do nothing", [
    memberId,
    until,
  ]);
}

/** Members whose records' day has come and which no legal hold keeps. */
export async function dueRecords(sql: Sql, now: Date, limit: number): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select member_id as id from app.aml_retention r
      where destroy_after <= $1 and destroyed_at is null
        and not exists (select 1 from app.legal_holds h where h.member_id = r.member_id and h.lifted_at is null)
      order by destroy_after limit $2`,
    [now, limit],
  );
  return rows.map(({ id }) => id);
}

export async function markRecordsDestroyed(sql: Sql, memberId: string, at: Date): Promise<void> {
  await sql.query("update app.aml_retention set destroyed_at = $2 where member_id = $1", [memberId, at]);
}

/** Of `memberIds` those whose rows are there and not erased: a backup has brought them back. */
export async function returned(sql: Sql, memberIds: string[]): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    "select id from app.members where id = any($1::uuid[]) and erased_at is null",
    [memberIds],
  );
  return rows.map(({ id }) => id);
}

/** Holds a member's open erasure to the end of the transaction, so that it is not cancelled and carried out at once. */
export async function lockErasure(sql: Sql, memberId: string): Promise<boolean> {
  const { rowCount } = await sql.query(`select 1 from app.erasures where member_id = $1 and ${isOpen} for update`, [
    memberId,
  ]);
  return rowCount === 1;
}

export async function isHeld(sql: Sql, memberId: string): Promise<boolean> {
  const { rows } = await sql.query<{ held: boolean }>(
    "select exists (select 1 from app.legal_holds where member_id = $1 and lifted_at is null) as held",
    [memberId],
  );
  return rows[0]?.held === true;
}

export interface Hold {
  reference: string;
  placedAt: Date;
}

/** The hold that stands; undefined if none does. */
export async function standingHold(sql: Sql, memberId: string): Promise<Hold | undefined> {
  const { rows } = await sql.query<Hold>(
    `select reference, placed_at as "placedAt" from app.legal_holds where member_id = $1 and lifted_at is null`,
    [memberId],
  );
  return rows[0];
}

/** @returns false if the member is held already */
export async function placeHold(
  sql: Sql,
  h: { memberId: string; id: string; reference: string; at: Date; by: string },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into app.legal_holds (member_id, id, reference, placed_at, placed_by) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [h.memberId, h.id, h.reference, h.at, h.by],
  );
  return rowCount === 1;
}

/** @returns whether the member was held */
export async function liftHold(sql: Sql, memberId: string, at: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    "update app.legal_holds set lifted_at = $2 where member_id = $1 and lifted_at is null",
    [memberId, at],
  );
  return rowCount === 1;
}
