import type { AccessRules, Verb } from "../../platform/access/decide.ts";

export const seeApprovals: Verb = { name: "approvals.see", may: ["admin", "auditor"] };
/** Whether this person may decide this kind is asked of the kind's own verb, too. */
export const decideApprovals: Verb = { name: "approvals.decide", may: ["admin"], stepUp: true };
export const withdrawApprovals: Verb = { name: "approvals.withdraw", may: ["admin"] };

export const access: AccessRules = { verbs: [seeApprovals, decideApprovals, withdrawApprovals] };

/** A proposal that nobody decides ends by itself. */
export const OPEN_MS = 24 * 3_600_000;

export type Outcome = "approved" | "rejected" | "withdrawn" | "expired";

/** Why a decision cannot be taken now; undefined if it can. */
export function refusalOf(
  proposal: { proposedBy: string; expiresAt: Date; outcome: Outcome | null },
  decider: string,
  now: Date,
): "DECIDED" | "EXPIRED" | "SELF" | undefined {
  if (proposal.outcome !== null) return "DECIDED";
  if (proposal.expiresAt <= now) return "EXPIRED";
  return proposal.proposedBy === decider ? "SELF" : undefined;
}
