import type { Sql } from "../../../platform/db/pool.ts";

export type CodeKind = "email" | "phone";

export interface Code {
  memberId: string;
  registrationId: string;
  kind: CodeKind;
  id: string;
  salt: Buffer;
  attempts: number;
  createdAt: Date;
  expiresAt: Date;
  sentAt: Date | null;
  spentAt: Date | null;
}

interface Row {
  member_id: string;
  registration_id: string;
  kind: CodeKind;
  id: string;
  salt: Buffer;
  attempts: number;
  created_at: Date;
  expires_at: Date;
  sent_at: Date | null;
  spent_at: Date | null;
}

const codeOf = (row: Row): Code => ({
  memberId: row.member_id,
  registrationId: row.registration_id,
  kind: row.kind,
  id: row.id,
  salt: row.salt,
  attempts: row.attempts,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  sentAt: row.sent_at,
  spentAt: row.spent_at,
});

/** Puts a new code in the place of an earlier one, which is good for nothing from then on. */
export async function putCode(
  sql: Sql,
  c: Pick<Code, "memberId" | "registrationId" | "kind" | "id" | "salt" | "createdAt" | "expiresAt">,
): Promise<void> {
  await sql.query(
    `insert into app.verification_codes (member_id, registration_id, kind, id, salt, attempts, created_at, expires_at)
     values ($1, $2, $3, $4, $5, 0, $6, $7)
     on conflict (member_id, registration_id, kind) do update
        set id = excluded.id, salt = excluded.salt, attempts = 0, created_at = excluded.created_at,
            expires_at = excluded.expires_at, sent_at = null, spent_at = null`,
    [c.memberId, c.registrationId, c.kind, c.id, c.salt, c.createdAt, c.expiresAt],
  );
}

export async function codeFor(
  sql: Sql,
  memberId: string,
  registrationId: string,
  kind: CodeKind,
): Promise<Code | undefined> {
  const { rows } = await sql.query<Row>(
    "select * from app.verification_codes where member_id = $1 and registration_id = $2 and kind = $3",
    [memberId, registrationId, kind],
  );
  return rows[0] && codeOf(rows[0]);
}

/**
 * Counts a try, in one statement: of tries that come together not one more than `most` is let through.
 * @returns the code to compare with; undefined if none is good for a try
 */
export async function countTry(
  sql: Sql,
  { memberId, registrationId, kind }: Pick<Code, "memberId" | "registrationId" | "kind">,
  most: number,
  now: Date,
): Promise<Code | undefined> {
  const { rows } = await sql.query<Row>(
    `update app.verification_codes set attempts = attempts + 1
      where member_id = $1 and registration_id = $2 and kind = $3 and attempts < $4 and expires_at > $5 and spent_at is null
      returning *`,
    [memberId, registrationId, kind, most, now],
  );
  return rows[0] && codeOf(rows[0]);
}

/** Spends a code, once. @returns whether this call was the one */
export async function spendCode(sql: Sql, { memberId, id }: Code, now: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    "update app.verification_codes set spent_at = $3 where member_id = $1 and id = $2 and spent_at is null",
    [memberId, id, now],
  );
  return rowCount === 1;
}

export async function markSent(sql: Sql, { memberId, id }: Code, now: Date): Promise<void> {
  await sql.query("update app.verification_codes set sent_at = $3 where member_id = $1 and id = $2", [
    memberId,
    id,
    now,
  ]);
}

export async function dropCodes(sql: Sql, memberId: string, registrationId: string): Promise<void> {
  await sql.query("delete from app.verification_codes where member_id = $1 and registration_id = $2", [
    memberId,
    registrationId,
  ]);
}
