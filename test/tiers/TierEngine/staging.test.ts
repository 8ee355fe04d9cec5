import { expect } from "chai";
import { at, GRACE, graced, INTERVAL, now, tier, why } from "../../fixtures/grades.ts";
import { given, networkHelpers, tburn } from "../../fixtures/system.ts";

type Graced = Awaited<ReturnType<typeof graced>>;

const evaluate = (s: Graced) => s.tiers.connect(s.mallory).evaluate(s.memberNo);
const tierOf = (s: Graced) => s.tiers.tierOf(s.memberNo);

/** A promotion to `self`'s tier, staged now. */
async function staged(self: bigint) {
  const s = await graced();
  await s.deposit(self);
  await evaluate(s);
  return { ...s, stagedAt: await now() };
}
const stagedActive = () => staged(tburn(60_000));
const stagedEnterprise = () => staged(tburn(500_000));

/** An Enterprise validator, its interval over. */
async function enterprise() {
  const s = await stagedEnterprise();
  await networkHelpers.time.increase(GRACE);
  await evaluate(s);
  await networkHelpers.time.increase(INTERVAL);
  return s;
}

describe("TierEngine staging", () => {
  describe("given a staged promotion", () => {
    it("waits for the grace, to the second", async () => {
      const s = await given(stagedActive);
      const grade = await s.tiers.gradeOf(s.memberNo);
      expect([grade.tier, grade.staged, grade.effectiveAt]).to.deep.equal([0n, 3n, BigInt(s.stagedAt + GRACE)]);
      await at(s.stagedAt + GRACE - 1);
      await expect(evaluate(s)).not.to.emit(s.tiers, "TierChanged");
      await at(s.stagedAt + GRACE);
      await expect(evaluate(s))
        .to.emit(s.tiers, "TierChanged")
        .withArgs(s.memberNo, tier.basic, tier.active, why.stake | why.kyc | why.uptime, s.stagedAt + GRACE);
    });

    it("is cancelled when the facts go back", async () => {
      const s = await given(stagedActive);
      await s.withdraw(tburn(60_000));
      await expect(evaluate(s)).to.emit(s.tiers, "TierStagingCancelled").withArgs(s.memberNo, tier.basic, tier.active);
      await s.deposit(tburn(60_000));
      await evaluate(s);
      expect((await s.tiers.gradeOf(s.memberNo)).effectiveAt).to.equal((await now()) + GRACE);
    });

    it("falls with the facts, and keeps its time", async () => {
      const s = await given(stagedEnterprise);
      await s.withdraw(tburn(400_000));
      await expect(evaluate(s))
        .to.emit(s.tiers, "TierStaged")
        .withArgs(s.memberNo, tier.basic, tier.active, why.stake | why.kyc | why.uptime, s.stagedAt + GRACE);
      // Stake that comes back at the end does not bring the higher tier back.
      await s.deposit(tburn(400_000));
      await at(s.stagedAt + GRACE);
      await evaluate(s);
      expect(await tierOf(s)).to.equal(tier.active);
    });

    it("gives what the facts support at its end, if that is less", async () => {
      const s = await given(stagedEnterprise);
      await s.withdraw(tburn(400_000));
      await at(s.stagedAt + GRACE);
      await evaluate(s);
      expect(await tierOf(s)).to.equal(tier.active);
    });

    it("never gives more than was staged", async () => {
      const s = await given(stagedActive);
      await s.deposit(tburn(500_000));
      await evaluate(s);
      await at(s.stagedAt + GRACE);
      await evaluate(s);
      expect(await tierOf(s)).to.equal(tier.active);
    });
  });

  describe("given a change", () => {
    it("stages no promotion for one interval, to the second", async () => {
      const s = await given(stagedActive);
      await at(s.stagedAt + GRACE);
      await evaluate(s);
      const changedAt = s.stagedAt + GRACE;
      await s.deposit(tburn(500_000));
      await at(changedAt + INTERVAL - 1);
      await expect(evaluate(s)).not.to.emit(s.tiers, "TierStaged");
      await at(changedAt + INTERVAL);
      await expect(evaluate(s))
        .to.emit(s.tiers, "TierStaged")
        .withArgs(
          s.memberNo,
          tier.active,
          tier.enterprise,
          why.stake | why.kyc | why.uptime,
          changedAt + INTERVAL + GRACE,
        );
    });

    it("stages a demotion at any time", async () => {
      const s = await given(stagedActive);
      await networkHelpers.time.increase(GRACE);
      await evaluate(s);
      await s.withdraw(tburn(20_000));
      await expect(evaluate(s)).to.emit(s.tiers, "TierStaged");
      await networkHelpers.time.increase(GRACE);
      await evaluate(s);
      expect(await tierOf(s)).to.equal(tier.candidate);
    });
  });

  describe("given a staged demotion", () => {
    it("waits for the grace, and goes to what the facts support at its end", async () => {
      const s = await given(enterprise);
      await s.withdraw(tburn(400_000));
      await evaluate(s);
      const stagedAt = await now();
      await s.withdraw(tburn(90_000));
      await at(stagedAt + GRACE - 1);
      await expect(evaluate(s))
        .to.emit(s.tiers, "TierStaged")
        .withArgs(s.memberNo, tier.enterprise, tier.candidate, why.stake, stagedAt + GRACE);
      await at(stagedAt + GRACE);
      await expect(evaluate(s))
        .to.emit(s.tiers, "TierChanged")
        .withArgs(s.memberNo, tier.enterprise, tier.candidate, why.stake, stagedAt + GRACE);
    });

    it("goes less far when the facts mend in part, at the same time", async () => {
      const s = await given(enterprise);
      await s.withdraw(tburn(490_000));
      await evaluate(s);
      const stagedAt = await now();
      await s.deposit(tburn(50_000));
      await at(stagedAt + GRACE);
      await evaluate(s);
      expect(await tierOf(s)).to.equal(tier.active);
    });

    it("buys no time by wavering: the grace it used stays used for one interval", async () => {
      const s = await given(enterprise);
      await s.withdraw(tburn(400_000));
      await evaluate(s);
      const stagedAt = await now();
      await s.deposit(tburn(400_000));
      await at(stagedAt + 60);
      await expect(evaluate(s)).to.emit(s.tiers, "TierStagingCancelled");
      await s.withdraw(tburn(400_000));
      await at(stagedAt + 70);
      await evaluate(s);
      expect((await s.tiers.gradeOf(s.memberNo)).effectiveAt).to.equal(stagedAt + 70 + GRACE - 60);
      // A second time.
      await s.deposit(tburn(400_000));
      await at(stagedAt + 120);
      await evaluate(s);
      await s.withdraw(tburn(400_000));
      await expect(evaluate(s)).to.emit(s.tiers, "TierChanged");
    });

    it("has the whole grace again after an interval without one", async () => {
      const s = await given(enterprise);
      await s.withdraw(tburn(400_000));
      await evaluate(s);
      await networkHelpers.time.increase(60);
      await s.deposit(tburn(400_000));
      await evaluate(s);
      const cancelledAt = await now();
      await s.withdraw(tburn(400_000));
      await at(cancelledAt + INTERVAL);
      await evaluate(s);
      expect((await s.tiers.gradeOf(s.memberNo)).effectiveAt).to.equal(cancelledAt + INTERVAL + GRACE);
    });

    it("gives way to a promotion when the facts cross to the other side", async () => {
      const s = await given(stagedActive);
      await networkHelpers.time.increase(GRACE);
      await evaluate(s);
      await networkHelpers.time.increase(INTERVAL);
      await s.withdraw(tburn(20_000));
      await evaluate(s);
      await s.deposit(tburn(500_000));
      await expect(evaluate(s))
        .to.emit(s.tiers, "TierStagingCancelled")
        .withArgs(s.memberNo, tier.active, tier.candidate)
        .and.to.emit(s.tiers, "TierStaged");
      expect((await s.tiers.gradeOf(s.memberNo)).staged).to.equal(tier.enterprise);
    });
  });
});
