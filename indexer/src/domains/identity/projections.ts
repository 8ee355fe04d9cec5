import { count, text } from "../../platform/chain/args.ts";
import type { ChainEvent } from "../../platform/chain/decode.ts";
import type { Store } from "../../platform/chain/store.ts";
import type { Row } from "../../platform/db/tables.ts";
import type { Projection, Projections } from "../../platform/domain.ts";

const nobody = `0x${"0".repeat(40)}`;

function change(event: ChainEvent, store: Store, values: Row): Promise<unknown> {
  const key = { member_no: count(event, "memberNo") };
  return store.change("members", key, () => ({ ...values, last_activity_at: event.blockTime }));
}

const noRecovery = { pending_recovery: null, pending_recovery_at: null };
const orNull = (address: string) => (address === nobody ? null : address);

/** The tier stands beside the member because every floor above reads it. */
const tierChanged: Projection = async (event, store) => void (await change(event, store, { tier: count(event, "to") }));

/** Members and what attesters found out about them. */
export const projections: Projections = {
  TierEngine: { TierChanged: tierChanged },
  MemberRegistry: {
    MemberRegistered: async (event, store) => {
      const owner = text(event, "owner");
      await store.put(
        "members",
        { member_no: count(event, "memberNo") },
        {
          member_id: text(event, "memberId"),
          owner,
          operator: null,
          payout: owner,
          status: 1,
          registered_at: event.blockTime,
          last_activity_at: event.blockTime,
          kyc_level: 0,
          kyc_uid: null,
          kyc_valid_until: null,
          pending_payout: null,
          pending_payout_at: null,
          pending_owner: null,
          pending_recovery: null,
          pending_recovery_at: null,
          frozen_until: null,
          tier: 0,
        },
      );
    },
    MemberStatusChanged: async (event, store) => void (await change(event, store, { status: count(event, "to") })),
    PaymentsFrozen: async (event, store) =>
      void (await change(event, store, { frozen_until: count(event, "until") || null })),
    OperatorChanged: async (event, store) =>
      void (await change(event, store, { operator: orNull(text(event, "operator")) })),
    PayoutChangeProposed: async (event, store) =>
      void (await change(event, store, {
        pending_payout: text(event, "payout"),
        pending_payout_at: count(event, "readyAt"),
      })),
    PayoutChangeCancelled: async (event, store) =>
      void (await change(event, store, { pending_payout: null, pending_payout_at: null })),
    PayoutChanged: async (event, store) =>
      void (await change(event, store, {
        payout: text(event, "payout"),
        pending_payout: null,
        pending_payout_at: null,
      })),
    OwnerTransferProposed: async (event, store) =>
      void (await change(event, store, { pending_owner: orNull(text(event, "newOwner")) })),
    OwnerChanged: async (event, store) =>
      void (await change(event, store, { owner: text(event, "newOwner"), pending_owner: null, ...noRecovery })),
    RecoveryProposed: async (event, store) =>
      void (await change(event, store, {
        pending_recovery: text(event, "newOwner"),
        pending_recovery_at: count(event, "readyAt"),
      })),
    RecoveryCancelled: async (event, store) => void (await change(event, store, noRecovery)),
  },
  KycRegistry: {
    KycAttested: async (event, store) => {
      const uid = text(event, "uid");
      const level = count(event, "level");
      await store.put(
        "kyc_attestations",
        { member_no: count(event, "memberNo"), uid },
        {
          attester: text(event, "attester"),
          level,
          issued_at: count(event, "issuedAt"),
          valid_until: count(event, "validUntil"),
          commitment: text(event, "commitment"),
          revoked_reason: null,
        },
      );
      await change(event, store, { kyc_level: level, kyc_uid: uid, kyc_valid_until: count(event, "validUntil") });
    },
    KycRevoked: async (event, store) => {
      const uid = text(event, "uid");
      const key = { member_no: count(event, "memberNo"), uid };
      // An attestation may be revoked before anybody has submitted it; it can never be submitted then.
      if (!(await store.find("kyc_attestations", key))) return;
      await store.change("kyc_attestations", key, () => ({ revoked_reason: count(event, "reason") }));
      const member = await store.find("members", { member_no: count(event, "memberNo") });
      if (member?.kyc_uid === uid) await change(event, store, { kyc_level: 0, kyc_valid_until: null });
    },
  },
};
