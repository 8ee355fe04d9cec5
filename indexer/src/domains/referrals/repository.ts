import type { Sql } from "../../platform/db/pool.ts";

export interface Standing {
  code: string | null;
  /** Who came by the code and was let in, and who has not been yet. */
  letIn: number;
  waiting: number;
}

/** Keeps a member's row to the end of the transaction, so that nobody is let in while a code of theirs is looked at. */
export async function lockReferral(sql: Sql, memberId: string): Promise<{ isLetIn: boolean }> {
  await sql.query("insert into app.referrals (member_id) values ($1) on conflict do nothing", [memberId]);
  const { rows } = await sql.query<{ let_in: boolean }>(
    `select let_in_at is not null as let_in from app.referrals where member_id = $1 for update`,
    [memberId],
  );
  return { isLetIn: rows[0]?.let_in === true };
}

/** Whose code it is; undefined if nobody's. */
export async function ownerOf(sql: Sql, code: string): Promise<string | undefined> {
  const { rows } = await sql.query<{ member_id: string }>("select member_id from app.referrals where code = $1", [
    code,
  ]);
  return rows[0]?.member_id;
}

export async function putReferrer(sql: Sql, memberId: string, referrerId: string, at: Date): Promise<void> {
  await sql.query("update app.referrals set referrer_id = $2, referred_at = $3 where member_id = $1", [
    memberId,
    referrerId,
    at,
  ]);
}

/** The first day and the first code stay. */
export async function putLetIn(sql: Sql, memberId: string, code: string, at: Date): Promise<void> {
  await sql.query(
    `insert into app.referrals as r (member_id, let_in_at, code) values ($1, $2, $3)
     on conflict (member_id) do update set let_in_at = excluded.let_in_at, code = excluded.code where r.code is null`,
    [memberId, at, code],
  );
}

/** A member's code, and how many came by it. */
export async function standingOf(sql: Sql, memberId: string): Promise<Standing> {
  const { rows } = await sql.query<{ code: string }>("select code from app.referrals where member_id = $1", [memberId]);
  const { rows: counted } = await sql.query<{ let_in: string; waiting: string }>(
    `select count(let_in_at) as let_in, count(*) - count(let_in_at) as waiting
       from app.referrals where referrer_id = $1`,
    [memberId],
  );
  const [count] = counted;
  return { code: rows[0]?.code ?? null, letIn: Number(count?.let_in ?? 0), waiting: Number(count?.waiting ?? 0) };
}

/** Forgets a member: its code, who invited it, and that it invited others. */
export async function forgetReferral(sql: Sql, memberId: string): Promise<void> {
  await sql.query("delete from app.referrals where member_id = $1", [memberId]);
  await sql.query("update app.referrals set referrer_id = null, referred_at = null where referrer_id = $1", [memberId]);
}
