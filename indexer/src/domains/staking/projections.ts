import { amount, big, count } from "../../platform/chain/args.ts";
import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { Row, Store } from "../../platform/chain/store.ts";
import type { Projections } from "../../platform/domain.ts";
import { moveStake } from "./pools.ts";
import { earned } from "./rules.ts";
import { slashes } from "./slashes.ts";

const position = (event: ChainEvent, name = "positionId") => ({ position_id: String(amount(event, name)) });

/** Accumulator that counts for a position: the pool's, or the last one of a wiped generation. */
async function accumulator(store: Store, row: Row): Promise<bigint> {
  const validator = await store.find("validators", { validator_id: Number(row.validator_id) });
  if (validator && Number(validator.pool_gen) === Number(row.gen)) return big(validator, "accumulator_ray");
  const ended = await store.find("final_accumulators", {
    validator_id: Number(row.validator_id),
    gen: Number(row.gen),
  });
  return ended ? big(ended, "accumulator_ray") : 0n;
}

/** Moves what a position has earned into `unpaid`, as the contract does before each change of its shares. */
export async function settle(store: Store, key: { position_id: string }): Promise<Row> {
  const row = await store.find("positions", key);
  if (!row) throw new Error(`position ${key.position_id} does not exist`);
  const acc = await accumulator(store, row);
  const unpaid = big(row, "unpaid") + earned(big(row, "shares"), acc, big(row, "acc_paid"));
  return store.change("positions", key, () => ({ unpaid, acc_paid: acc }));
}

async function open(
  store: Store,
  event: ChainEvent,
  key: { position_id: string },
  validatorId: number,
  values: Row,
): Promise<void> {
  const validator = await store.find("validators", { validator_id: validatorId });
  await store.put("positions", key, {
    member_no: count(event, "memberNo"),
    validator_id: validatorId,
    gen: Number(validator?.pool_gen ?? 0),
    shares: 0n,
    lien_id: null,
    unpaid: 0n,
    acc_paid: validator ? big(validator, "accumulator_ray") : 0n,
    claimed: 0n,
    auto_compound: false,
    since: event.blockTime,
    closed_at: null,
    ...values,
  });
  await moveStake(store, event, validatorId, { positions: 1 });
}

async function lessShares(store: Store, event: ChainEvent, key: { position_id: string }, shares: bigint): Promise<Row> {
  const row = await settle(store, key);
  const left = big(row, "shares") - shares;
  const ended = left === 0n ? { closed_at: event.blockTime, lien_id: null } : {};
  const changed = await store.change("positions", key, () => ({ shares: left, ...ended }));
  if (left === 0n) await moveStake(store, event, Number(row.validator_id), { positions: -1 });
  return changed;
}

/** Shares and tokens that leave the live pool; a wiped generation has none there. */
async function leavePool(store: Store, event: ChainEvent, row: Row, tokens: bigint, shares: bigint): Promise<void> {
  const validator = await store.find("validators", { validator_id: Number(row.validator_id) });
  if (Number(validator?.pool_gen) !== Number(row.gen)) return;
  await moveStake(store, event, Number(row.validator_id), { tokens: -tokens, shares: -shares });
}

const empty = {
  matures_at: 0,
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

type Bucket = "del" | "self" | "redel";

async function fillCohort(
  store: Store,
  key: { validator_id: number; day: number },
  bucket: Bucket,
  tokens: bigint,
  shares: bigint,
  maturesAt?: number,
): Promise<Row> {
  const row: Row = (await store.find("cohorts", key)) ?? empty;
  return store.put("cohorts", key, {
    ...row,
    matures_at: maturesAt ?? row.matures_at,
    [`${bucket}_tokens`]: big(row, `${bucket}_tokens`) + tokens,
    [`${bucket}_shares`]: big(row, `${bucket}_shares`) + shares,
  });
}

async function unstaked(event: ChainEvent, store: Store): Promise<void> {
  const validatorId = count(event, "validatorId");
  const tokens = amount(event, "tokens");
  const kind = count(event, "kind");
  if (kind === 0) {
    const row = await lessShares(store, event, position(event), amount(event, "shares"));
    await leavePool(store, event, row, tokens, amount(event, "shares"));
  } else {
    await moveStake(store, event, validatorId, { self: -tokens });
  }
  const lienId = count(event, "lienId") || null;
  if (tokens === 0n) {
    if (lienId) await store.change("liens", { lien_id: lienId }, () => ({ ended_at: event.blockTime }));
    return;
  }
  const bucket = kind === 0 ? "del" : "self";
  const maturesAt = count(event, "maturesAt");
  const cohort = await fillCohort(
    store,
    { validator_id: validatorId, day: count(event, "day") },
    bucket,
    tokens,
    amount(event, "cohortShares"),
    maturesAt,
  );
  await store.put(
    "requests",
    { request_id: String(amount(event, "requestId")) },
    {
      member_no: count(event, "memberNo"),
      validator_id: validatorId,
      position_id: amount(event, "positionId"),
      kind,
      day: count(event, "day"),
      gen: Number(cohort[`${bucket}_gen`]),
      lien_id: lienId,
      cohort_shares: amount(event, "cohortShares"),
      tokens_at_request: tokens,
      requested_at: event.blockTime,
      matures_at: maturesAt,
      claimed_at: null,
      paid: null,
      lien_burned: null,
    },
  );
}

async function claimed(event: ChainEvent, store: Store): Promise<void> {
  const key = { request_id: String(amount(event, "requestId")) };
  const tokens = amount(event, "tokens");
  const burned = amount(event, "lienBurned");
  const row = await store.change("requests", key, () => ({
    claimed_at: event.blockTime,
    paid: tokens - burned,
    lien_burned: burned,
  }));
  const cohortKey = { validator_id: Number(row.validator_id), day: Number(row.day) };
  const bucket = Number(row.kind) === 0 ? "del" : "self";
  const cohort = await store.find("cohorts", cohortKey);
  if (cohort && Number(cohort[`${bucket}_gen`]) === Number(row.gen)) {
    await fillCohort(store, cohortKey, bucket, -tokens, -big(row, "cohort_shares"));
  }
  if (row.lien_id !== null)
    await store.change("liens", { lien_id: Number(row.lien_id) }, () => ({ ended_at: event.blockTime }));
}

async function redelegated(event: ChainEvent, store: Store): Promise<void> {
  const [src, dst, day, lienId] = [
    count(event, "src"),
    count(event, "dst"),
    count(event, "day"),
    count(event, "lienId"),
  ];
  const tokens = amount(event, "tokens");
  const left = await lessShares(store, event, position(event), amount(event, "sharesBurned"));
  await leavePool(store, event, left, tokens, amount(event, "sharesBurned"));
  await store.change("positions", position(event), () => ({ unpaid: 0n }));
  const cohort = await fillCohort(store, { validator_id: src, day }, "redel", tokens, amount(event, "cohortShares"));
  const gen = Number(cohort.redel_gen);
  await store.put(
    "liens",
    { lien_id: lienId },
    { src, day, gen, redel_shares: amount(event, "cohortShares"), base: tokens, ended_at: null },
  );
  const shares = amount(event, "sharesMinted");
  await open(store, event, position(event, "newPositionId"), dst, {
    shares,
    lien_id: lienId,
    unpaid: amount(event, "unpaid"),
  });
  await moveStake(store, event, dst, { tokens, shares });
}

async function lienSettled(event: ChainEvent, store: Store): Promise<void> {
  const shares = amount(event, "shares");
  const row = await lessShares(store, event, position(event), shares);
  await store.change("positions", position(event), () => ({ lien_id: null }));
  await store.change("liens", { lien_id: count(event, "lienId") }, () => ({ ended_at: event.blockTime }));
  await moveStake(store, event, Number(row.validator_id), { tokens: -amount(event, "burned"), shares: -shares });
}

async function delegated(event: ChainEvent, store: Store): Promise<void> {
  const key = position(event);
  const validatorId = count(event, "validatorId");
  if (!(await store.find("positions", key))) await open(store, event, key, validatorId, {});
  const row = await settle(store, key);
  const shares = amount(event, "shares");
  await store.change("positions", key, () => ({ shares: big(row, "shares") + shares }));
  await moveStake(store, event, validatorId, { tokens: amount(event, "tokens"), shares });
}

/** Stake, positions, exits and liens, folded as the contract folds them. */
export const projections: Projections = {
  StakingCore: {
    TokensStaked: (event, store) =>
      moveStake(store, event, count(event, "validatorId"), { self: amount(event, "tokens") }),
    StakeDelegated: delegated,
    TokensUnstaked: unstaked,
    UnstakeClaimed: claimed,
    Redelegated: redelegated,
    LienSettled: lienSettled,
    ...slashes,
  },
};
