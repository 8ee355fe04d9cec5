import { ethers } from "ethers";
import type { Deployer } from "../deployer.ts";
import { roles } from "../roles.ts";

/** The timelock becomes the only administrator; the deployer keeps nothing. */
export async function handOver(d: Deployer): Promise<void> {
  const deployer = await d.signer.getAddress();
  const timelock = d.address("TimelockController");
  const isAdmin = async (manager: ethers.Contract, account: string) => {
    const [held] = (await manager.getFunction("hasRole")(roles.admin, account)) as [boolean, bigint];
    return held;
  };
  await d.call("AccessManager", "grantRole", [roles.admin, timelock, 0], (m) => isAdmin(m, timelock));
  const steward = async (c: ethers.Contract) => (await c.getFunction("hasRole")(ethers.ZeroHash, deployer)) as boolean;
  await d.call("TimelockController", "renounceRole", [ethers.ZeroHash, deployer], async (c) => !(await steward(c)));
  await d.call("AccessManager", "renounceRole", [roles.admin, deployer], async (m) => !(await isAdmin(m, deployer)));
}
