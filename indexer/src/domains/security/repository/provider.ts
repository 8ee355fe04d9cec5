import type { Role } from "../../../platform/access/actor.ts";
import { lockMember } from "../../../platform/db/lock.ts";
import { RINGS } from "../../../platform/db/outbox.ts";
import type { Sql } from "../../../platform/db/pool.ts";

export interface Begun {
  memberId: string;
  sessionId: string;
  stateHash: Buffer;
  expiresAt: Date;
}

export async function insertStaffSignIn(sql: Sql, b: Begun): Promise<void> {
  await sql.query(
    "insert into app.staff_sign_ins (member_id, state_hash, session_id, expires_at) values ($1, $2, $3, $4)",
    [b.memberId, b.stateHash, b.sessionId, b.expiresAt],
  );
}

/** Spends what was begun, once, in the session that began it. @returns whether this call was the one */
export async function spendStaffSignIn(
  sql: Sql,
  b: Pick<Begun, "memberId" | "sessionId" | "stateHash"> & { now: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    "delete from app.staff_sign_ins where member_id = $1 and session_id = $2 and state_hash = $3 and expires_at > $4",
    [b.memberId, b.sessionId, b.stateHash, b.now],
  );
  return rowCount === 1;
}

/** Whether the member has an identity at the provider. */
export async function isLinked(sql: Sql, memberId: string): Promise<boolean> {
  const { rows } = await sql.query<{ linked: boolean }>(
    "select exists (select 1 from app.staff_identities where member_id = $1) as linked",
    [memberId],
  );
  return rows[0]?.linked === true;
}

/** Whose an identity is; undefined for nobody's. */
export async function identityHolder(sql: Sql, identity: Buffer): Promise<string | undefined> {
  const { rows } = await sql.query<{ member_id: string }>(
    "select member_id from app.staff_identities where identity = $1",
    [identity],
  );
  return rows[0]?.member_id;
}

/** Links an identity, unless it is somebody's or the member has one. @returns whether it is now the member's */
export async function linkIdentity(sql: Sql, identity: Buffer, memberId: string, at: Date): Promise<boolean> {
  // Two sign-ins of one member at once are one after the other.
  await lockMember(sql, memberId);
  if (await isLinked(sql, memberId)) return false;
  const { rowCount } = await sql.query(
    "insert into app.staff_identities (identity, member_id, linked_at) values ($1, $2, $3) on conflict do nothing",
    [identity, memberId, at],
  );
  return rowCount === 1;
}

/** Replaces what the provider's groups gave the member, in all its sessions, by the roles of this one. */
export async function putSessionRoles(
  sql: Sql,
  s: { memberId: string; sessionId: string; roles: Role[]; expiresAt: Date },
): Promise<void> {
  await sql.query(`delete from app.session_roles where member_id = $1 ${RINGS}`, [s.memberId]);
  await sql.query(
    `insert into app.session_roles (member_id, session_id, role, expires_at) select $1, $2, unnest($3::text[]), $4 ${RINGS}`,
    [s.memberId, s.sessionId, s.roles, s.expiresAt],
  );
}

/** Forgets what was begun and never ended, and roles that have ended. */
export async function pruneStaffSignIns(sql: Sql, now: Date): Promise<number> {
  const begun = await sql.query("delete from app.staff_sign_ins where expires_at <= $1", [now]);
  const roles = await sql.query("delete from app.session_roles where expires_at <= $1", [now]);
  return (begun.rowCount ?? 0) + (roles.rowCount ?? 0);
}
