import { amount, count, text } from "../../platform/chain/args.ts";
import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { Row, Store } from "../../platform/chain/store.ts";
import type { Projections } from "../../platform/domain.ts";

const WAD = 10n ** 18n;

function change(event: ChainEvent, store: Store, values: Row): Promise<Row> {
  return store.change("validators", { validator_id: count(event, "validatorId") }, () => values);
}

/** Validators, their commissions and standing. */
export const projections: Projections = {
  ValidatorRegistry: {
    ValidatorRegistered: async (event, store) => {
      await store.put(
        "validators",
        { validator_id: count(event, "validatorId") },
        {
          member_no: count(event, "memberNo"),
          name: text(event, "name"),
          key_type: count(event, "keyType"),
          consensus_key: text(event, "consensusKey"),
          commission_bps: count(event, "commissionBps"),
          max_commission_bps: count(event, "maxCommissionBps"),
          pending_bps: null,
          pending_from: null,
          pending_until: null,
          min_delegation: amount(event, "minDelegation"),
          active: false,
          jailed_until: null,
          tombstoned: false,
          open_cases: 0,
          self_stake: 0n,
          pool_tokens: 0n,
          pool_shares: 0n,
          pool_gen: 0,
          total_stake: 0n,
          position_count: 0,
          keep: WAD,
          accumulator_ray: 0n,
          unclaimed_commission: 0n,
          unclaimed_self_rewards: 0n,
          rewards_total: 0n,
          registered_at: event.blockTime,
        },
      );
    },
    ValidatorMetadataChanged: async (event, store) => void (await change(event, store, { name: text(event, "name") })),
    MinDelegationChanged: async (event, store) =>
      void (await change(event, store, { min_delegation: amount(event, "minDelegation") })),
    CommissionDeclared: async (event, store) =>
      void (await change(event, store, {
        pending_bps: count(event, "bps"),
        pending_from: count(event, "executableAt"),
        pending_until: count(event, "expiresAt"),
      })),
    CommissionChanged: async (event, store) => {
      const to = count(event, "to");
      await change(event, store, { commission_bps: to, pending_bps: null, pending_from: null, pending_until: null });
      store.append(
        "commission_changes",
        { validator_id: count(event, "validatorId"), block_number: event.blockNumber, log_index: event.logIndex },
        { block_time: event.blockTime, from_bps: count(event, "from"), to_bps: to },
      );
    },
    ValidatorActivated: async (event, store) => void (await change(event, store, { active: true })),
    ValidatorDeactivated: async (event, store) => void (await change(event, store, { active: false })),
    ValidatorJailed: async (event, store) =>
      void (await change(event, store, {
        jailed_until: count(event, "until"),
        pending_bps: null,
        pending_from: null,
        pending_until: null,
      })),
    ValidatorUnjailed: async (event, store) => void (await change(event, store, { jailed_until: null })),
    ValidatorTombstoned: async (event, store) =>
      void (await change(event, store, { tombstoned: true, pending_bps: null })),
  },
};
