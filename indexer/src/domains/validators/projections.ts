import { amount, count, text } from "../../platform/chain/args.ts";
import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { Store } from "../../platform/chain/store.ts";
import type { Row } from "../../platform/db/tables.ts";
import type { Projections } from "../../platform/domain.ts";
import { tierName } from "../identity/service.ts";
import { isClamp } from "./rules.ts";

const WAD = 10n ** 18n;
const noPending = { pending_bps: null, pending_from: null, pending_until: null };

function change(event: ChainEvent, store: Store, values: Row): Promise<Row> {
  return store.change("validators", { validator_id: count(event, "validatorId") }, () => values);
}

async function commissionChanged(event: ChainEvent, store: Store): Promise<void> {
  const [validatorId, from, to] = [count(event, "validatorId"), count(event, "from"), count(event, "to")];
  const row = await store.need("validators", { validator_id: validatorId });
  const member = await store.need("members", { member_no: Number(row.member_no) });
  // Declaring and executing end what was pending; being clamped into a band does not.
  const pending = isClamp(from, to, tierName(Number(member.tier))) ? {} : noPending;
  await change(event, store, { commission_bps: to, ...pending });
  store.append(
    "commission_changes",
    { validator_id: validatorId, block_number: event.blockNumber, log_index: event.logIndex },
    { block_time: event.blockTime, from_bps: from, to_bps: to },
  );
}

/** A key begins to sign for its validator. */
function keyBegins(event: ChainEvent, store: Store, keyHash: string): Promise<Row> {
  return store.put(
    "consensus_keys",
    { validator_id: count(event, "validatorId"), key_hash: keyHash },
    {
      key_type: count(event, "keyType"),
      consensus_key: text(event, "consensusKey"),
      valid_from: event.blockTime,
      valid_until: null,
    },
  );
}

async function keyRotated(event: ChainEvent, store: Store): Promise<void> {
  const old = { validator_id: count(event, "validatorId"), key_hash: text(event, "oldKeyHash") };
  await store.change("consensus_keys", old, () => ({ valid_until: event.blockTime }));
  await keyBegins(event, store, text(event, "newKeyHash"));
  await change(event, store, { key_type: count(event, "keyType"), consensus_key: text(event, "consensusKey") });
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
          ...noPending,
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
      await keyBegins(event, store, text(event, "keyHash"));
    },
    KeyRotated: keyRotated,
    ValidatorMetadataChanged: async (event, store) => void (await change(event, store, { name: text(event, "name") })),
    MinDelegationChanged: async (event, store) =>
      void (await change(event, store, { min_delegation: amount(event, "minDelegation") })),
    CommissionDeclared: async (event, store) =>
      void (await change(event, store, {
        pending_bps: count(event, "bps"),
        pending_from: count(event, "executableAt"),
        pending_until: count(event, "expiresAt"),
      })),
    CommissionChanged: commissionChanged,
    ValidatorActivated: async (event, store) => void (await change(event, store, { active: true })),
    ValidatorDeactivated: async (event, store) => void (await change(event, store, { active: false })),
    ValidatorJailed: async (event, store) =>
      void (await change(event, store, {
        jailed_until: count(event, "until"),
        ...noPending,
      })),
    ValidatorUnjailed: async (event, store) => void (await change(event, store, { jailed_until: null })),
    ValidatorTombstoned: async (event, store) => void (await change(event, store, { tombstoned: true, ...noPending })),
  },
};
