import type { Deployer } from "../deployer.ts";

/** The oracle and its first reporters; more than half of them agree. */
export async function performance(d: Deployer): Promise<void> {
  const { confirmDelaySeconds, reporters } = d.config.oracle;
  const members = reporters.length > 0 ? reporters : [d.config.holders.reporter ?? (await d.signer.getAddress())];
  await d.proxy(
    "PerformanceOracle",
    [d.address("ValidatorRegistry"), d.address("StakingCore"), d.address("RewardVault")],
    [d.address("AccessManager"), members, Math.floor(members.length / 2) + 1, confirmDelaySeconds],
  );
}
