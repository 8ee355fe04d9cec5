import type { MemberActor } from "../../../platform/access/door.ts";
import type { Sql } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { kycStandingOf } from "../../kyc/service/standing.ts";
import { attestedLevel } from "../repository/mirror.ts";
import type { Registration } from "../repository/registrations.ts";
import { type KycStanding, standingOf } from "../rules.ts";
import { requireOpen, take } from "./steps.ts";

/** Where a member stands with its identity: by the checks made here, and by what other attesters said on the chain. */
export async function identityStanding(sql: Sql, memberId: string, now: Date): Promise<KycStanding> {
  return standingOf(await kycStandingOf(sql, memberId), await attestedLevel(sql, memberId, now));
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
