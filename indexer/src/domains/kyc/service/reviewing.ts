import { randomUUID } from "node:crypto";
import type { Actor } from "../../../platform/access/actor.ts";
import { permit } from "../../../platform/access/decide.ts";
import type { MemberActor } from "../../../platform/access/door.ts";
import { type Sql, transaction } from "../../../platform/db/pool.ts";
import type { ApprovalKind, Kit, Proposal } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { propose } from "../../approvals/service.ts";
import { askScreening } from "../../screening/service/screening.ts";
import { requireCleared } from "../../screening/service/standing.ts";
import { decideCases, readCases, workCases } from "../access.ts";
import type { KycCase } from "../repository/cases.ts";
import { documentsOf, readBy } from "../repository/documents.ts";
import { insertRemark, type RemarkKind } from "../repository/history.ts";
import { listCases, type QueuedCase, releaseLease, takeLease, takeNext } from "../repository/queue.ts";
import { LEASE_MS, mayRecommend, type Rejection, reapplyAfter, type State } from "../rules.ts";
import { ATTEST_QUEUE } from "./attesting.ts";
import { caseMoved, lockedCase, move } from "./moving.ts";

export const DECISION = "kyc.decision";
const MOST = 200;

/** Cases in some states, the longest waiting first; nobody's name is among it. */
export function queue(kit: Kit, actor: Actor, states: readonly State[]): Promise<QueuedCase[]> {
  permit(actor, readCases, kit.clock());
  return listCases(kit.pool, states, MOST);
}

const leaseOf = (kit: Kit, actor: MemberActor) => {
  const now = kit.clock();
  return { officerId: actor.memberId, now, until: new Date(now.getTime() + LEASE_MS) };
};

/**
 * Takes a case for twenty minutes, or renews that.
 * @returns until when
 * @throws {Problem} 409 KYC_LEASE_HELD if another officer has it, or it is not in review
 */
export async function takeCase(kit: Kit, actor: MemberActor, id: string): Promise<Date> {
  const lease = leaseOf(kit, actor);
  permit(actor, workCases, lease.now);
  if (!(await takeLease(kit.pool, id, lease))) {
    throw new Problem(409, "KYC_LEASE_HELD", "another officer has this case, or there is nothing to review in it");
  }
  return lease.until;
}

/** Takes the case that waits longest; undefined if none does. */
export async function takeNextCase(kit: Kit, actor: MemberActor): Promise<string | undefined> {
  const lease = leaseOf(kit, actor);
  permit(actor, workCases, lease.now);
  return takeNext(kit.pool, lease);
}

/** Gives a case back. @throws {Problem} 409 KYC_LEASE_LOST if the officer does not have it */
export async function releaseCase(kit: Kit, actor: MemberActor, id: string): Promise<void> {
  permit(actor, workCases, kit.clock());
  if (!(await releaseLease(kit.pool, id, actor.memberId))) throw leaseLost();
}

const leaseLost = () => new Problem(409, "KYC_LEASE_LOST", "your time with this case is over; take it again");
const ownCase = () => new Problem(403, "KYC_OWN_CASE", "the case is your own; another officer must look at it");

export interface Recommendation {
  outcome: "approve" | "reject";
  /** Why, if it is to be rejected. */
  reason: Rejection | null;
  /** For the member. */
  comment: string;
  /** Never shown to the member. */
  note: string;
}

/** Writes what an officer says, sealed: comments are the member's data, notes are records of money laundering law. */
async function remark(sql: Sql, kit: Kit, one: KycCase, author: string, kind: RemarkKind, text: string): Promise<void> {
  if (text === "") return;
  const id = randomUUID();
  const place = { table: "app.kyc_remarks", column: kind, memberId: one.memberId, rowId: id };
  const sealed = await kit.seals.seal(kind === "comment" ? "profile" : "aml_hold", place, text);
  await insertRemark(sql, one, { id, at: kit.clock(), authorId: author, kind, sealed });
}

/**
 * Recommends what another officer then decides.
 * @returns the proposal's id
 * @throws {Problem} 403 KYC_OWN_CASE; 409 KYC_LEASE_LOST, KYC_CASE_MOVED, or KYC_PROVIDER_DISAGREES for approving what
 * the provider has not, and what screening says: SANCTIONS_HIT, SCREENING_OPEN, SCREENING_DUE
 */
export async function recommend(
  kit: Kit,
  actor: MemberActor,
  id: string,
  { outcome, reason, comment, note }: Recommendation,
  requestId: string,
): Promise<string> {
  const at = kit.clock();
  permit(actor, workCases, at);
  return transaction(kit.pool, async (sql) => {
    const one = await lockedCase(sql, id);
    if (one.memberId === actor.memberId) throw ownCase();
    if (one.state !== "review") throw caseMoved(one.state);
    if (one.leaseBy !== actor.memberId || !one.leaseUntil || one.leaseUntil <= at) throw leaseLost();
    if (!mayRecommend(outcome, one.answer)) {
      throw new Problem(409, "KYC_PROVIDER_DISAGREES", `the provider's answer is ${one.answer}; it cannot be approved`);
    }
    if (outcome === "approve") await requireCleared(sql, kit, one.memberId, one.submittedAt);
    await remark(sql, kit, one, actor.memberId, "comment", comment);
    await remark(sql, kit, one, actor.memberId, "note", note);
    const detail = { caseId: id, outcome, level: one.level, reason };
    const { approvalId } = await propose(sql, kit, actor, { kind: DECISION, subjectId: one.memberId, detail });
    const changes = { leaseBy: null, leaseUntil: null, recommendedBy: actor.memberId, approvalId };
    await move(sql, kit, one, { to: "recommended", actor, requestId, changes });
    return approvalId;
  });
}

/** Whoever approves has opened every document. @throws {Problem} 409 KYC_DOCUMENTS_UNREAD */
async function requireRead(sql: Sql, one: KycCase, readerId: string): Promise<void> {
  const [all, read] = [await documentsOf(sql, one.memberId, one.id), await readBy(sql, one.memberId, one.id, readerId)];
  const unread = all.filter(({ id, sha256 }) => sha256 !== null && !read.has(id));
  if (unread.length > 0) {
    throw new Problem(409, "KYC_DOCUMENTS_UNREAD", `open every document first; ${unread.length} are left`);
  }
}

async function carryOut(sql: Sql, kit: Kit, approval: Proposal & { id: string }, actor: Actor): Promise<void> {
  const { caseId, outcome, reason } = approval.detail;
  const one = await lockedCase(sql, String(caseId));
  const decider = actor.memberId ?? "";
  if (one.memberId === decider) throw ownCase();
  if (one.state !== "recommended" || one.approvalId !== approval.id) throw caseMoved(one.state);
  if (outcome === "reject") {
    const because = reason as Rejection;
    const changes = { reason: because, reapplyAfter: reapplyAfter(because, kit.clock()), approvedBy: decider };
    await move(sql, kit, one, { to: "rejected", actor, changes });
    return;
  }
  await requireRead(sql, one, decider);
  await requireCleared(sql, kit, one.memberId, one.submittedAt);
  await move(sql, kit, one, { to: "approved", actor, changes: { approvedBy: decider } });
  await kit.jobs.send(sql, ATTEST_QUEUE, { caseId: one.id });
  await askScreening(sql, kit, one.memberId, "approved");
}

async function dropped(sql: Sql, kit: Kit, approval: Proposal & { id: string }, actor: Actor): Promise<void> {
  const one = await lockedCase(sql, String(approval.detail.caseId));
  if (one.state !== "recommended" || one.approvalId !== approval.id) return;
  await move(sql, kit, one, { to: "review", actor, changes: { recommendedBy: null, approvalId: null } });
}

/** The decision by a second officer. */
export const decision: ApprovalKind = { verb: decideCases, carryOut, dropped };
