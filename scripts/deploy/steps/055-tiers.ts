import type { Deployer } from "../deployer.ts";

/** Tiers, which read everything below them. */
export async function tiers(d: Deployer): Promise<void> {
  const p = d.config.tiers;
  await d.proxy(
    "TierEngine",
    ["MemberRegistry", "KycRegistry", "ValidatorRegistry", "StakingCore", "PerformanceOracle"].map((n) => d.address(n)),
    [
      d.address("AccessManager"),
      {
        promotionGrace: p.promotionGraceSeconds,
        demotionGrace: p.demotionGraceSeconds,
        interval: p.intervalSeconds,
        minReports: p.minReports,
        enterpriseWeightBps: p.enterpriseWeightBps,
        governanceWeightBps: p.governanceWeightBps,
      },
    ],
  );
}
