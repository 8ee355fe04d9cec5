import type { ethers } from "ethers";
import type { Deployer } from "../deployer.ts";
import { permissions, roles, upgradeable } from "../roles.ts";

/** Roles: who may call which function, and who holds them. */
export async function grantRoles(d: Deployer): Promise<void> {
  const deployer = await d.signer.getAddress();
  for (const [name, methods, role] of permissions) await allow(d, name, methods, role);
  for (const name of upgradeable) await allow(d, name, ["upgradeToAndCall"], roles.upgrader);
  const { holders, upgradeDelaySeconds } = d.config;
  await grant(d, roles.upgrader, d.address("TimelockController"), upgradeDelaySeconds);
  await grant(d, roles.kycRegistry, d.address("KycRegistry"), 0);
  await grant(d, roles.attester, holders.attester ?? deployer, 0);
  await grant(d, roles.compliance, holders.compliance ?? deployer, 0);
  await grant(d, roles.recovery, holders.compliance ?? deployer, 0);
  await grant(d, roles.param, d.address("TimelockController"), 0);
  await grant(d, roles.council, holders.council ?? deployer, 0);
  await grant(d, roles.guardian, holders.guardian ?? deployer, 0);
  await grant(d, roles.committee, holders.committee ?? deployer, 0);
  await grant(d, roles.liquidOperator, holders.liquidOperator ?? deployer, 0);
  await grant(d, roles.anchor, holders.anchor ?? deployer, 0);
  await grant(d, roles.slasher, d.address("SlashingManager"), 0);
  // Managers hold these; a person only where a test or a rehearsal names one.
  await grant(d, roles.reporter, d.address("PerformanceOracle"), 0);
  await grant(d, roles.standing, d.address("SuspensionManager"), 0);
  if (holders.reporter) await grant(d, roles.reporter, holders.reporter, 0);
  if (holders.slasher) await grant(d, roles.slasher, holders.slasher, 0);
  if (holders.standing) await grant(d, roles.standing, holders.standing, 0);
  if (holders.param) await grant(d, roles.param, holders.param, 0);
}

const nameOf = (role: bigint) => Object.entries(roles).find(([, number]) => number === role)?.[0] ?? String(role);

async function allow(d: Deployer, name: string, methods: string[], role: bigint): Promise<void> {
  const selectors = d.selectors(name, methods);
  const target = d.address(name);
  const same = async (manager: ethers.Contract) => {
    const held = await Promise.all(selectors.map((s) => manager.getFunction("getTargetFunctionRole")(target, s)));
    return held.every((value) => value === role);
  };
  const label = `${name}: ${methods.join(", ")} → ${nameOf(role)}`;
  await d.call("AccessManager", "setTargetFunctionRole", [target, selectors, role], same, label);
}

async function grant(d: Deployer, role: bigint, account: string, delay: number): Promise<void> {
  const held = async (manager: ethers.Contract) => {
    const [isMember] = (await manager.getFunction("hasRole")(role, account)) as [boolean, bigint];
    return isMember;
  };
  const label = `${nameOf(role)} → ${account}${delay > 0 ? `, delay ${delay} s` : ""}`;
  await d.call("AccessManager", "grantRole", [role, account, delay], held, label);
}
