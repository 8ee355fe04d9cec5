import { ethers } from "ethers";
import type { Deployer } from "../deployer.ts";

/** Timelock and access manager; the deployer administers until the last step. */
export async function authority(d: Deployer): Promise<void> {
  const deployer = await d.signer.getAddress();
  const proposer = d.config.holders.proposer ?? deployer;
  await d.contract("TimelockController", [
    d.config.timelockSeconds,
    [proposer],
    [ethers.ZeroAddress],
    ethers.ZeroAddress,
  ]);
  await d.contract("AccessManager", [deployer]);
}
