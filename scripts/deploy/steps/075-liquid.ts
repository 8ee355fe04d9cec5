import type { ethers } from "ethers";
import type { Deployer } from "../deployer.ts";

/**
 * The liquid vault, whose stake carries no votes. Before it can delegate, its operator lets it join the members and an
 * attester signs for it.
 */
export async function liquid(d: Deployer): Promise<void> {
  const members = d.address("MemberRegistry");
  await d.contract("LiquidExits", []);
  const vault = await d.proxy(
    "LiquidStakingVault",
    [
      members,
      d.address("KycRegistry"),
      d.address("ValidatorRegistry"),
      d.address("StakingCore"),
      d.address("RewardVault"),
    ],
    [d.address("AccessManager"), d.address("TBurnToken"), d.config.liquidCapBps],
  );
  const excluded = async (c: ethers.Contract) => (await c.getFunction("isExcluded")(vault)) as boolean;
  await d.call("StakeVotes", "setExcluded", [vault, true], excluded);
}
