import { expect } from "chai";
import { tier, tune, why } from "../../fixtures/grades.ts";
import { item, type Reported, reportEpoch, reported } from "../../fixtures/reports.ts";
import { given, tburn } from "../../fixtures/system.ts";

/** Epochs of `first`, each with `attested` of 10,000 duties. */
async function epochs(s: Reported, attested: bigint[]) {
  for (const done of attested) await reportEpoch(s, [item(s.first, { attested: done, missed: 10_000n - done })]);
}

const points = async (s: Reported) => (await s.tiers.gradeOf(1)).points;

describe("TierEngine penalty points", () => {
  describe("given an active validator (SLA 99 %)", () => {
    it("counts each epoch below the SLA once, when somebody looks", async () => {
      const s = await given(reported);
      await epochs(s, [9_900n, 9_899n, 10_000n, 9_899n]);
      expect(await points(s)).to.equal(0);
      await expect(s.tiers.evaluate(1)).to.emit(s.tiers, "PenaltyPointsChanged").withArgs(1, s.first, 2, 2);
      await expect(s.tiers.evaluate(1)).not.to.emit(s.tiers, "PenaltyPointsChanged");
    });

    it("is on probation from three points on, and does not rise", async () => {
      const s = await given(reported);
      // Means above the 99 % of the tier, so that points alone speak.
      await epochs(s, [9_899n, 9_899n, 9_899n, ...Array(7).fill(10_000n)]);
      await s.tiers.evaluate(1);
      expect(await points(s)).to.equal(3);
      expect(await s.tiers.shownTierOf(1)).to.equal(8);
      await epochs(s, Array(20).fill(10_000n));
      await s.core.connect(s.alice).depositSelf(s.first, tburn(500_000));
      await s.tiers.evaluate(1);
      expect(await s.tiers.tierOf(1)).to.equal(tier.active);
      expect(await s.tiers.missingFor(1, tier.enterprise)).to.equal(why.uptime | why.points);
      expect(await s.tiers.missingFor(1, tier.active)).to.equal(0);
    });

    it("does not rise on probation, though its facts would support it", async () => {
      const s = await given(reported);
      await epochs(s, [...Array(4).fill(9_899n), ...Array(6).fill(10_000n)]);
      await s.tiers.evaluate(1);
      // Thirty clean epochs: one point less, and nothing but clean ones are remembered.
      await epochs(s, Array(24).fill(10_000n));
      await s.core.connect(s.alice).depositSelf(s.first, tburn(500_000));
      await expect(s.tiers.evaluate(1)).not.to.emit(s.tiers, "TierStaged");
      expect(await points(s)).to.equal(3);
      expect(await s.tiers.supportedTierOf(1)).to.equal(tier.enterprise);
      expect(await s.tiers.missingFor(1, tier.enterprise)).to.equal(why.points);
    });

    it("loses a point per thirty epochs without a breach", async () => {
      const s = await given(reported);
      await epochs(s, [9_899n, 9_899n, ...Array(29).fill(10_000n)]);
      // Thirty reports are remembered: one of the two breaches was forgotten before anyone looked.
      await s.tiers.evaluate(1);
      expect(await points(s)).to.equal(1);
      await epochs(s, [10_000n]);
      await expect(s.tiers.evaluate(1)).to.emit(s.tiers, "PenaltyPointsChanged").withArgs(1, s.first, 0, 0);
    });
  });

  describe("given uptime below a tier's minimum", () => {
    it("demotes by the mean", async () => {
      const s = await given(reported);
      await epochs(s, [9_800n]);
      await expect(s.tiers.evaluate(1))
        .to.emit(s.tiers, "TierChanged")
        .withArgs(1, tier.active, tier.candidate, why.uptime, (t: bigint) => t > 0n);
      await epochs(s, [9_198n]);
      expect((await s.tiers.factsOf(1)).uptimeBps).to.equal(9_499);
      await s.tiers.evaluate(1);
      expect(await s.tiers.tierOf(1)).to.equal(tier.basic);
    });

    it("counts no mean of too few reports against a candidate", async () => {
      const s = await given(reported);
      await tune(s, { minReports: 2 });
      await epochs(s, [9_000n]);
      await s.tiers.evaluate(1);
      expect(await s.tiers.tierOf(1)).to.equal(tier.candidate);
    });
  });
});
