import type { Sql } from "../../../platform/db/pool.ts";

/** How far a script of the SANDBOX has come for one applicant. */
export interface Play {
  ref: string;
  script: string;
  /** 0 before the first one. */
  step: number;
  /** When it came there. */
  at: Date;
}

export async function insertPlay(sql: Sql, { ref, script, step, at }: Play): Promise<void> {
  await sql.query(
    "insert into app.kyc_sandbox (ref, script, step, at) values ($1, $2, $3, $4) on conflict do nothing",
    [ref, script, step, at],
  );
}

export async function playOf(sql: Sql, ref: string): Promise<Play | undefined> {
  const { rows } = await sql.query<Play>("select ref, script, step, at from app.kyc_sandbox where ref = $1", [ref]);
  return rows[0];
}

/** Takes a play to `step`; a repetition changes nothing. */
export async function advancePlay(sql: Sql, ref: string, step: number, at: Date): Promise<void> {
  await sql.query("update app.kyc_sandbox set step = $2, at = $3 where ref = $1 and step < $2", [ref, step, at]);
}

export async function dropPlay(sql: Sql, ref: string): Promise<void> {
  await sql.query("delete from app.kyc_sandbox where ref = $1", [ref]);
}
