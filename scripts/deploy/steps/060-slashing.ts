import { parseEther } from "ethers";
import type { Deployer } from "../deployer.ts";

/** Base units as text: a dry run prints them inside structs. */
const units = (tokens: string) => parseEther(tokens).toString();

/** Insurance and slashing; the core learns of them when the links are made. */
export async function slashing(d: Deployer): Promise<void> {
  const p = d.config.slashing;
  const manager = d.address("AccessManager");
  const token = d.address("TBurnToken");
  const insurance = await d.proxy(
    "InsuranceFund",
    [token],
    [manager, { capBps: p.insuranceCapBps, maxPerCase: units(p.insuranceMaxPerCase) }],
  );
  await d.contract("DoubleSigns", []);
  await d.contract("SlashingRules", []);
  const peers = {
    token,
    members: d.address("MemberRegistry"),
    validators: d.address("ValidatorRegistry"),
    core: d.address("StakingCore"),
    pause: d.address("ProtocolPause"),
    insurance,
    oracle: d.address("PerformanceOracle"),
  };
  const windows = {
    evidenceMaxAge: p.evidenceMaxAgeSeconds,
    appeal: p.appealSeconds,
    decision: p.decisionSeconds,
    execution: p.executionSeconds,
  };
  const terms = {
    bountyBps: p.bountyBps,
    insuranceBps: p.insuranceBps,
    slashJail: p.jailSeconds,
    downtimeJail: p.downtimeJailSeconds,
    bountyCap: units(p.bountyCap),
    bond: units(p.bond),
    compensation: units(p.compensation),
  };
  const f = p.fractions;
  const fractions = [f.doubleSign, f.downtime, f.invalidBlock, f.consensusViolation, f.securityBreach];
  await d.proxy("SlashingManager", [peers], [manager, windows, terms, fractions.map(units)]);
}
