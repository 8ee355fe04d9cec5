import type { MemberTier } from "../identity/service.ts";

/** What a tier allows (seed §4); mirrors `TierTable.terms`. Tiers below candidate hold a commission and take nothing. */
interface Terms {
  /** Highest commission, basis points. */
  highest: number;
  /** Delegated stake allowed per token of own stake; null without limit. */
  capRatio: bigint | null;
}

const active: Terms = { highest: 1_000, capRatio: 50n };
const none: Terms = { highest: 1_500, capRatio: 0n };
const terms: Record<MemberTier, Terms> = {
  BASIC_USER: none,
  DELEGATED_STAKER: none,
  CANDIDATE_VALIDATOR: { highest: 1_500, capRatio: 10n },
  ACTIVE_VALIDATOR: active,
  GENESIS_VALIDATOR: active,
  ENTERPRISE_VALIDATOR: { highest: 800, capRatio: null },
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
