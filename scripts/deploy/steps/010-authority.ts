import { ethers } from "ethers";
import type { Deployer } from "../deployer.ts";

/**
 * Timelock and access manager; the deployer administers both until the last step. The governor proposes, and nobody
 * else unless the configuration names one; anybody may execute what is due.
 */
export async function authority(d: Deployer): Promise<void> {
  const deployer = await d.signer.getAddress();
  const { proposer } = d.config.holders;
  await d.contract("TimelockController", [
    d.config.timelockSeconds,
    proposer ? [proposer] : [],
    [ethers.ZeroAddress],
    deployer,
  ]);
  await d.contract("AccessManager", [deployer]);
}
