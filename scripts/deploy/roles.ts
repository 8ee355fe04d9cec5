/** Role numbers of `contracts/libraries/Roles.sol`. */
export const roles = {
  admin: 0n,
  upgrader: 1n,
  attester: 2n,
  compliance: 3n,
  recovery: 4n,
  reporter: 5n,
  slasher: 6n,
  minter: 7n,
  kycRegistry: 8n,
  standing: 9n,
  council: 10n,
  guardian: 11n,
  param: 12n,
  committee: 13n,
} as const;

/** Which role may call what; everything else that is restricted stays with the administrator. */
export const permissions: [contract: string, signatures: string[], role: bigint][] = [
  ["MemberRegistry", ["setStatus", "freeze"], roles.standing],
  ["MemberRegistry", ["proposeRecovery"], roles.recovery],
  ["MemberRegistry", ["activate"], roles.kycRegistry],
  ["KycRegistry", ["revoke"], roles.compliance],
  ["ValidatorRegistry", ["jail", "release", "tombstone"], roles.slasher],
  ["StakingCore", ["slash", "openCase", "closeCase"], roles.slasher],
  ["StakingCore", ["setUnbonding"], roles.param],
  ["RewardVault", ["creditEpoch"], roles.reporter],
  ["ProtocolPause", ["pause", "resume"], roles.guardian],
  ["TBurnToken", ["mint"], roles.minter],
  ["PerformanceOracle", ["addMember", "removeMember", "setQuorum", "setConfirmDelay"], roles.param],
  ["TierEngine", ["setParameters"], roles.param],
  ["SuspensionManager", ["suspend", "freeze"], roles.compliance],
  ["SuspensionManager", ["emergencySuspend"], roles.guardian],
  ["SuspensionManager", ["decide", "terminate", "blacklist", "reinstate", "renewFreeze"], roles.council],
  ["SuspensionManager", ["setCap", "setWindows"], roles.param],
];

export const upgradeable = [
  "MemberRegistry",
  "KycRegistry",
  "ValidatorRegistry",
  "StakingCore",
  "RewardVault",
  "ProtocolPause",
  "TierEngine",
  "StakeVotes",
  "PerformanceOracle",
  "SuspensionManager",
];
