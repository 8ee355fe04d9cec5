import { useStanding } from "../../shared/action/gate/use-gate.ts";
import { useChainRead } from "../../shared/chain/read.ts";
import { type TierName, tierOf } from "./tier/tiers.ts";

export interface MyValidator {
  id: number;
  isActive: boolean;
  isTombstoned: boolean;
  jailedUntil: number;
  commissionBps: number;
  maxCommissionBps: number;
  pendingBps: number;
  executableAt: number;
  expiresAt: number;
  minDelegation: bigint;
  self: bigint;
  delegated: bigint;
  openCases: number;
  tier: TierName;
  commission: bigint;
  selfRewards: bigint;
  isEarning: boolean;
  /** Mean over `reports` reported epochs. */
  uptimeBps: number;
  reports: number;
  keyHash: `0x${string}`;
  /** Unix seconds from which the consensus key has been in use. */
  keySince: number;
  activeCount: number;
  maxActive: number;
  kycValidUntil: number;
}

/** The validator of the connected member; null if there is none. */
export function useMyValidator() {
  const { data: standing } = useStanding();
  const memberNo = standing?.memberNo ?? 0n;
  const read = useChainRead(
    ["my-validator", memberNo],
    async ({ client, at }): Promise<MyValidator | null> => {
      const id = await client.readContract({ ...at.validators, functionName: "validatorOf", args: [memberNo] });
      if (id === 0) return null;
      const [found, activeCount, maxActive, kyc] = await Promise.all([
        client.readContract({ ...at.lens, functionName: "validatorOf", args: [id] }),
        client.readContract({ ...at.validators, functionName: "activeCount" }),
        client.readContract({ ...at.validators, functionName: "maxActive" }),
        client.readContract({ ...at.kyc, functionName: "record", args: [memberNo] }),
      ]);
      const { validator, stake, commissionBps, uptimeBps, reports } = found;
      const { active, tombstoned, jailedUntil, maxCommissionBps, minDelegation, keyHash } = validator;
      const { pendingBps, executableAt, expiresAt } = validator;
      const key = await client.readContract({ ...at.validators, functionName: "keyRecord", args: [keyHash] });
      return {
        ...{ id, jailedUntil, commissionBps, maxCommissionBps, minDelegation, uptimeBps, reports, keyHash },
        ...{ pendingBps, executableAt, expiresAt, openCases: stake.openCases, activeCount, maxActive },
        isActive: active,
        isTombstoned: tombstoned,
        isEarning: found.earning,
        self: stake.self,
        delegated: stake.del.tokens,
        tier: tierOf(found.tier),
        commission: found.unclaimedCommission,
        selfRewards: found.unclaimedSelfRewards,
        keySince: key.validFrom,
        kycValidUntil: kyc.validUntil,
      };
    },
    { enabled: memberNo !== 0n },
  );
  return { ...read, standing, memberNo };
}
