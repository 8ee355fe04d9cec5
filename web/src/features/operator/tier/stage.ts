/** Tiers by the number that contracts use (`MemberTier`). */
export type TierNumber = number;

/** What decides where a member's tier is going. Times are unix seconds; 0 where there is none. */
export interface Grade {
  tier: TierNumber;
  /** Highest tier that the facts support now. */
  supported: TierNumber;
  staged: TierNumber;
  effectiveAt: number;
  /** Before then no promotion is staged. */
  restsUntil: number;
  /** Penalty points bar promotions. */
  isOnProbation: boolean;
}

/**
 * - settled: the tier is what the facts support.
 * - open: evaluation would announce a change.
 * - waiting, ripe: a change is announced, and its grace runs or is over.
 * - void: a change is announced, but the facts support the present tier again.
 * - resting, barred: the facts support more, but the last change is too recent, or there are too many penalty points.
 */
export type Stage =
  | { kind: "settled" }
  | { kind: "open" | "ripe" | "void"; to: TierNumber }
  | { kind: "waiting"; to: TierNumber; at: number }
  | { kind: "resting"; until: number }
  | { kind: "barred" };

/** Where the member's tier stands on its way to what the facts support. */
export function stageOf(
  { tier, supported, staged, effectiveAt, restsUntil, isOnProbation }: Grade,
  now: number,
): Stage {
  if (effectiveAt !== 0) {
    if (supported === tier) return { kind: "void", to: tier };
    if (now < effectiveAt) return { kind: "waiting", to: staged, at: effectiveAt };
    // A promotion never reaches above what was announced; a demotion goes to what the facts support.
    return { kind: "ripe", to: staged > tier ? Math.min(staged, supported) : supported };
  }
  if (supported === tier) return { kind: "settled" };
  if (supported < tier) return { kind: "open", to: supported };
  if (isOnProbation) return { kind: "barred" };
  return now < restsUntil ? { kind: "resting", until: restsUntil } : { kind: "open", to: supported };
}

const LADDER: readonly TierNumber[] = [1, 2, 3, 5];

/** The next tier that a member can reach without being appointed; undefined at the top. */
export const nextTier = (tier: TierNumber) => LADDER.find((one) => one > tier);
