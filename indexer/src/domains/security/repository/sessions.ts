import type { Role } from "../../../platform/access/actor.ts";
import { RINGS } from "../../../platform/db/outbox.ts";
import type { Sql } from "../../../platform/db/pool.ts";

export async function insertNonce(sql: Sql, nonce: string, browserHash: Buffer, expiresAt: Date): Promise<void> {
  await sql.query("insert into app.siwe_nonces (nonce, browser_hash, expires_at) values ($1, $2, $3)", [
    nonce,
    browserHash,
    expiresAt,
  ]);
}

/** Spends a nonce, once. @returns whether it was this browser's and still good */
export async function spendNonce(sql: Sql, nonce: string, browserHash: Buffer, now: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    "delete from app.siwe_nonces where nonce = $1 and browser_hash = $2 and expires_at > $3",
    [nonce, browserHash, now],
  );
  return rowCount === 1;
}

export async function pruneNonces(sql: Sql, now: Date): Promise<number> {
  const { rowCount } = await sql.query("delete from app.siwe_nonces where expires_at <= $1", [now]);
  return rowCount ?? 0;
}

export interface SessionRow {
  member_id: string;
  id: string;
  address: string;
  browser_hash: Buffer;
  created_at: Date;
  last_used_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  revoked_because: string | null;
  stepped_up_at: Date | null;
}

export async function insertSession(
  sql: Sql,
  s: Pick<SessionRow, "member_id" | "id" | "address" | "browser_hash" | "created_at" | "expires_at">,
): Promise<void> {
  await sql.query(
    `insert into app.sessions (member_id, id, address, browser_hash, created_at, last_used_at, expires_at, begun_at_block)
     values ($1, $2, $3, $4, $5, $5, $6, coalesce((select block_number from ops.checkpoint), 0)) ${RINGS}`,
    [s.member_id, s.id, s.address, s.browser_hash, s.created_at, s.expires_at],
  );
}

/** A session's own end, or the earlier one that its member has set since. */
const ENDS = "least(s.expires_at, s.created_at + make_interval(hours => g.session_hours))";
const COLUMNS = `s.member_id, s.id, s.address, s.browser_hash, s.created_at, s.last_used_at, s.revoked_at,
            s.revoked_because, s.stepped_up_at, ${ENDS} as expires_at`;

/** A session, and what decides whether it goes on. */
export interface StandingSession extends SessionRow {
  /** The chain has suspended the member of its wallet since it began. */
  suspended: boolean;
  roles: Role[];
  /** Where its member lets itself be signed in from; see `SettingsRow`. */
  network_marks: Buffer[];
  /** How far the log was when its member last wrote; null if it never did. */
  wrote_at: string | null;
}

/** Names a session: the id alone finds no row, since rows lie with their member. */
export interface SessionName {
  memberId: string;
  sessionId: string;
}

/**
 * Sessions in the order of their names; undefined for one that is not there. Arrays are selected, so that a plan does not
 * depend on how many names there are and is kept.
 */
export async function sessionsOf(
  sql: Sql,
  names: readonly SessionName[],
  now: Date,
): Promise<(StandingSession | undefined)[]> {
  const { rows } = await sql.query<StandingSession>(
    `select ${COLUMNS}, coalesce(g.network_marks, '{}') as network_marks,
            (select m.wrote_lsn from app.members m where m.id = s.member_id)::text as wrote_at,
            array(select role from app.staff_roles where member_id = s.member_id and expires_at > $3
                  union select role from app.session_roles
                         where member_id = s.member_id and session_id = s.id and expires_at > $3
                  order by role) as roles,
            exists (select 1 from chain.members m join chain.suspensions x using (member_no)
                          where m.owner = s.address and x.block_number > s.begun_at_block) as suspended
       from unnest((select $1::uuid[]), (select $2::uuid[])) as a (member_id, id)
       join app.sessions s using (member_id, id) left join app.security_settings g on g.member_id = s.member_id`,
    [names.map(({ memberId }) => memberId), names.map(({ sessionId }) => sessionId), now],
  );
  const found = new Map(rows.map((row) => [`${row.member_id}${row.id}`, row]));
  return names.map(({ memberId, sessionId }) => found.get(`${memberId}${sessionId}`));
}

/** A member's sessions that have not ended, the last used first. */
export async function openSessions(sql: Sql, memberId: string, now: Date): Promise<SessionRow[]> {
  const { rows } = await sql.query<SessionRow>(
    `select ${COLUMNS}
       from app.sessions s left join app.security_settings g on g.member_id = s.member_id
      where s.member_id = $1 and s.revoked_at is null and ${ENDS} > $2
      order by s.last_used_at desc, s.id limit 100`,
    [memberId, now],
  );
  return rows;
}

/** Ends one session, or all but `spared` if none is named. @returns how many it ended */
export async function revokeSessions(
  sql: Sql,
  memberId: string,
  which: { only?: string; spared?: string; because: string; now: Date },
): Promise<number> {
  const { rowCount } = await sql.query(
    `update app.sessions set revoked_at = $4, revoked_because = $5
      where member_id = $1 and revoked_at is null and ($2::uuid is null or id = $2) and ($3::uuid is null or id <> $3) ${RINGS}`,
    [memberId, which.only ?? null, which.spared ?? null, which.now, which.because],
  );
  return rowCount ?? 0;
}

export async function touchSession(sql: Sql, memberId: string, sessionId: string, now: Date): Promise<void> {
  await sql.query("update app.sessions set last_used_at = $3 where member_id = $1 and id = $2", [
    memberId,
    sessionId,
    now,
  ]);
}

export interface RefreshRow {
  session_id: string;
  expires_at: Date;
  used_at: Date | null;
}

export async function insertRefresh(
  sql: Sql,
  token: { memberId: string; hash: Buffer; sessionId: string; expiresAt: Date },
): Promise<void> {
  await sql.query(
    `insert into app.refresh_tokens (member_id, hash, session_id, expires_at) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [token.memberId, token.hash, token.sessionId, token.expiresAt],
  );
}

/** Uses a token, once. @returns whether this call was the one */
export async function useRefresh(sql: Sql, memberId: string, hash: Buffer, now: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update app.refresh_tokens set used_at = $3
      where member_id = $1 and hash = $2 and used_at is null and expires_at > $3`,
    [memberId, hash, now],
  );
  return rowCount === 1;
}

export async function refreshOf(sql: Sql, memberId: string, hash: Buffer): Promise<RefreshRow | undefined> {
  const { rows } = await sql.query<RefreshRow>(
    "select session_id, expires_at, used_at from app.refresh_tokens where member_id = $1 and hash = $2",
    [memberId, hash],
  );
  return rows[0];
}
