import type { Sql } from "../../../platform/db/pool.ts";
import { casesOf } from "../repository/cases.ts";
import type { State } from "../rules.ts";

export interface KycStanding {
  state: "none" | "pending" | "review" | "approved" | "rejected";
  /** What is approved and in force off the chain; 0 is nothing. The chain's own level follows from the attestation. */
  level: number;
  /** Before this a rejected member may not come again. */
  reapplyAfter: Date | null;
}

const shown: Record<State, KycStanding["state"]> = {
  pending: "pending",
  review: "review",
  recommended: "review",
  approved: "approved",
  rejected: "rejected",
  revoked: "rejected",
  expired: "none",
};

/** Where a member stands with its identity: by its newest case, and by the highest level that is approved. */
export async function kycStandingOf(sql: Sql, memberId: string): Promise<KycStanding> {
  const cases = await casesOf(sql, memberId);
  const approved = cases.filter(({ state }) => state === "approved").map(({ level }) => level);
  const [newest] = cases;
  return {
    state: newest ? shown[newest.state] : "none",
    level: Math.max(0, ...approved),
    reapplyAfter: newest?.reapplyAfter ?? null,
  };
}
