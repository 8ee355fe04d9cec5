import type { Deployer } from "../deployer.ts";

/** Reads for pages; nothing relies on it, so it is replaced rather than upgraded. */
export async function lens(d: Deployer): Promise<void> {
  await d.contract("ProtocolLens", [
    {
      token: d.address("TBurnToken"),
      members: d.address("MemberRegistry"),
      kyc: d.address("KycRegistry"),
      validators: d.address("ValidatorRegistry"),
      core: d.address("StakingCore"),
      vault: d.address("RewardVault"),
      pause: d.address("ProtocolPause"),
      oracle: d.address("PerformanceOracle"),
      tiers: d.address("TierEngine"),
      slashing: d.address("SlashingManager"),
      suspensions: d.address("SuspensionManager"),
      votes: d.address("StakeVotes"),
      governor: d.address("TBurnGovernor"),
    },
  ]);
}
