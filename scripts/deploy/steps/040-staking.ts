import { parseEther } from "ethers";
import type { Deployer } from "../deployer.ts";

/** Validators, stake and rewards; what stands above them is connected when it is there. */
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
  await d.contract("StakeExits", []);
  await d.contract("StakeSlashing", []);
  const core = await d.proxy(
    "StakingCore",
    [token, members, kyc, validators, d.address("SponsoredCalls")],
    [manager, { unbonding: p.unbondingSeconds, cohort: p.cohortSeconds, epoch: p.epochSeconds }],
  );
  await d.proxy(
    "RewardVault",
    [token, members, validators, core, d.address("ProtocolPause")],
    [manager, parseEther(d.config.epochBudget)],
  );
}
