import { expect } from "chai";
import { administrator, defaults, tier, tune, unstaked, why } from "../../fixtures/grades.ts";
import { given, tburn } from "../../fixtures/system.ts";

async function administered() {
  const s = await unstaked();
  const admin = s.tiers.connect(await administrator(s));
  return { ...s, admin };
}

describe("TierEngine.appoint", () => {
  describe("given the facts of an active validator", () => {
    it("makes a Genesis or Governance validator, and ends it", async () => {
      const s = await given(administered);
      await s.deposit(tburn(50_000));
      for (const to of [tier.genesis, tier.governance]) {
        await expect(s.admin.appoint(s.memberNo, to, true))
          .to.emit(s.tiers, "MemberAppointed")
          .withArgs(s.memberNo, to, true);
        await expect(s.tiers.evaluate(s.memberNo)).to.emit(s.tiers, "TierChanged");
        expect(await s.tiers.tierOf(s.memberNo)).to.equal(to);
        expect((await s.tiers.capabilitiesOf(s.memberNo)).maxCommissionBps).to.equal(1_000);
      }
      await s.admin.appoint(s.memberNo, tier.governance, false);
      await expect(s.tiers.evaluate(s.memberNo))
        .to.emit(s.tiers, "TierChanged")
        .withArgs(s.memberNo, tier.governance, tier.genesis, why.appointment, (t: bigint) => t > 0n);
    });
  });

  describe("given an active validator", () => {
    it("is the one reason of the promotion: nothing else is asked for", async () => {
      const s = await given(administered);
      await s.deposit(tburn(50_000));
      await s.tiers.evaluate(s.memberNo);
      await s.admin.appoint(s.memberNo, tier.genesis, true);
      await expect(s.tiers.evaluate(s.memberNo))
        .to.emit(s.tiers, "TierChanged")
        .withArgs(s.memberNo, tier.active, tier.genesis, why.appointment, (t: bigint) => t > 0n);
    });
  });

  describe("given less than that", () => {
    it("has no effect: nobody can grant a tier against the facts", async () => {
      const s = await given(administered);
      await s.deposit(tburn(50_000) - 1n);
      await s.admin.appoint(s.memberNo, tier.genesis, true);
      await s.admin.appoint(s.memberNo, tier.governance, true);
      await s.tiers.evaluate(s.memberNo);
      expect(await s.tiers.tierOf(s.memberNo)).to.equal(tier.candidate);
      expect(await s.tiers.missingFor(s.memberNo, tier.governance)).to.equal(why.stake);
    });
  });

  describe("given anything else", () => {
    it("refuses other tiers, unknown members, and everyone but the administrator", async () => {
      const s = await given(administered);
      for (const to of [tier.basic, tier.active, tier.enterprise]) {
        await expect(s.admin.appoint(s.memberNo, to, true))
          .to.be.revertedWithCustomError(s.tiers, "TierEngine_NotAppointable")
          .withArgs(to);
      }
      await expect(s.admin.appoint(99, tier.genesis, true))
        .to.be.revertedWithCustomError(s.tiers, "TierEngine_NoSuchMember")
        .withArgs(99);
      await expect(s.tiers.connect(s.deployer).appoint(s.memberNo, tier.genesis, true))
        .to.be.revertedWithCustomError(s.tiers, "AccessManagedUnauthorized")
        .withArgs(s.deployer);
    });
  });
});

describe("TierEngine.setParameters", () => {
  describe("given values at and beyond their bounds", () => {
    it("keeps them inside", async () => {
      const s = await given(unstaked);
      const month = 30 * 86_400;
      const bounds: [keyof typeof defaults, number, number][] = [
        ["promotionGrace", 0, month],
        ["demotionGrace", 0, month],
        ["interval", 0, month],
        ["minReports", 0, 30],
        ["enterpriseWeightBps", 10_000, 20_000],
        ["governanceWeightBps", 10_000, 20_000],
      ];
      for (const [key, lowest, highest] of bounds) {
        await expect(tune(s, { [key]: highest })).to.emit(s.tiers, "ParametersChanged");
        await expect(tune(s, { [key]: highest + 1 }))
          .to.be.revertedWithCustomError(s.tiers, "TierEngine_OutOfRange")
          .withArgs(highest + 1, lowest, highest);
        if (lowest === 0) continue;
        await expect(tune(s, { [key]: lowest - 1 }))
          .to.be.revertedWithCustomError(s.tiers, "TierEngine_OutOfRange")
          .withArgs(lowest - 1, lowest, highest);
      }
      await tune(s, { interval: 7 });
      expect((await s.tiers.parameters()).interval).to.equal(7);
      await expect(s.tiers.connect(s.mallory).setParameters(defaults))
        .to.be.revertedWithCustomError(s.tiers, "AccessManagedUnauthorized")
        .withArgs(s.mallory);
    });
  });
});

describe("TierEngine.connect", () => {
  describe("given connected votes", () => {
    it("refuses others", async () => {
      const s = await given(administered);
      await expect(s.admin.getFunction("connect(address)").send(s.bob)).to.be.revertedWithCustomError(
        s.tiers,
        "TierEngine_AlreadyConnected",
      );
      await expect(s.tiers.getFunction("connect(address)").send(s.bob)).to.be.revertedWithCustomError(
        s.tiers,
        "AccessManagedUnauthorized",
      );
    });
  });
});
