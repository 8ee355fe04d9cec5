import { amount, big, count } from "../../platform/chain/args.ts";
import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { Store } from "../../platform/chain/store.ts";
import type { Projection } from "../../platform/domain.ts";
import { changeCohort, moveStake } from "./pools.ts";

const validator = (event: ChainEvent) => ({ validator_id: count(event, "validatorId") });
const buckets = ["", "del", "self", "redel"] as const;

async function wiped(event: ChainEvent, store: Store): Promise<void> {
  const bucket = buckets[count(event, "bucket")];
  const gen = count(event, "gen");
  if (bucket) {
    const key = { ...validator(event), day: count(event, "day") };
    await changeCohort(store, key, () => ({ [`${bucket}_shares`]: 0n, [`${bucket}_gen`]: gen }));
    return;
  }
  const row = await store.need("validators", validator(event));
  const key = { ...validator(event), gen: Number(row.pool_gen) };
  await store.put("final_accumulators", key, { accumulator_ray: big(row, "accumulator_ray") });
  // Void positions do not take the places of new ones.
  await moveStake(store, event, key.validator_id, { positions: -Number(row.position_count) });
  await store.change("validators", validator(event), () => ({ pool_shares: 0n, pool_gen: gen }));
}

async function stakeSlashed(event: ChainEvent, store: Store): Promise<void> {
  const [self, delegated] = [amount(event, "self"), amount(event, "delegated")];
  await moveStake(store, event, count(event, "validatorId"), { self: -self, tokens: -delegated });
  const keep = amount(event, "keep");
  await store.change("validators", validator(event), (row) => ({ keep: keep < big(row, "keep") ? keep : row.keep }));
  store.append(
    "slashes",
    { ...validator(event), block_number: event.blockNumber, log_index: event.logIndex },
    {
      block_time: event.blockTime,
      tau: count(event, "tau"),
      self,
      delegated,
      unbonding: amount(event, "unbonding"),
      keep,
    },
  );
}

async function cohortSlashed(event: ChainEvent, store: Store): Promise<void> {
  const key = { ...validator(event), day: count(event, "day") };
  await changeCohort(store, key, (row) => ({
    del_tokens: big(row, "del_tokens") - amount(event, "delegated"),
    self_tokens: big(row, "self_tokens") - amount(event, "self"),
    redel_tokens: big(row, "redel_tokens") - amount(event, "redel"),
  }));
}

/** What slashing takes, bucket by bucket. */
export const slashes: Record<string, Projection> = {
  PoolWiped: wiped,
  StakeSlashed: stakeSlashed,
  CohortSlashed: cohortSlashed,
  KeepReset: async (event, store) =>
    void (await store.change("validators", validator(event), () => ({ keep: 10n ** 18n }))),
  OpenCasesChanged: async (event, store) =>
    void (await store.change("validators", validator(event), () => ({ open_cases: count(event, "openCases") }))),
};
