import type { Deployer } from "../deployer.ts";

/** Suspensions, appeals and freezes. */
export async function suspensions(d: Deployer): Promise<void> {
  const { appealSeconds, decisionSeconds, caps } = d.config.suspensions;
  await d.proxy(
    "SuspensionManager",
    ["MemberRegistry", "KycRegistry", "ValidatorRegistry", "StakingCore"].map((name) => d.address(name)),
    [
      d.address("AccessManager"),
      { appeal: appealSeconds, decision: decisionSeconds },
      [
        caps.poorPerformance,
        caps.securityViolation,
        caps.consensusAttack,
        caps.kycViolation,
        caps.termsOfService,
        caps.courtOrder,
      ],
    ],
  );
}
