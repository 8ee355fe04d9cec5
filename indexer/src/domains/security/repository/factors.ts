import { RINGS } from "../../../platform/db/outbox.ts";
import type { Sql } from "../../../platform/db/pool.ts";

export interface TotpRow {
  sealed: Buffer;
  confirmed_at: Date | null;
  last_step: string;
}

/** Begins anew, unless a secret is confirmed already. @returns whether it was stored */
export async function putTotp(sql: Sql, memberId: string, sealed: Buffer, at: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into app.totp_secrets as t (member_id, sealed, created_at) values ($1, $2, $3)
     on conflict (member_id) do update set sealed = excluded.sealed, created_at = excluded.created_at, last_step = 0
      where t.confirmed_at is null`,
    [memberId, sealed, at],
  );
  return rowCount === 1;
}

export async function totpOf(sql: Sql, memberId: string): Promise<TotpRow | undefined> {
  const { rows } = await sql.query<TotpRow>(
    "select sealed, confirmed_at, last_step from app.totp_secrets where member_id = $1",
    [memberId],
  );
  return rows[0];
}

/** Takes a code's time step, once. @returns whether this call was the one */
export async function takeStep(sql: Sql, memberId: string, step: number, at: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update app.totp_secrets set last_step = $2, confirmed_at = coalesce(confirmed_at, $3)
      where member_id = $1 and last_step < $2 ${RINGS}`,
    [memberId, step, at],
  );
  return rowCount === 1;
}

export async function dropTotp(sql: Sql, memberId: string): Promise<boolean> {
  const { rowCount } = await sql.query(`delete from app.totp_secrets where member_id = $1 ${RINGS}`, [memberId]);
  return rowCount === 1;
}

export interface PasskeyRow {
  credential_id: string;
  name: string;
  public_key: Buffer;
  counter: string;
  transports: string[];
  created_at: Date;
  last_used_at: Date | null;
}

export async function passkeysOf(sql: Sql, memberId: string): Promise<PasskeyRow[]> {
  const { rows } = await sql.query<PasskeyRow>(
    `select credential_id, name, public_key, counter, transports, created_at, last_used_at
       from app.passkeys where member_id = $1 order by created_at, credential_id`,
    [memberId],
  );
  return rows;
}

/** @returns false if the member has it already */
export async function insertPasskey(
  sql: Sql,
  memberId: string,
  key: { id: string; name: string; publicKey: Uint8Array; counter: number; transports: string[]; at: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into app.passkeys (member_id, credential_id, name, public_key, counter, transports, created_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing ${RINGS}`,
    [memberId, key.id, key.name, Buffer.from(key.publicKey), key.counter, key.transports, key.at],
  );
  return rowCount === 1;
}

/** Notes a use. A counter that does not grow is a copy's; authenticators without one always say 0. @returns whether it may count */
export async function usePasskey(sql: Sql, memberId: string, id: string, counter: number, at: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update app.passkeys set counter = $3, last_used_at = $4
      where member_id = $1 and credential_id = $2 and (counter < $3 or (counter = 0 and $3 = 0))`,
    [memberId, id, counter, at],
  );
  return rowCount === 1;
}

export async function dropPasskey(sql: Sql, memberId: string, id: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    `delete from app.passkeys where member_id = $1 and credential_id = $2 ${RINGS}`,
    [memberId, id],
  );
  return rowCount === 1;
}

export async function insertChallenge(
  sql: Sql,
  c: { memberId: string; sessionId: string; challenge: string; use: "enrol" | "step_up"; expiresAt: Date },
): Promise<void> {
  await sql.query(
    `insert into app.passkey_challenges (member_id, session_id, challenge, use, expires_at) values ($1, $2, $3, $4, $5)`,
    [c.memberId, c.sessionId, c.challenge, c.use, c.expiresAt],
  );
}

/** Spends a challenge, once, in the session and for the use it was made for. */
export async function spendChallenge(
  sql: Sql,
  c: { memberId: string; sessionId: string; challenge: string; use: "enrol" | "step_up"; now: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `delete from app.passkey_challenges
      where member_id = $1 and session_id = $2 and challenge = $3 and use = $4 and expires_at > $5`,
    [c.memberId, c.sessionId, c.challenge, c.use, c.now],
  );
  return rowCount === 1;
}

export async function pruneChallenges(sql: Sql, now: Date): Promise<number> {
  const { rowCount } = await sql.query("delete from app.passkey_challenges where expires_at <= $1", [now]);
  return rowCount ?? 0;
}

/** Replaces all recovery codes of a member. */
export async function putRecoveryCodes(sql: Sql, memberId: string, hmacs: Buffer[]): Promise<void> {
  await sql.query("delete from app.recovery_codes where member_id = $1", [memberId]);
  await sql.query("insert into app.recovery_codes (member_id, hmac) select $1, unnest($2::bytea[])", [memberId, hmacs]);
}

export async function useRecoveryCode(sql: Sql, memberId: string, hmac: Buffer, at: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    "update app.recovery_codes set used_at = $3 where member_id = $1 and hmac = $2 and used_at is null",
    [memberId, hmac, at],
  );
  return rowCount === 1;
}

export async function recoveryCodesLeft(sql: Sql, memberId: string): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    "select count(*)::integer as count from app.recovery_codes where member_id = $1 and used_at is null",
    [memberId],
  );
  return rows[0]?.count ?? 0;
}

export async function dropRecoveryCodes(sql: Sql, memberId: string): Promise<void> {
  await sql.query("delete from app.recovery_codes where member_id = $1", [memberId]);
}

/** Notes that the person behind a session has proved to be there. */
export async function stepUp(sql: Sql, memberId: string, sessionId: string, at: Date): Promise<void> {
  await sql.query("update app.sessions set stepped_up_at = $3 where member_id = $1 and id = $2", [
    memberId,
    sessionId,
    at,
  ]);
}

/** Forgets all that a member signs in and proves with, and its sessions. */
export async function forgetSignIns(sql: Sql, memberId: string): Promise<void> {
  for (const table of [
    "sessions",
    "refresh_tokens",
    "totp_secrets",
    "passkeys",
    "recovery_codes",
    "passkey_challenges",
    "security_settings",
    "sign_in_failures",
    "staff_identities",
    "staff_sign_ins",
    "session_roles",
  ]) {
    await sql.query(`delete from app.${table} where member_id = $1`, [memberId]);
  }
}
