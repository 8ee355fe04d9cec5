const DAYS_PER_YEAR = 365n;

/**
 * Yearly rate, in basis points, of `rewards` earned on `stake` in `days` days; simple interest, rounded down.
 * Amounts are base units; no stake gives 0.
 */
export function aprBps(rewards: bigint, stake: bigint, days: number): number {
  if (stake <= 0n || days <= 0) return 0;
  return Number((rewards * DAYS_PER_YEAR * 10_000n) / (stake * BigInt(days)));
}
