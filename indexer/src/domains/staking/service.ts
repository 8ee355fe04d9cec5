import { big } from "../../platform/chain/args.ts";
import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { Store } from "../../platform/chain/store.ts";
import type { Row } from "../../platform/db/tables.ts";
import { noteSeries } from "./pools.ts";
import { earned, type Pool, tokensBehind } from "./rules.ts";

export interface PositionKey {
  member_no: number;
  position_id: string;
}

/** Where a position's row lies; undefined if there is no such position. */
export async function findPosition(store: Store, positionId: bigint | string): Promise<PositionKey | undefined> {
  const owner = await store.find("position_owners", { position_id: positionId });
  return owner && { member_no: Number(owner.member_no), position_id: String(positionId) };
}

/** Where the row of a position lies that an earlier event has opened. */
export async function positionKey(store: Store, positionId: bigint | string): Promise<PositionKey> {
  const owner = await store.need("position_owners", { position_id: positionId });
  return { member_no: Number(owner.member_no), position_id: String(positionId) };
}

/** Accumulator that counts for a position: the pool's, or the last one of a wiped generation. */
async function accumulator(store: Store, row: Row): Promise<bigint> {
  const validatorId = Number(row.validator_id);
  const validator = await store.need("validators", { validator_id: validatorId });
  if (Number(validator.pool_gen) === Number(row.gen)) return big(validator, "accumulator_ray");
  const ended = await store.find("final_accumulators", { validator_id: validatorId, gen: Number(row.gen) });
  return ended ? big(ended, "accumulator_ray") : 0n;
}

/** Moves what a position has earned into `unpaid`, as the contract does before each change of its shares. */
export async function settle(store: Store, key: PositionKey): Promise<Row> {
  const row = await store.need("positions", { ...key });
  const acc = await accumulator(store, row);
  // As in StakingLedger._earned: without shares nothing is earned, whatever the accumulators say.
  const shares = big(row, "shares");
  const gain = shares === 0n ? 0n : earned(shares, acc, big(row, "acc_paid"));
  return store.change("positions", { ...key }, () => ({ unpaid: big(row, "unpaid") + gain, acc_paid: acc }));
}

/** Adds rewards to a validator's series. */
export const noteRewards = (store: Store, event: ChainEvent, validatorId: number, validator: Row, rewards: bigint) =>
  noteSeries(store, event, validatorId, validator, { rewards });

/** What a position's shares are worth, base units; nothing if its generation was wiped. */
export const worthOf = (pool: Pool, position: { shares: bigint; gen: number }): bigint =>
  tokensBehind(pool, position.shares, position.gen);

/** Rewards that a position can claim, base units. @param accumulator Its pool's, or the last one of a wiped generation. */
export const claimableOf = (
  position: { shares: bigint; unpaid: bigint; accPaid: bigint },
  accumulator: bigint,
): bigint => position.unpaid + (position.shares === 0n ? 0n : earned(position.shares, accumulator, position.accPaid));
