import { useStanding } from "../../shared/action/gate/use-gate.ts";
import { useChainRead } from "../../shared/chain/read.ts";
import { type TierName, tierOf } from "./tiers.ts";

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
      const args = [id] as const;
      const [validator, stake, tier, commissionBps, [commission, selfRewards]] = await Promise.all([
        client.readContract({ ...at.validators, functionName: "validator", args }),
        client.readContract({ ...at.core, functionName: "validatorStake", args }),
        client.readContract({ ...at.validators, functionName: "tierOf", args }),
        client.readContract({ ...at.validators, functionName: "commissionOf", args }),
        client.readContract({ ...at.vault, functionName: "commissionOf", args }),
      ]);
      const { active, tombstoned, jailedUntil, maxCommissionBps, minDelegation } = validator;
      const { pendingBps, executableAt, expiresAt } = validator;
      return {
        ...{ id, jailedUntil, commissionBps, maxCommissionBps, minDelegation, commission, selfRewards },
        ...{ pendingBps, executableAt, expiresAt, openCases: stake.openCases },
        isActive: active,
        isTombstoned: tombstoned,
        self: stake.self,
        delegated: stake.del.tokens,
        tier: tierOf(tier),
      };
    },
    { enabled: memberNo !== 0n },
  );
  return { ...read, standing, memberNo };
}
