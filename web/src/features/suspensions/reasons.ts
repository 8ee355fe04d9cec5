/** In the order of `ISuspensionManager.Reason`. */
export const reasons = [
  "POOR_PERFORMANCE",
  "SECURITY_VIOLATION",
  "CONSENSUS_ATTACK",
  "KYC_VIOLATION",
  "TERMS_OF_SERVICE",
  "COURT_ORDER",
  "EMERGENCY",
] as const;
export type Reason = (typeof reasons)[number];

/** In the order of `ISuspensionManager.State`. */
export const states = ["NONE", "IMPOSED", "APPEALED", "UPHELD", "REDUCED", "OVERTURNED", "ENDED"] as const;
export type State = (typeof states)[number];

/** In the order of `ISuspensionManager.Verdict`, which is not that of slashing cases. */
export const verdicts = ["UPHOLD", "OVERTURN", "REDUCE"] as const;
export type Verdict = (typeof verdicts)[number];

/** What may keep a member from being restored, by the bits of `checklistOf`. */
export const checks = ["term", "frozen", "kyc", "case"] as const;

export const failedChecks = (bits: bigint) => checks.filter((_, bit) => (bits & (1n << BigInt(bit))) !== 0n);
