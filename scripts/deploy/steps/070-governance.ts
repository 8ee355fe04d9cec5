import { ethers, parseEther } from "ethers";
import type { Deployer } from "../deployer.ts";

/** Voting units, what proposals may call, and the governor, which proposes to the timelock. */
export async function governance(d: Deployer): Promise<void> {
  const manager = d.address("AccessManager");
  const core = d.address("StakingCore");
  const kyc = d.address("KycRegistry");
  const votes = await d.proxy(
    "StakeVotes",
    [d.address("MemberRegistry"), kyc, d.address("ValidatorRegistry"), core],
    [manager],
  );
  const rules = await d.proxy("ProposalRules", [], [manager]);
  const g = d.config.governance;
  const terms = {
    votingDelay: g.votingDelaySeconds,
    votingPeriod: g.votingPeriodSeconds,
    lateQuorumExtension: g.lateQuorumSeconds,
    proposalThreshold: parseEther(g.proposalThreshold).toString(),
    quorumPercent: g.quorumPercent,
  };
  const guardian = d.config.holders.guardian ?? ethers.ZeroAddress;
  const timelock = d.address("TimelockController");
  const governor = await d.proxy("TBurnGovernor", [core, rules], [manager, votes, timelock, terms, guardian]);
  for (const role of ["PROPOSER_ROLE", "CANCELLER_ROLE"]) {
    const hash = ethers.id(role);
    const held = async (c: ethers.Contract) => (await c.getFunction("hasRole")(hash, governor)) as boolean;
    await d.call("TimelockController", "grantRole", [hash, governor], held, `${role} → ${governor}`);
  }
}
