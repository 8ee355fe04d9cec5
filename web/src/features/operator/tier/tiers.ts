const UNIT = 10n ** 18n;

export type TierName = "none" | "candidate" | "active" | "enterprise";

export interface Tier {
  name: TierName;
  selfStake: bigint;
  kyc: 0 | 1 | 2 | 3;
  minBps: number;
  maxBps: number;
}

/** What each tier asks for and allows. Told here to plan ahead; the contract decides (`TierTable.sol`). */
export const tiers: readonly Tier[] = [
  { name: "candidate", selfStake: 10_000n * UNIT, kyc: 2, minBps: 500, maxBps: 1_500 },
  { name: "active", selfStake: 50_000n * UNIT, kyc: 2, minBps: 300, maxBps: 1_000 },
  { name: "enterprise", selfStake: 500_000n * UNIT, kyc: 3, minBps: 100, maxBps: 800 },
];

/** By the number that the registry answers. */
export function tierOf(number: number): TierName {
  if (number === 5) return "enterprise";
  if (number === 3 || number === 4) return "active";
  return number === 2 ? "candidate" : "none";
}

/** Commissions that a tier may ask for; one without a tier is held to a candidate's. */
export function bandOf(name: TierName): { minBps: number; maxBps: number } {
  return tiers.find((tier) => tier.name === name) ?? { minBps: 500, maxBps: 1_500 };
}

/** Largest rise per declaration. */
export const MAX_STEP_BPS = 300;
