import type { Deployer } from "../deployer.ts";

/** Pauses, members and their KYC, and what brings calls that members signed. */
export async function identity(d: Deployer): Promise<void> {
  const { payoutDelaySeconds, recoveryDelaySeconds } = d.config.parameters;
  const manager = d.address("AccessManager");
  await d.contract("ProtocolPause", [manager]);
  const forwarder = await d.contract("SponsoredCalls", [manager]);
  const members = await d.proxy("MemberRegistry", [forwarder], [manager, payoutDelaySeconds, recoveryDelaySeconds]);
  await d.proxy("KycRegistry", [members], [manager]);
}
