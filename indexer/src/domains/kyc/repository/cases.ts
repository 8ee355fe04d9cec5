import { RINGS } from "../../../platform/db/outbox.ts";
import type { Sql } from "../../../platform/db/pool.ts";
import type { Answer, Level, Rejection, Revocation, State } from "../rules.ts";

export interface KycCase {
  memberId: string;
  id: string;
  level: Level;
  state: State;
  createdAt: Date;
  stateAt: Date;
  submittedAt: Date | null;
  provider: string;
  providerRef: string | null;
  sessionSealed: Buffer | null;
  answer: Answer;
  answerAt: Date | null;
  findingsSealed: Buffer | null;
  reason: Rejection | Revocation | null;
  reapplyAfter: Date | null;
  leaseBy: string | null;
  leaseUntil: Date | null;
  recommendedBy: string | null;
  approvedBy: string | null;
  approvalId: string | null;
}

const columns = `member_id as "memberId", id, level, state, created_at as "createdAt", state_at as "stateAt",
  submitted_at as "submittedAt", provider, provider_ref as "providerRef", session_sealed as "sessionSealed", answer,
  answer_at as "answerAt", findings_sealed as "findingsSealed", reason, reapply_after as "reapplyAfter",
  lease_by as "leaseBy", lease_until as "leaseUntil", recommended_by as "recommendedBy", approved_by as "approvedBy",
  approval_id as "approvalId"`;

/** @returns false if the member has an open case already */
export async function insertCase(
  sql: Sql,
  one: Pick<KycCase, "memberId" | "id" | "level" | "provider" | "createdAt">,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into app.kyc_cases (member_id, id, level, state, created_at, state_at, provider, answer)
     values ($1, $2, $3, 'pending', $4, $4, $5, 'none') on conflict do nothing ${RINGS}`,
    [one.memberId, one.id, one.level, one.createdAt, one.provider],
  );
  return rowCount === 1;
}

/** The member's cases, the newest first. */
export async function casesOf(sql: Sql, memberId: string): Promise<KycCase[]> {
  const { rows } = await sql.query<KycCase>(
    `select ${columns} from app.kyc_cases where member_id = $1 order by created_at desc, id desc`,
    [memberId],
  );
  return rows;
}

export async function caseOf(sql: Sql, id: string): Promise<KycCase | undefined> {
  const { rows } = await sql.query<KycCase>(`select ${columns} from app.kyc_cases where id = $1`, [id]);
  return rows[0];
}

/** A case, locked to the end of the transaction. */
export async function lockCase(sql: Sql, id: string): Promise<KycCase | undefined> {
  const { rows } = await sql.query<KycCase>(`select ${columns} from app.kyc_cases where id = $1 for update`, [id]);
  return rows[0];
}

export async function caseByRef(sql: Sql, provider: string, ref: string): Promise<KycCase | undefined> {
  const { rows } = await sql.query<KycCase>(
    `select ${columns} from app.kyc_cases where provider = $1 and provider_ref = $2`,
    [provider, ref],
  );
  return rows[0];
}

/** Writes what may change of a locked case. */
export async function saveCase(sql: Sql, one: KycCase): Promise<void> {
  await sql.query(
    `update app.kyc_cases set state = $3, state_at = $4, submitted_at = $5, provider_ref = $6, session_sealed = $7,
       answer = $8, answer_at = $9, findings_sealed = $10, reason = $11, reapply_after = $12, lease_by = $13,
       lease_until = $14, recommended_by = $15, approved_by = $16, approval_id = $17
     where member_id = $1 and id = $2 ${RINGS}`,
    [
      ...[one.memberId, one.id, one.state, one.stateAt, one.submittedAt, one.providerRef, one.sessionSealed],
      ...[one.answer, one.answerAt, one.findingsSealed, one.reason, one.reapplyAfter, one.leaseBy, one.leaseUntil],
      ...[one.recommendedBy, one.approvedBy, one.approvalId],
    ],
  );
}

/** Ids of cases that have been in `state` since before `before`, the oldest first. */
export async function idsSince(sql: Sql, state: State, before: Date, limit: number): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    "select id from app.kyc_cases where state = $1 and state_at <= $2 order by state_at limit $3",
    [state, before, limit],
  );
  return rows.map(({ id }) => id);
}

/** Cases that wait for the provider's word since before `before`, the oldest first. */
export async function unansweredSince(
  sql: Sql,
  before: Date,
  limit: number,
): Promise<{ provider: string; ref: string }[]> {
  const { rows } = await sql.query<{ provider: string; ref: string }>(
    `select provider, provider_ref as ref from app.kyc_cases
      where state = 'review' and answer = 'waiting' and state_at <= $1 order by state_at limit $2`,
    [before, limit],
  );
  return rows;
}

/** Removes the cases of a member that is erased; what law makes us keep stays, sealed. */
export async function dropPersonalOfCases(sql: Sql, memberId: string): Promise<void> {
  await sql.query("update app.kyc_cases set session_sealed = null where member_id = $1", [memberId]);
  await sql.query("delete from app.kyc_remarks where member_id = $1 and kind = 'comment'", [memberId]);
  await sql.query("delete from app.kyc_readings where member_id = $1", [memberId]);
}
