import type { MemberTier } from "../identity/service.ts";

/** Reason bits of `ITierEngine.TierStaged`, bit 0 first. */
const reasons = ["STAKE", "KYC", "UPTIME", "SLA", "STANDING", "APPOINTMENT"] as const;
export type TierReason = (typeof reasons)[number];

/** Names of the bits that are set. */
export const reasonsOf = (bits: number): TierReason[] => reasons.filter((_, bit) => (bits >> bit) & 1);

export const changeKinds = ["STAGED", "CHANGED", "CANCELLED"] as const;

export type ShownTier =
  | MemberTier
  | "INACTIVE_VALIDATOR"
  | "PROBATION_VALIDATOR"
  | "SUSPENDED_VALIDATOR"
  | "SLASHED_VALIDATOR";

const WAD = 10n ** 18n;
const PROBATION_POINTS = 3;
const validating: ReadonlySet<string> = new Set([
  "ACTIVE_VALIDATOR",
  "GENESIS_VALIDATOR",
  "ENTERPRISE_VALIDATOR",
  "GOVERNANCE_VALIDATOR",
]);

/** What `shownTier` looks at. */
export interface Standing {
  tier: MemberTier;
  suspended: boolean;
  points: number;
  /** Undefined for who runs no validator. */
  validator: { active: boolean; tombstoned: boolean; jailedUntil: number | null; keep: bigint } | undefined;
}

/** Tier as people read it (seed §1); mirrors `TierEngine.shownTierOf`. */
export function shownTier({ tier, suspended, points, validator }: Standing): ShownTier {
  const jailed = validator?.jailedUntil != null;
  if (validator?.tombstoned || (jailed && validator.keep < WAD)) return "SLASHED_VALIDATOR";
  if (jailed || suspended) return "SUSPENDED_VALIDATOR";
  if (points >= PROBATION_POINTS) return "PROBATION_VALIDATOR";
  if (validating.has(tier) && !validator?.active) return "INACTIVE_VALIDATOR";
  return tier;
}
