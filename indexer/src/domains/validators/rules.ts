const TBURN = 10n ** 18n;

export type Tier = "BASIC_USER" | "CANDIDATE_VALIDATOR" | "ACTIVE_VALIDATOR" | "ENTERPRISE_VALIDATOR";

/** Tier that own stake (base units) and KYC level support; mirrors `TierTable.tierOf` (seed §4). */
export function tierOf(selfStake: bigint, kycLevel: number): Tier {
  if (selfStake >= 500_000n * TBURN && kycLevel >= 3) return "ENTERPRISE_VALIDATOR";
  if (selfStake >= 50_000n * TBURN && kycLevel >= 2) return "ACTIVE_VALIDATOR";
  if (selfStake >= 10_000n * TBURN) return "CANDIDATE_VALIDATOR";
  return "BASIC_USER";
}

/** Highest commission of a tier, basis points. */
const highest: Record<Tier, number> = {
  BASIC_USER: 1500,
  CANDIDATE_VALIDATOR: 1500,
  ACTIVE_VALIDATOR: 1000,
  ENTERPRISE_VALIDATOR: 800,
};

/** Commission in force: what was declared, clamped into the tier's band. */
export const commissionInForce = (declared: number, tier: Tier) => Math.min(declared, highest[tier]);

/** Whether a change of the declared commission only wrote down what a higher tier's band had made of it. */
export const isClamp = (from: number, to: number, tier: Tier) => to === highest[tier] && from > to;

/** Delegated stake that own stake allows, base units; null without limit. */
export function capacityOf(selfStake: bigint, tier: Tier): bigint | null {
  const ratio = { BASIC_USER: 0n, CANDIDATE_VALIDATOR: 10n, ACTIVE_VALIDATOR: 50n, ENTERPRISE_VALIDATOR: null }[tier];
  return ratio === null ? null : selfStake * ratio;
}
