import type { ethers } from "ethers";
import type { Deployer } from "../deployer.ts";

/** Proposals may call whatever was deployed. */
export async function allowTargets(d: Deployer): Promise<void> {
  for (const [name, { address }] of Object.entries(d.record())) {
    const allowed = async (c: ethers.Contract) => (await c.getFunction("isAllowed")(address)) as boolean;
    await d.call("ProposalRules", "allowTarget", [address, true], allowed, name);
  }
}
