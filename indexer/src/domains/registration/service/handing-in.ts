import { type Actor, system } from "../../../platform/access/actor.ts";
import type { MemberActor } from "../../../platform/access/door.ts";
import { tell } from "../../../platform/db/outbox.ts";
import type { Sql } from "../../../platform/db/pool.ts";
import type { ApprovalKind, Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { propose } from "../../approvals/service.ts";
import { noteLetIn } from "../../referrals/service.ts";
import { isListed, requireUnlisted } from "../../screening/service/standing.ts";
import { requireNode } from "../node/standing.ts";
import { runsValidator } from "../repository/mirror.ts";
import { lockRegistration, type Registration } from "../repository/registrations.ts";
import { decide, gaps, needsDecision, type Tier } from "../rules.ts";
import type { Facts } from "./observing.ts";
import { notFound, take } from "./steps.ts";

export const APPROVAL_KIND = "registration.validator";
/** How long an application may wait for the staff. */
const DECISION_MS = 90 * 86_400_000;

/** @throws {Problem} 409 TIER_OUT_OF_REACH listing what lacks */
export function requireReach(tier: Tier, held: { level: number; stake?: bigint }): void {
  const errors = gaps(tier, held);
  if (errors.length > 0) {
    throw new Problem(409, "TIER_OUT_OF_REACH", "this tier asks for more; see what lacks", { errors });
  }
}

async function letIn(sql: Sql, kit: Kit, actor: Actor, r: Registration): Promise<Registration> {
  const moved = await take(sql, kit, actor, r, "approve");
  const detail = { registrationId: r.id, tier: r.tier };
  await noteLetIn(sql, r.memberId, kit.clock());
  await tell(sql, { event: "MemberRegistered", memberId: r.memberId, detail }, kit.clock());
  return moved;
}

/** Hands the registration in: validators wait for the staff, everybody else is let in by what was found out. */
export async function handIn(
  sql: Sql,
  kit: Kit,
  actor: MemberActor,
  r: Registration,
  { kyc, mirrored }: Facts,
): Promise<Registration> {
  const moved = await take(sql, kit, actor, r, "submit");
  requireReach(r.tier, { level: kyc.level, stake: mirrored?.final ?? 0n });
  if (!needsDecision(r.tier)) {
    // In words that tell nobody of a list: whoever is looked at must not learn of it.
    if (await isListed(sql, kit, r.memberId)) {
      throw new Problem(409, "REGISTRATION_HELD", "your registration is being looked at; we write to you");
    }
    return letIn(sql, kit, system, moved);
  }
  if (!(await runsValidator(sql, r.memberId))) {
    throw new Problem(409, "VALIDATOR_NOT_REGISTERED", "register your validator on the chain first");
  }
  const expiresAt = new Date(kit.clock().getTime() + DECISION_MS);
  const proposal = {
    kind: APPROVAL_KIND,
    subjectId: r.memberId,
    detail: { registrationId: r.id, tier: r.tier },
    expiresAt,
  };
  // Handed in again after its stake had gone, it waits in its old place.
  await propose(sql, kit, actor, proposal).catch((error: unknown) => {
    if (!(error instanceof Problem) || error.code !== "APPROVAL_OPEN") throw error;
  });
  return moved;
}

async function applied(sql: Sql, { subjectId, detail }: { subjectId: string; detail: Record<string, unknown> }) {
  const r = await lockRegistration(sql, subjectId, String(detail.registrationId));
  if (!r) throw notFound();
  return r;
}

/** The decision about a validator's application: somebody of the staff who is not the applicant. */
export const validatorApproval: ApprovalKind = {
  verb: decide,
  carryOut: async (sql, kit, approval, actor) => {
    await requireUnlisted(sql, kit, approval.subjectId);
    const r = await applied(sql, approval);
    await requireNode(sql, kit, r);
    await letIn(sql, kit, actor, r);
  },
  dropped: async (sql, kit, approval, actor) => {
    const r = await applied(sql, approval);
    if (r.state === "PENDING_APPROVAL") await take(sql, kit, actor, r, "reject");
  },
};
