import type { MemberActor } from "../../../platform/access/door.ts";
import type { Sql } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { kycStandingOf } from "../../kyc/service/standing.ts";
import { attestedLevel } from "../repository/mirror.ts";
import type { Registration } from "../repository/registrations.ts";
import type { KycStanding } from "../rules.ts";
import { requireOpen, take } from "./steps.ts";

/**
 * Where a member stands: what the chain attests counts; what officers approved counts once it is there. A case that was
 * refused or taken back counts against an attestation that the chain still holds.
 */
export async function kycStanding(sql: Sql, memberId: string, now: Date): Promise<KycStanding> {
  const level = await attestedLevel(sql, memberId, now);
  const own = await kycStandingOf(sql, memberId);
  if (own.state === "rejected" && own.level === 0) return own;
  if (level > 0) return { state: "approved", level, reapplyAfter: null };
  return own.state === "approved" ? { ...own, state: "review", level: 0 } : { ...own, level: 0 };
}

/** Goes back to the identity check after a refusal. @throws {Problem} 409 KYC_FINAL or REAPPLY_TOO_EARLY */
export function reapply(sql: Sql, kit: Kit, actor: MemberActor, r: Registration): Promise<Registration> {
  const now = kit.clock();
  requireOpen(r, "reapply", now);
  if (!r.reapplyAfter) throw new Problem(409, "KYC_FINAL", "this refusal is final; write to us if it is wrong");
  if (r.reapplyAfter > now) {
    throw new Problem(409, "REAPPLY_TOO_EARLY", `you may try again from ${r.reapplyAfter.toISOString()} on`);
  }
  return take(sql, kit, actor, r, "reapply", { reapplyAfter: null });
}
