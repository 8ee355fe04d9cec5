import type { Deployment } from "@tburn/deployments";
import { tierEngineAbi } from "@tburn/deployments/abi/tier-engine";

/** The contract that decides tiers. */
export const tierEngine = ({ contracts }: Deployment) =>
  ({ address: contracts.TierEngine.address, abi: tierEngineAbi }) as const;
