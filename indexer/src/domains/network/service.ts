import { big } from "../../platform/chain/args.ts";
import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { Store } from "../../platform/chain/store.ts";
import type { Row } from "../../platform/db/tables.ts";

const DAY_SECONDS = 86_400;

/** UTC day of a block, counted from the epoch. */
export const dayOf = (event: ChainEvent) => Math.floor(event.blockTime / DAY_SECONDS);

const none = {
  supply: 0n,
  burned: 0n,
  self_stake: 0n,
  delegated: 0n,
  rewards_credited: 0n,
  members: 0,
  validators: 0,
  active_validators: 0,
  open_positions: 0,
};

/** Changes the network's totals and its series of the day; higher domains add what they know. */
export async function moveNetwork(
  store: Store,
  event: ChainEvent,
  change: (row: Row) => Row,
  day: { rewards?: bigint; burned?: bigint } = {},
): Promise<void> {
  const row: Row = (await store.find("network", { id: 1 })) ?? none;
  const totals = { ...row, ...change(row) };
  await store.put("network", { id: 1 }, totals);
  const today = { day: dayOf(event) };
  const series = await store.find("network_daily", today);
  await store.put("network_daily", today, {
    self_stake: totals.self_stake,
    delegated: totals.delegated,
    rewards: (series ? big(series, "rewards") : 0n) + (day.rewards ?? 0n),
    burned: (series ? big(series, "burned") : 0n) + (day.burned ?? 0n),
  });
}

const DAYS_PER_YEAR = 365n;

/**
 * Yearly rate, in basis points, of `rewards` earned on `stake` in `days` days; simple interest, rounded down.
 * Amounts are base units; no stake gives 0.
 */
export function aprBps(rewards: bigint, stake: bigint, days: number): number {
  if (stake <= 0n || days <= 0) return 0;
  // A rate that no 32-bit answer can hold says nothing; it happens where stake is dust.
  const bps = (rewards * DAYS_PER_YEAR * 10_000n) / (stake * BigInt(days));
  return Number(bps > 1_000_000_000n ? 1_000_000_000n : bps);
}
