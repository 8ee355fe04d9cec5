import type { Sql } from "../../../platform/db/pool.ts";

/** A command as its caller named it. */
export interface CommandKey {
  memberId: string;
  /** The registration; the member itself for what begins one. */
  workflowId: string;
  step: string;
  key: string;
}

/** What was answered; a refusal as its code and words. */
export interface Recorded {
  fingerprint: Buffer;
  status: number;
  answer: Record<string, unknown>;
}

export async function recordedAnswer(sql: Sql, k: CommandKey): Promise<Recorded | undefined> {
  const { rows } = await sql.query<Recorded & Record<string, unknown>>(
    `select fingerprint, status, answer from app.registration_commands
      where member_id = $1 and workflow_id = $2 and step = $3 and key = $4`,
    [k.memberId, k.workflowId, k.step, k.key],
  );
  return rows[0];
}

/**
 * Takes a key for this transaction. Whoever comes with the same key waits for its end.
 * @returns false if the key has its answer
 */
export async function takeKey(sql: Sql, k: CommandKey, fingerprint: Buffer, at: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into app.registration_commands (member_id, workflow_id, step, key, fingerprint, status, answer, at)
     values ($1, $2, $3, $4, $5, 0, '{}', $6) on conflict do nothing`,
    [k.memberId, k.workflowId, k.step, k.key, fingerprint, at],
  );
  return rowCount === 1;
}

export async function recordAnswer(sql: Sql, k: CommandKey, status: number, answer: object): Promise<void> {
  await sql.query(
    `update app.registration_commands set status = $5, answer = $6
      where member_id = $1 and workflow_id = $2 and step = $3 and key = $4`,
    [k.memberId, k.workflowId, k.step, k.key, status, JSON.stringify(answer)],
  );
}

/** Forgets answers older than `before`. */
export async function pruneCommands(sql: Sql, before: Date): Promise<number> {
  const { rowCount } = await sql.query("delete from app.registration_commands where at < $1", [before]);
  return rowCount ?? 0;
}
