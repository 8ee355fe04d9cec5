import { amount, big, count } from "../../platform/chain/args.ts";
import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { Store } from "../../platform/chain/store.ts";
import type { Row } from "../../platform/db/tables.ts";
import type { Projections } from "../../platform/domain.ts";
import { noteAct } from "../identity/service.ts";
import { fillCohort, moveStake } from "./pools.ts";
import { findPosition, type PositionKey, positionKey, settle } from "./service.ts";
import { slashes } from "./slashes.ts";

/** Opens a position at the pool's present generation and accumulator. */
async function open(store: Store, event: ChainEvent, key: PositionKey, validatorId: number, values: Row) {
  const validator = await store.need("validators", { validator_id: validatorId });
  await store.put("position_owners", { position_id: key.position_id }, { ...key, validator_id: validatorId });
  await store.put(
    "positions",
    { ...key },
    {
      validator_id: validatorId,
      gen: Number(validator.pool_gen),
      shares: 0n,
      lien_id: null,
      unpaid: 0n,
      acc_paid: big(validator, "accumulator_ray"),
      claimed: 0n,
      auto_compound: false,
      since: event.blockTime,
      closed_at: null,
      ...values,
    },
  );
  await moveStake(store, event, validatorId, { positions: 1 });
}

/** Whether a position's shares count in the pool's present generation. */
async function isOfLivePool(store: Store, row: Row): Promise<boolean> {
  const validator = await store.need("validators", { validator_id: Number(row.validator_id) });
  return Number(validator.pool_gen) === Number(row.gen);
}

/** Takes shares from a position; without any left it is closed. */
async function lessShares(store: Store, event: ChainEvent, key: PositionKey, shares: bigint): Promise<Row> {
  const row = await settle(store, key);
  const left = big(row, "shares") - shares;
  const ended = left === 0n ? { closed_at: event.blockTime, lien_id: null } : {};
  const changed = await store.change("positions", { ...key }, () => ({ shares: left, ...ended }));
  if (left === 0n && (await isOfLivePool(store, row))) {
    await moveStake(store, event, Number(row.validator_id), { positions: -1 });
  }
  return changed;
}

/** Shares and tokens that leave the live pool; a wiped generation has none there. */
async function leavePool(store: Store, event: ChainEvent, row: Row, tokens: bigint, shares: bigint): Promise<void> {
  if (await isOfLivePool(store, row)) {
    const validatorId = Number(row.validator_id);
    await moveStake(store, event, validatorId, { tokens: -tokens, shares: -shares, left: tokens });
  }
}

async function endLien(store: Store, event: ChainEvent, memberNo: number, lienId: number): Promise<void> {
  await store.change("liens", { member_no: memberNo, lien_id: lienId }, () => ({ ended_at: event.blockTime }));
}

async function unstaked(event: ChainEvent, store: Store): Promise<void> {
  const [validatorId, memberNo, day] = [count(event, "validatorId"), count(event, "memberNo"), count(event, "day")];
  const tokens = amount(event, "tokens");
  const isDelegation = count(event, "kind") === 0;
  await noteAct(store, event, memberNo);
  if (isDelegation) {
    const shares = amount(event, "shares");
    const key = await positionKey(store, amount(event, "positionId"));
    await leavePool(store, event, await lessShares(store, event, key, shares), tokens, shares);
  } else {
    await moveStake(store, event, validatorId, { self: -tokens });
  }
  const bucket = isDelegation ? "del" : "self";
  const cohortShares = amount(event, "cohortShares");
  // Even an exit of nothing makes the day's cohort, which a slash then names.
  const cohort = await fillCohort(store, { validator_id: validatorId, day }, bucket, tokens, cohortShares);
  const lienId = count(event, "lienId") || null;
  if (tokens === 0n) {
    if (lienId) await endLien(store, event, memberNo, lienId);
    return;
  }
  await store.put(
    "requests",
    { member_no: memberNo, request_id: amount(event, "requestId") },
    {
      validator_id: validatorId,
      position_id: amount(event, "positionId"),
      kind: count(event, "kind"),
      day,
      gen: Number(cohort[`${bucket}_gen`]),
      lien_id: lienId,
      cohort_shares: cohortShares,
      tokens_at_request: tokens,
      requested_at: event.blockTime,
      matures_at: count(event, "maturesAt"),
      claimed_at: null,
      paid: null,
      lien_burned: null,
    },
  );
}

async function claimed(event: ChainEvent, store: Store): Promise<void> {
  const memberNo = count(event, "memberNo");
  const tokens = amount(event, "tokens");
  const burned = amount(event, "lienBurned");
  const row = await store.change("requests", { member_no: memberNo, request_id: amount(event, "requestId") }, () => ({
    claimed_at: event.blockTime,
    paid: tokens - burned,
    lien_burned: burned,
  }));
  const cohortKey = { validator_id: Number(row.validator_id), day: Number(row.day) };
  const bucket = Number(row.kind) === 0 ? "del" : "self";
  const cohort = await store.need("cohorts", cohortKey);
  if (Number(cohort[`${bucket}_gen`]) === Number(row.gen)) {
    await fillCohort(store, cohortKey, bucket, -tokens, -big(row, "cohort_shares"));
  }
  if (row.lien_id !== null) await endLien(store, event, memberNo, Number(row.lien_id));
}

async function redelegated(event: ChainEvent, store: Store): Promise<void> {
  const [src, dst, day] = [count(event, "src"), count(event, "dst"), count(event, "day")];
  const [memberNo, lienId] = [count(event, "memberNo"), count(event, "lienId")];
  const tokens = amount(event, "tokens");
  const burned = amount(event, "sharesBurned");
  await noteAct(store, event, memberNo);
  const key = await positionKey(store, amount(event, "positionId"));
  await leavePool(store, event, await lessShares(store, event, key, burned), tokens, burned);
  await store.change("positions", { ...key }, () => ({ unpaid: 0n }));
  const cohortShares = amount(event, "cohortShares");
  const cohort = await fillCohort(store, { validator_id: src, day }, "redel", tokens, cohortShares);
  await store.put(
    "liens",
    { member_no: memberNo, lien_id: lienId },
    { src, day, gen: Number(cohort.redel_gen), redel_shares: cohortShares, base: tokens, ended_at: null },
  );
  const shares = amount(event, "sharesMinted");
  const newKey = { member_no: memberNo, position_id: String(amount(event, "newPositionId")) };
  await open(store, event, newKey, dst, { shares, lien_id: lienId, unpaid: amount(event, "unpaid") });
  await moveStake(store, event, dst, { tokens, shares, joined: tokens });
}

async function lienSettled(event: ChainEvent, store: Store): Promise<void> {
  const shares = amount(event, "shares");
  const key = await positionKey(store, amount(event, "positionId"));
  const row = await lessShares(store, event, key, shares);
  await store.change("positions", { ...key }, () => ({ lien_id: null }));
  await endLien(store, event, key.member_no, count(event, "lienId"));
  await moveStake(store, event, Number(row.validator_id), { tokens: -amount(event, "burned"), shares: -shares });
}

async function delegated(event: ChainEvent, store: Store): Promise<void> {
  const validatorId = count(event, "validatorId");
  const key = { member_no: count(event, "memberNo"), position_id: String(amount(event, "positionId")) };
  await noteAct(store, event, key.member_no);
  if (!(await findPosition(store, key.position_id))) await open(store, event, key, validatorId, {});
  const row = await settle(store, key);
  const shares = amount(event, "shares");
  await store.change("positions", { ...key }, () => ({ shares: big(row, "shares") + shares }));
  const tokens = amount(event, "tokens");
  await moveStake(store, event, validatorId, { tokens, shares, joined: tokens });
}

async function deposited(event: ChainEvent, store: Store): Promise<void> {
  await noteAct(store, event, count(event, "memberNo"));
  await moveStake(store, event, count(event, "validatorId"), { self: amount(event, "tokens") });
}

/** Stake, positions, exits and liens, folded as the contract folds them. */
export const projections: Projections = {
  StakingCore: {
    TokensStaked: deposited,
    StakeDelegated: delegated,
    TokensUnstaked: unstaked,
    UnstakeClaimed: claimed,
    Redelegated: redelegated,
    LienSettled: lienSettled,
    ...slashes,
  },
};
