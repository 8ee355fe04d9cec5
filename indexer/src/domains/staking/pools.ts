import { big } from "../../platform/chain/args.ts";
import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { Row, Store } from "../../platform/chain/store.ts";

const DAY_SECONDS = 86_400;

/** Change of a validator's stake; base units and numbers of positions. */
export interface StakeMove {
  self?: bigint;
  tokens?: bigint;
  shares?: bigint;
  positions?: number;
}

/** UTC day of a block, counted from the epoch. */
export const dayOf = (event: ChainEvent) => Math.floor(event.blockTime / DAY_SECONDS);

export const emptyNetwork = {
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

/** Changes the network's totals and its series of the day. */
export async function moveNetwork(
  store: Store,
  event: ChainEvent,
  change: (row: Row) => Row,
  day: { rewards?: bigint; burned?: bigint } = {},
): Promise<void> {
  const key = { id: 1 };
  const row: Row = (await store.find("network", key)) ?? emptyNetwork;
  const totals = { ...row, ...change(row) };
  await store.put("network", key, totals);
  const today = { day: dayOf(event) };
  const series = await store.find("network_daily", today);
  await store.put("network_daily", today, {
    self_stake: totals.self_stake,
    delegated: totals.delegated,
    rewards: (series ? big(series, "rewards") : 0n) + (day.rewards ?? 0n),
    burned: (series ? big(series, "burned") : 0n) + (day.burned ?? 0n),
  });
}

/** Changes a validator's stake, the network's totals with it, and both series of the day. */
export async function moveStake(store: Store, event: ChainEvent, validatorId: number, move: StakeMove): Promise<void> {
  const { self = 0n, tokens = 0n, shares = 0n, positions = 0 } = move;
  const key = { validator_id: validatorId };
  const row = await store.change("validators", key, (v) => ({
    self_stake: big(v, "self_stake") + self,
    pool_tokens: big(v, "pool_tokens") + tokens,
    pool_shares: big(v, "pool_shares") + shares,
    total_stake: big(v, "total_stake") + self + tokens,
    position_count: Number(v.position_count) + positions,
  }));
  const today = { validator_id: validatorId, day: dayOf(event) };
  const series = await store.find("validator_daily", today);
  await store.put("validator_daily", today, {
    total_stake: big(row, "total_stake"),
    rewards: series ? big(series, "rewards") : 0n,
  });
  await moveNetwork(store, event, (n) => ({
    self_stake: big(n, "self_stake") + self,
    delegated: big(n, "delegated") + tokens,
    open_positions: Number(n.open_positions) + positions,
  }));
}
