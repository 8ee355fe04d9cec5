import type { Sql } from "../../../platform/db/pool.ts";

export interface AppealStatement {
  memberId: string;
  suspensionId: number;
  intentId: string;
  hash: string;
  sealed: Buffer;
  at: Date;
}

/**
 * Keeps a statement in the place of one whose intent came to nothing. One at a time per suspension: whether the other's
 * intent is there is seen by a statement that begins after the other's transaction has ended.
 * @returns false if another one is on its way or on the chain
 */
export async function keepStatement(sql: Sql, s: AppealStatement): Promise<boolean> {
  await sql.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`appeal|${s.suspensionId}`]);
  const { rowCount } = await sql.query(
    `insert into app.appeal_statements as a (member_id, suspension_id, intent_id, statement_hash, sealed, at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (member_id, suspension_id) do update
        set intent_id = excluded.intent_id, statement_hash = excluded.statement_hash, sealed = excluded.sealed,
            at = excluded.at
      where not exists (select 1 from app.tx_intents i
                         where i.member_id = a.member_id and i.id = a.intent_id and i.state <> 'EXPIRED')`,
    [s.memberId, s.suspensionId, s.intentId, s.hash, s.sealed, s.at],
  );
  return rowCount === 1;
}

/** The statement about a suspension, whoever wrote it. */
export async function statementAbout(sql: Sql, suspensionId: number): Promise<AppealStatement | undefined> {
  const { rows } = await sql.query<Omit<AppealStatement, "suspensionId"> & Record<string, unknown>>(
    `select member_id as "memberId", intent_id as "intentId", statement_hash as hash, sealed, at
       from app.appeal_statements where suspension_id = $1 order by at desc limit 1`,
    [suspensionId],
  );
  return rows[0] && { ...rows[0], suspensionId };
}
