import { amount, big, count, text } from "../../platform/chain/args.ts";
import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { Store } from "../../platform/chain/store.ts";
import type { Projections } from "../../platform/domain.ts";
import { moveNetwork } from "../network/service.ts";
import { noteRewards, positionKey, settle } from "../staking/service.ts";

const validator = (event: ChainEvent) => ({ validator_id: count(event, "validatorId") });

async function pay(event: ChainEvent, store: Store, kind: string): Promise<void> {
  const key = await positionKey(store, amount(event, "positionId"));
  const row = await settle(store, key);
  const paid = amount(event, "amount");
  await store.change("positions", { ...key }, () => ({ unpaid: 0n, claimed: big(row, "claimed") + paid }));
  store.append(
    "reward_payments",
    { member_no: count(event, "memberNo"), block_number: event.blockNumber, log_index: event.logIndex },
    {
      block_time: event.blockTime,
      tx_hash: event.txHash,
      kind,
      position_id: key.position_id,
      validator_id: Number(row.validator_id),
      amount: paid,
      paid_to: kind === "claim" ? text(event, "to") : null,
    },
  );
}

async function credited(event: ChainEvent, store: Store): Promise<void> {
  const [selfPart, commission, net] = [amount(event, "selfPart"), amount(event, "commission"), amount(event, "net")];
  const total = selfPart + commission + net;
  const accumulatorRay = amount(event, "accumulatorRay");
  const row = await store.change("validators", validator(event), (v) => ({
    accumulator_ray: accumulatorRay,
    unclaimed_commission: big(v, "unclaimed_commission") + commission,
    unclaimed_self_rewards: big(v, "unclaimed_self_rewards") + selfPart,
    rewards_total: big(v, "rewards_total") + total,
  }));
  await store.put(
    "reward_credits",
    { ...validator(event), epoch: count(event, "epoch") },
    {
      self_part: selfPart,
      commission,
      net,
      accumulator_ray: accumulatorRay,
      block_number: event.blockNumber,
      block_time: event.blockTime,
    },
  );
  await noteRewards(store, event, count(event, "validatorId"), row, total);
  await moveNetwork(store, event, (n) => ({ rewards_credited: big(n, "rewards_credited") + total }), {
    rewards: total,
  });
}

/** Credits of epochs and what is paid out of them. */
export const projections: Projections = {
  RewardVault: {
    EpochCredited: credited,
    RewardsClaimed: (event, store) => pay(event, store, "claim"),
    RewardsCompounded: (event, store) => pay(event, store, "compound"),
    AutoCompoundChanged: async (event, store) => {
      const key = await positionKey(store, amount(event, "positionId"));
      await store.change("positions", { ...key }, () => ({ auto_compound: event.args.enabled === true }));
    },
    CommissionClaimed: async (event, store) => {
      await store.change("validators", validator(event), () => ({
        unclaimed_commission: 0n,
        unclaimed_self_rewards: 0n,
      }));
      store.append(
        "reward_payments",
        { member_no: count(event, "memberNo"), block_number: event.blockNumber, log_index: event.logIndex },
        {
          block_time: event.blockTime,
          tx_hash: event.txHash,
          kind: "commission",
          position_id: null,
          validator_id: count(event, "validatorId"),
          amount: amount(event, "commission") + amount(event, "selfRewards"),
          paid_to: text(event, "to"),
        },
      );
    },
  },
};
