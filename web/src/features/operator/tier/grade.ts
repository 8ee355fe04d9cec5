import { useConnection } from "wagmi";
import { useChainRead } from "../../../shared/chain/read.ts";
import { tierEngine } from "./engine.ts";
import { type Grade, nextTier, type TierNumber } from "./stage.ts";

const PROBATION_POINTS = 3;

/** What the next tier asks for. */
interface Requirements {
  tier: TierNumber;
  minSelfStake: bigint;
  minDelegated: bigint;
  minKyc: number;
  minUptimeBps: number;
  /** Reason bits of what is missing: 0 stake, 1 KYC, 2 uptime, 3 SLA points, 4 standing, 5 appointment. */
  missing: bigint;
}

export interface MyGrade extends Grade {
  memberNo: bigint;
  points: number;
  facts: { selfStake: bigint; delegated: bigint; kyc: number; uptimeBps: number; epochs: number };
  /** Reported epochs below which a validator stays a candidate. */
  minReports: number;
  next: Requirements | undefined;
}

/** Tier, facts and what the next tier asks for, of the connected member. */
export function useMyGrade() {
  const { address } = useConnection();
  return useChainRead(
    ["my-grade", address],
    async ({ client, at, deployment }): Promise<MyGrade> => {
      if (!address) throw new Error("no wallet");
      const engine = tierEngine(deployment);
      const [mine, parameters] = await Promise.all([
        client.readContract({ ...at.lens, functionName: "memberOf", args: [address] }),
        client.readContract({ ...engine, functionName: "parameters" }),
      ]);
      const { memberNo, tier, supportedTier: supported, grade, facts } = mine;
      const higher = nextTier(tier);
      const [asked, missing] =
        higher === undefined
          ? [undefined, 0n]
          : await Promise.all([
              client.readContract({ ...engine, functionName: "requirementsOf", args: [higher] }),
              client.readContract({ ...engine, functionName: "missingFor", args: [memberNo, higher] }),
            ]);
      return {
        ...{ memberNo, tier, supported, facts, points: grade.points, staged: grade.staged },
        effectiveAt: grade.effectiveAt,
        restsUntil: grade.changedAt === 0 ? 0 : grade.changedAt + parameters.interval,
        isOnProbation: grade.points >= PROBATION_POINTS,
        minReports: parameters.minReports,
        next: asked && higher !== undefined ? { ...asked, tier: higher, missing } : undefined,
      };
    },
    { enabled: address !== undefined },
  );
}
