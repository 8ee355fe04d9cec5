import { big } from "../../platform/chain/args.ts";
import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { Store } from "../../platform/chain/store.ts";
import type { Row } from "../../platform/db/tables.ts";

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;

/** UTC day of a block, counted from the epoch. */
export const dayOf = (event: ChainEvent) => Math.floor(event.blockTime / DAY_SECONDS);

/** Hour of a block, counted from the epoch. */
export const hourOf = (event: ChainEvent) => Math.floor(event.blockTime / HOUR_SECONDS);

/** Delegations that come and go, base units. A move from one validator to another does both. */
export interface Flow {
  joined?: bigint;
  left?: bigint;
}

/** What an hour's row tells of delegations once `flow` is added. @param row As it was; undefined if it is the first. */
export const flowed = (row: Row | undefined, { joined, left }: Flow): Row => ({
  delegations: Number(row?.delegations ?? 0) + (joined === undefined ? 0 : 1),
  delegated_in: (row ? big(row, "delegated_in") : 0n) + (joined ?? 0n),
  exits: Number(row?.exits ?? 0) + (left === undefined ? 0 : 1),
  delegated_out: (row ? big(row, "delegated_out") : 0n) + (left ?? 0n),
});

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

/** Changes the network's totals and its series of the day and the hour; higher domains add what they know. */
export async function moveNetwork(
  store: Store,
  event: ChainEvent,
  change: (row: Row) => Row,
  { rewards = 0n, burned = 0n, ...flow }: { rewards?: bigint; burned?: bigint } & Flow = {},
): Promise<void> {
  const row: Row = (await store.find("network", { id: 1 })) ?? none;
  const totals = { ...row, ...change(row) };
  await store.put("network", { id: 1 }, totals);
  const today = { day: dayOf(event) };
  const series = await store.find("network_daily", today);
  await store.put("network_daily", today, {
    self_stake: totals.self_stake,
    delegated: totals.delegated,
    rewards: (series ? big(series, "rewards") : 0n) + rewards,
    burned: (series ? big(series, "burned") : 0n) + burned,
  });
  const thisHour = { hour: hourOf(event) };
  const hourly = await store.find("network_hourly", thisHour);
  await store.put("network_hourly", thisHour, {
    self_stake: totals.self_stake,
    delegated: totals.delegated,
    rewards: (hourly ? big(hourly, "rewards") : 0n) + rewards,
    ...flowed(hourly, flow),
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
