import type { Deployer } from "../deployer.ts";

/** Pauses, members and their KYC. */
export async function identity(d: Deployer): Promise<void> {
  const { payoutDelaySeconds, recoveryDelaySeconds } = d.config.parameters;
  const manager = d.address("AccessManager");
  await d.contract("ProtocolPause", [manager]);
  const members = await d.proxy("MemberRegistry", [], [manager, payoutDelaySeconds, recoveryDelaySeconds]);
  await d.proxy("KycRegistry", [members], [manager]);
}
