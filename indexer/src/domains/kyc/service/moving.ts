import type { Actor } from "../../../platform/access/actor.ts";
import { tell } from "../../../platform/db/outbox.ts";
import type { Sql } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { type KycCase, lockCase, saveCase } from "../repository/cases.ts";
import { insertStep } from "../repository/history.ts";
import { canMove, type State } from "../rules.ts";

/** What members and services are told of; the other moves are between officers. */
const events: Partial<Record<State, string>> = {
  review: "KycSubmitted",
  approved: "KycApproved",
  rejected: "KycRejected",
  expired: "KycExpired",
  revoked: "KycRevoked",
};

interface Move {
  to: State;
  actor: Actor;
  requestId?: string | undefined;
  changes?: Partial<KycCase>;
}

export const noCase = () => new Problem(404, "KYC_CASE_NOT_FOUND", "there is no such case");
export const caseMoved = (state: State) =>
  new Problem(409, "KYC_CASE_MOVED", `the case is ${state} by now; look at it again`);

/** A case, locked to the end of the transaction. @throws {Problem} 404 KYC_CASE_NOT_FOUND */
export async function lockedCase(sql: Sql, id: string): Promise<KycCase> {
  const found = await lockCase(sql, id);
  if (!found) throw noCase();
  return found;
}

/**
 * Takes a locked case to another state, with its entry in history and audit trail, and tells it.
 * @throws {Problem} 409 KYC_CASE_MOVED if the case cannot go there
 */
export async function move(
  sql: Sql,
  kit: Kit,
  one: KycCase,
  { to, actor, requestId, changes }: Move,
): Promise<KycCase> {
  if (!canMove(one.state, to)) throw caseMoved(one.state);
  const at = kit.clock();
  const moved: KycCase = { ...one, ...changes, state: to, stateAt: at };
  await saveCase(sql, moved);
  const reason = moved.reason === one.reason ? null : moved.reason;
  await insertStep(sql, one, { at, state: to, actorId: actor.memberId ?? null, reason });
  const act = {
    action: `kyc.case.${to}`,
    subjectId: one.memberId,
    detail: { caseId: one.id, from: one.state, reason },
  };
  await kit.audit.append(sql, actor, { ...act, ...(requestId && { requestId }) }, at);
  const event = to === "review" && one.state !== "pending" ? undefined : events[to];
  if (event) {
    const detail = { caseId: one.id, level: one.level, ...(to === "approved" && { approvedBy: moved.approvedBy }) };
    await tell(sql, { event, memberId: one.memberId, detail }, at);
  }
  return moved;
}
