import type { Sql } from "../../../platform/db/pool.ts";
import type { State } from "../rules.ts";

export interface CaseStep {
  at: Date;
  state: State;
  actorId: string | null;
  reason: string | null;
}

interface Owner {
  memberId: string;
  id: string;
}

/** Adds a step; whoever calls it has locked or just made the case. */
export async function insertStep(sql: Sql, { memberId, id }: Owner, step: CaseStep): Promise<void> {
  await sql.query(
    `insert into app.kyc_steps (member_id, case_id, number, at, state, actor_id, reason)
     select $1::uuid, $2::uuid, coalesce(max(number), 0) + 1, $3::timestamptz, $4::text, $5::uuid, $6::text
       from app.kyc_steps where member_id = $1 and case_id = $2`,
    [memberId, id, step.at, step.state, step.actorId, step.reason],
  );
}

export async function stepsOf(sql: Sql, { memberId, id }: Owner): Promise<CaseStep[]> {
  const { rows } = await sql.query<CaseStep>(
    `select at, state, actor_id as "actorId", reason from app.kyc_steps
      where member_id = $1 and case_id = $2 order by number`,
    [memberId, id],
  );
  return rows;
}

export type RemarkKind = "comment" | "note";
export interface Remark {
  id: string;
  at: Date;
  authorId: string;
  kind: RemarkKind;
  sealed: Buffer;
}

export async function insertRemark(sql: Sql, { memberId, id }: Owner, remark: Remark): Promise<void> {
  await sql.query(
    `insert into app.kyc_remarks (member_id, id, case_id, at, author_id, kind, sealed)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [memberId, remark.id, id, remark.at, remark.authorId, remark.kind, remark.sealed],
  );
}

export async function remarksOf(sql: Sql, { memberId, id }: Owner, kinds: RemarkKind[]): Promise<Remark[]> {
  const { rows } = await sql.query<Remark>(
    `select id, at, author_id as "authorId", kind, sealed from app.kyc_remarks
      where member_id = $1 and case_id = $2 and kind = any($3) order by at, id`,
    [memberId, id, kinds],
  );
  return rows;
}
