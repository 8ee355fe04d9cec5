import { ethers } from "ethers";
import type { Deployer } from "../deployer.ts";

/** The links that point upward: from the registry and the core to what was deployed after them. */
export async function connect(d: Deployer): Promise<void> {
  const core = d.address("StakingCore");
  const tiers = d.address("TierEngine");
  const votes = d.address("StakeVotes");
  const guards = [d.address("SlashingManager"), d.address("TBurnGovernor")];
  const signed = [d.address("MemberRegistry"), core];
  const above = [d.address("RewardVault"), votes, d.address("ProtocolPause"), guards];
  await d.call("ValidatorRegistry", "connect", [core, tiers], (c) => connected(c, [core, tiers]));
  await d.call("SponsoredCalls", "connect", signed, (c) => connected(c, signed));
  await d.call("TierEngine", "connect", [votes], (c) => connected(c, [votes]));
  await d.call("SuspensionManager", "connect", [votes], (c) => connected(c, [votes]));
  await d.call("StakingCore", "connect", above, (c) => connected(c, above));
  await d.call("StakeVotes", "connect", [tiers], (c) => connected(c, [tiers]));
}

/**
 * A second `connect` is refused, so a call that would revert with that error has been made; after the hand-over the
 * deployer may not connect any more, and the step was finished before it. Nodes word a revert differently.
 */
async function connected(contract: ethers.Contract, peers: unknown[]): Promise<boolean> {
  try {
    await contract.getFunction("connect").staticCall(...peers);
    return false;
  } catch (error) {
    const reverted = ethers.isCallException(error) ? error.revert?.name : undefined;
    const said = reverted ?? (error instanceof Error ? error.message : "");
    if (/_AlreadyConnected|AccessManagedUnauthorized/.test(said)) return true;
    throw error;
  }
}
