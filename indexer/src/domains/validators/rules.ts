import type { MemberTier } from "../identity/service.ts";

/** What a tier allows (seed §4); mirrors `TierTable.terms`. Tiers below candidate hold a commission and take nothing. */
export interface Terms {
  /** Lowest and highest commission, basis points. */
  lowest: number;
  highest: number;
  /** Delegated stake allowed per token of own stake; null without limit. */
  capRatio: bigint | null;
  /** Delegations allowed at once; null without limit. */
  maxPositions: number | null;
}

const active: Terms = { lowest: 300, highest: 1_000, capRatio: 50n, maxPositions: null };
const none: Terms = { lowest: 500, highest: 1_500, capRatio: 0n, maxPositions: 0 };
export const terms: Record<MemberTier, Terms> = {
  BASIC_USER: none,
  DELEGATED_STAKER: none,
  CANDIDATE_VALIDATOR: { lowest: 500, highest: 1_500, capRatio: 10n, maxPositions: 100 },
  ACTIVE_VALIDATOR: active,
  GENESIS_VALIDATOR: active,
  ENTERPRISE_VALIDATOR: { lowest: 100, highest: 800, capRatio: null, maxPositions: null },
  GOVERNANCE_VALIDATOR: active,
};

/** Commission in force: what was declared, clamped into the tier's band. */
export const commissionInForce = (declared: number, tier: MemberTier) => Math.min(declared, terms[tier].highest);

/** Whether a change of the declared commission only wrote down what a higher tier's band had made of it. */
export const isClamp = (from: number, to: number, tier: MemberTier) => to === terms[tier].highest && from > to;

/** Delegated stake that own stake allows, base units; null without limit. */
export function capacityOf(selfStake: bigint, tier: MemberTier): bigint | null {
  const { capRatio } = terms[tier];
  return capRatio === null ? null : selfStake * capRatio;
}
