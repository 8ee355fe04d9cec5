import type { Deployment } from "@tburn/deployments";
import { liquidStakingVaultAbi } from "@tburn/deployments/abi/liquid-staking-vault";

/** The vault that issues sTBURN. */
export const liquidVault = ({ contracts }: Deployment) =>
  ({ address: contracts.LiquidStakingVault.address, abi: liquidStakingVaultAbi }) as const;
