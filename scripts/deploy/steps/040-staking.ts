import { ethers, parseEther } from "ethers";
import type { Deployer } from "../deployer.ts";

/** Validators, stake and rewards, then the two links that point upward. */
export async function staking(d: Deployer): Promise<void> {
  const p = d.config.parameters;
  const manager = d.address("AccessManager");
  const members = d.address("MemberRegistry");
  const kyc = d.address("KycRegistry");
  const token = d.address("TBurnToken");
  const validators = await d.proxy(
    "ValidatorRegistry",
    [members, kyc],
    [manager, d.config.maxActiveValidators, p.commissionDelaySeconds, p.commissionWindowSeconds],
  );
  const core = await d.proxy(
    "StakingCore",
    [token, members, kyc, validators],
    [manager, { unbonding: p.unbondingSeconds, cohort: p.cohortSeconds, epoch: p.epochSeconds }],
  );
  const vault = await d.proxy(
    "RewardVault",
    [token, members, validators, core],
    [manager, parseEther(d.config.epochBudget)],
  );
  await d.call("ValidatorRegistry", "connect", [core], (c) => connected(c, core));
  await d.call("StakingCore", "connect", [vault], (c) => connected(c, vault));
}

/**
 * A second `connect` is refused, so a call that would revert with that error has been made; after the hand-over the
 * deployer may not connect any more, and the step was finished before it. Nodes word a revert differently.
 */
async function connected(contract: ethers.Contract, peer: string): Promise<boolean> {
  try {
    await contract.getFunction("connect").staticCall(peer);
    return false;
  } catch (error) {
    const reverted = ethers.isCallException(error) ? error.revert?.name : undefined;
    const said = reverted ?? (error instanceof Error ? error.message : "");
    if (/_AlreadyConnected|AccessManagedUnauthorized/.test(said)) return true;
    throw error;
  }
}
