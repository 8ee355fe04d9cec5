/** Fixed point of reward accumulators: 1e27 per share. */
const RAY = 10n ** 27n;

/** Tokens owned in proportion to shares; base units. */
export interface Pool {
  tokens: bigint;
  shares: bigint;
  gen: number;
}

/** Tokens behind `shares` of generation `gen`; the last holder sweeps what rounding left (protocol §3). */
export function tokensBehind(pool: Pool, shares: bigint, gen: number): bigint {
  if (pool.gen !== gen || shares === 0n || pool.shares === 0n) return 0n;
  return shares === pool.shares ? pool.tokens : (shares * pool.tokens) / pool.shares;
}

/** Rewards of `shares` between two accumulators, rounded down (protocol §3). */
export function earned(shares: bigint, accumulator: bigint, paid: bigint): bigint {
  return (shares * (accumulator - paid)) / RAY;
}

/** What a lien owes: the redelegated tokens less what the source's cohort has kept of them (protocol §3). */
export function owed(lien: { base: bigint; redelShares: bigint; gen: number }, redel: Pool): bigint {
  const kept = tokensBehind(redel, lien.redelShares, lien.gen);
  return kept >= lien.base ? 0n : lien.base - kept;
}

/** When the exit cohort `day` matures, unix seconds; mirrors `StakingLedger._todaysCohort`. */
export const maturityOf = (day: number, windows: { cohort: number; unbonding: number }): number =>
  (day + 1) * windows.cohort + windows.unbonding;
