import { parseEther } from "ethers";
import type { Deployer } from "../deployer.ts";

/** The token, its genesis supply with the treasury. */
export async function token(d: Deployer): Promise<void> {
  const holder = d.config.holders.treasury ?? (await d.signer.getAddress());
  const treasury = d.config.treasuryInTimelock ? d.address("TimelockController") : holder;
  await d.contract("TBurnToken", [
    d.address("AccessManager"),
    treasury,
    parseEther(d.config.genesisSupply),
    parseEther(d.config.supplyCap),
  ]);
}
