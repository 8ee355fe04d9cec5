import type { Sql } from "../../db/pool.ts";

/** A command as its caller named it. */
export interface CommandKey {
  memberId: string;
  command: string;
  key: string;
}

export interface Claim extends CommandKey {
  fingerprint: Buffer;
  holder: string;
  at: Date;
}

/** What is known of a key: somebody works on it, or it has its answer. */
export interface Known {
  fingerprint: Buffer;
  status: number | null;
  sealedAnswer: Buffer | null;
}

/**
 * Takes a key that is new, whose holder has died (taken before `deadBefore`) or whose answer is too old (`oldBefore`).
 * @returns whether it is the caller's now
 */
export async function claim(sql: Sql, c: Claim, deadBefore: Date, oldBefore: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into app.idempotency_keys as k (member_id, command, key, fingerprint, holder, taken_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (member_id, command, key) do update
        set fingerprint = excluded.fingerprint, holder = excluded.holder, taken_at = excluded.taken_at,
            status = null, sealed_answer = null
      where (k.status is null and k.taken_at < $7) or k.taken_at < $8`,
    [c.memberId, c.command, c.key, c.fingerprint, c.holder, c.at, deadBefore, oldBefore],
  );
  return rowCount === 1;
}

export async function known(sql: Sql, k: CommandKey): Promise<Known | undefined> {
  const { rows } = await sql.query<Known & Record<string, unknown>>(
    `select fingerprint, status, sealed_answer as "sealedAnswer" from app.idempotency_keys
      where member_id = $1 and command = $2 and key = $3`,
    [k.memberId, k.command, k.key],
  );
  return rows[0];
}

/** Writes the answer down, if the key is still the holder's. @returns whether it was */
export async function answer(sql: Sql, c: Claim, status: number, sealed: Buffer): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update app.idempotency_keys set status = $5, sealed_answer = $6
      where member_id = $1 and command = $2 and key = $3 and holder = $4 and status is null`,
    [c.memberId, c.command, c.key, c.holder, status, sealed],
  );
  return rowCount === 1;
}

/** Gives a key back that has no answer. */
export async function release(sql: Sql, c: Claim): Promise<void> {
  await sql.query(
    `delete from app.idempotency_keys
      where member_id = $1 and command = $2 and key = $3 and holder = $4 and status is null`,
    [c.memberId, c.command, c.key, c.holder],
  );
}

/** Forgets answers that were asked for before `before`. @returns how many */
export async function pruneAnswers(sql: Sql, before: Date): Promise<number> {
  const { rowCount } = await sql.query("delete from app.idempotency_keys where taken_at < $1", [before]);
  return rowCount ?? 0;
}

/** Forgets what a member was answered. */
export async function forgetAnswers(sql: Sql, memberId: string): Promise<void> {
  await sql.query("delete from app.idempotency_keys where member_id = $1", [memberId]);
}
