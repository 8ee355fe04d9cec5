import { expect } from "chai";
import { tier, tune, unstaked, why } from "../../fixtures/grades.ts";
import { attest, delegation, given, join, staked, tburn, validatorOf } from "../../fixtures/system.ts";

describe("TierEngine.evaluate", () => {
  describe("given no grace", () => {
    it("gives the highest tier that own stake and KYC support (seed §4)", async () => {
      const s = await given(unstaked);
      const wallets = [s.bob, s.carol, s.dave, s.erin, s.mallory];
      const cases: [self: number, level: number, expected: bigint][] = [
        [9_999, 3, tier.basic],
        [10_000, 2, tier.candidate],
        [50_000, 2, tier.active],
        [500_000, 2, tier.active],
        [500_000, 3, tier.enterprise],
      ];
      for (const [i, [self, level, expected]] of cases.entries()) {
        const wallet = wallets[i];
        if (!wallet) throw new Error("too few wallets");
        const id = await validatorOf(s, wallet, { self: tburn(self), level });
        expect(await s.validators.tierOf(id), `${self} at level ${level}`).to.equal(expected);
      }
    });

    it("tells the votes, which weigh by tier", async () => {
      const s = await given(unstaked);
      await s.deposit(tburn(500_000));
      await expect(s.tiers.evaluate(s.memberNo)).to.emit(s.votes, "UnitsCounted");
    });

    it("changes in one call and says why", async () => {
      const s = await given(unstaked);
      await s.deposit(tburn(50_000));
      const rise = why.stake | why.kyc | why.uptime;
      const first = await s.tiers.connect(s.mallory).evaluate(s.memberNo);
      const time = (await first.getBlock())?.timestamp;
      await expect(first)
        .to.emit(s.tiers, "TierStaged")
        .withArgs(s.memberNo, tier.basic, tier.active, rise, time)
        .and.to.emit(s.tiers, "TierChanged")
        .withArgs(s.memberNo, tier.basic, tier.active, rise, time);
      await s.withdraw(1n);
      await expect(s.tiers.evaluate(s.memberNo))
        .to.emit(s.tiers, "TierChanged")
        .withArgs(s.memberNo, tier.active, tier.candidate, why.stake, (t: bigint) => t > 0n);
      await expect(s.tiers.evaluate(s.memberNo)).not.to.emit(s.tiers, "TierStaged");
    });

    it("makes a staker of who delegates 100 with Basic KYC, and nobody else", async () => {
      const s = await given(staked);
      const bob = await s.members.memberNoOf(s.bob.address);
      await s.tiers.evaluate(bob);
      expect(await s.tiers.tierOf(bob)).to.equal(tier.basic);
      const positionId = await delegation(s, s.bob, s.validatorId, tburn(100));
      await s.tiers.evaluate(bob);
      expect(await s.tiers.tierOf(bob)).to.equal(tier.staker);
      expect((await s.tiers.factsOf(bob)).delegated).to.equal(tburn(100));
      await s.kyc.revoke((await s.kyc.record(bob)).uid, 1);
      expect(await s.tiers.missingFor(bob, tier.staker)).to.equal(why.kyc);
      await s.tiers.evaluate(bob);
      expect(await s.tiers.tierOf(bob)).to.equal(tier.basic);
      await attest(s, s.bob, 1);
      await s.core.connect(s.bob).undelegate(positionId, (await s.core.position(positionId)).shares, 0);
      expect(await s.tiers.missingFor(bob, tier.staker)).to.equal(why.stake);
    });

    it("demotes when KYC ends", async () => {
      const s = await given(staked);
      await s.kyc.revoke((await s.kyc.record(1)).uid, 1);
      await expect(s.tiers.evaluate(1))
        .to.emit(s.tiers, "TierChanged")
        .withArgs(1, tier.active, tier.basic, why.kyc, (t: bigint) => t > 0n);
    });

    it("leaves the suspended their tier and takes it from the terminated", async () => {
      const s = await given(staked);
      await s.members.setStatus(1, 4);
      await expect(s.tiers.evaluate(1)).not.to.emit(s.tiers, "TierChanged");
      await s.members.setStatus(1, 5);
      await expect(s.tiers.evaluate(1))
        .to.emit(s.tiers, "TierChanged")
        .withArgs(1, tier.active, tier.basic, why.standing, (t: bigint) => t > 0n);
    });

    it("refuses numbers that nobody holds, and answers for every member", async () => {
      const s = await given(staked);
      await expect(s.tiers.evaluate(99)).to.be.revertedWithCustomError(s.tiers, "TierEngine_NoSuchMember").withArgs(99);
      const dave = await join(s, s.dave, 0, 0n);
      for (const status of [2, 3, 4, 5, 6]) {
        await s.members.setStatus(dave, status);
        await s.tiers.evaluate(dave);
      }
      expect(await s.tiers.evaluate.staticCall(dave)).to.equal(tier.basic);
    });
  });

  describe("given that reports are asked for", () => {
    it("holds a validator without them at candidate", async () => {
      const s = await given(unstaked);
      await tune(s, { minReports: 1 });
      await s.deposit(tburn(600_000));
      await s.tiers.evaluate(s.memberNo);
      expect(await s.tiers.tierOf(s.memberNo)).to.equal(tier.candidate);
      expect(await s.tiers.missingFor(s.memberNo, tier.active)).to.equal(why.uptime);
    });
  });
});
