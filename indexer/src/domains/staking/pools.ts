import { big } from "../../platform/chain/args.ts";
import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { Store } from "../../platform/chain/store.ts";
import type { Row } from "../../platform/db/tables.ts";
import { dayOf, type Flow, flowed, hourOf, moveNetwork } from "../network/service.ts";

/** Change of a validator's stake; base units and numbers of positions. */
interface StakeMove extends Flow {
  self?: bigint;
  tokens?: bigint;
  shares?: bigint;
  positions?: number;
}

/** Changes a validator's stake, the network's totals with it, and the series of both. */
export async function moveStake(store: Store, event: ChainEvent, validatorId: number, move: StakeMove): Promise<void> {
  const { self = 0n, tokens = 0n, shares = 0n, positions = 0, ...flow } = move;
  const row = await store.change("validators", { validator_id: validatorId }, (v) => ({
    self_stake: big(v, "self_stake") + self,
    pool_tokens: big(v, "pool_tokens") + tokens,
    pool_shares: big(v, "pool_shares") + shares,
    total_stake: big(v, "total_stake") + self + tokens,
    position_count: Number(v.position_count) + positions,
  }));
  await noteSeries(store, event, validatorId, row, { rewards: 0n, ...flow });
  const totals = (n: Row) => ({
    self_stake: big(n, "self_stake") + self,
    delegated: big(n, "delegated") + tokens,
    open_positions: Number(n.open_positions) + positions,
  });
  await moveNetwork(store, event, totals, flow);
}

/** Writes a validator's stake into its series of the day and the hour, and adds rewards and what came and went. */
export async function noteSeries(
  store: Store,
  event: ChainEvent,
  validatorId: number,
  validator: Row,
  { rewards, ...flow }: { rewards: bigint } & Flow,
): Promise<void> {
  const today = { validator_id: validatorId, day: dayOf(event) };
  const series = await store.find("validator_daily", today);
  await store.put("validator_daily", today, {
    total_stake: big(validator, "total_stake"),
    rewards: (series ? big(series, "rewards") : 0n) + rewards,
  });
  const thisHour = { validator_id: validatorId, hour: hourOf(event) };
  const hourly = await store.find("validator_hourly", thisHour);
  await store.put("validator_hourly", thisHour, {
    total_stake: big(validator, "total_stake"),
    rewards: (hourly ? big(hourly, "rewards") : 0n) + rewards,
    ...flowed(hourly, flow),
  });
}

const empty = {
  del_tokens: 0n,
  del_shares: 0n,
  del_gen: 0,
  self_tokens: 0n,
  self_shares: 0n,
  self_gen: 0,
  redel_tokens: 0n,
  redel_shares: 0n,
  redel_gen: 0,
};

/** Pools of an exit cohort: delegations, own stake, and what was redelegated (virtual). */
export type Bucket = "del" | "self" | "redel";

interface CohortKey {
  validator_id: number;
  day: number;
}

/** Changes an exit cohort, which its first use makes. */
export async function changeCohort(store: Store, key: CohortKey, change: (row: Row) => Row): Promise<Row> {
  const row: Row = (await store.find("cohorts", { ...key })) ?? empty;
  return store.put("cohorts", { ...key }, { ...row, ...change(row) });
}

/** Adds tokens and shares to one pool of an exit cohort, or takes them out. */
export const fillCohort = (store: Store, key: CohortKey, bucket: Bucket, tokens: bigint, shares: bigint) =>
  changeCohort(store, key, (row) => ({
    [`${bucket}_tokens`]: big(row, `${bucket}_tokens`) + tokens,
    [`${bucket}_shares`]: big(row, `${bucket}_shares`) + shares,
  }));
