import { expect } from "chai";
import { breakCounting, breakVotes } from "../../fixtures/broken-votes.ts";
import { defaults, tier, unstaked, why } from "../../fixtures/grades.ts";
import { attest, ethers, given, staked, tburn } from "../../fixtures/system.ts";

/** Alice is due to lose her tier. */
async function due() {
  const s = await staked();
  const before = await s.core.selfStakeOf(s.validatorId);
  await s.core.connect(s.alice).requestSelfExit(s.validatorId, before - tburn(49_999));
  return s;
}

/** As before, and the votes cannot say what she holds. */
async function unanswered() {
  const s = await due();
  const face = await ethers.getContractAt("StakeVotes__Mock", await s.votes.getAddress());
  return { ...s, face, mend: await breakVotes(s) };
}

/** Alice is due to become a validator of Enterprise, whose stake weighs more, and the votes cannot count it anew. */
async function uncounted() {
  const s = await unstaked();
  await s.kyc.revoke((await s.kyc.record(s.memberNo)).uid, 1);
  await attest(s, s.alice, 3);
  await s.deposit(tburn(500_000));
  return { ...s, mend: await breakCounting(s) };
}

describe("TierEngine and its votes", () => {
  describe("given none yet, as while a system is deployed", () => {
    it("judges by the other facts, and tells nobody", async () => {
      const s = await given(staked);
      const engine = await ethers.deployContract("TierEngine", [s.members, s.kyc, s.validators, s.core, s.oracle]);
      const initialize = engine.interface.encodeFunctionData("initialize", [await s.manager.getAddress(), defaults]);
      const proxy = await ethers.deployContract("ERC1967Proxy", [engine, initialize]);
      const tiers = await ethers.getContractAt("TierEngine", await proxy.getAddress());
      await tiers.evaluate(1);
      expect(await tiers.tierOf(1)).to.equal(tier.active);
      expect((await tiers.factsOf(1)).delegated).to.equal(0);
    });
  });

  describe("given votes whose every function fails", () => {
    it("evaluates nobody: without what a member delegates there are no facts", async () => {
      const s = await given(unanswered);
      for (const ask of ["evaluate", "factsOf", "supportedTierOf"] as const)
        await expect(s.tiers[ask](1), ask).to.be.revertedWithCustomError(s.face, "StakeVotes__Mock_Broken");
    });

    it("leaves everybody the tier that was last made, and what follows from it", async () => {
      const s = await given(unanswered);
      expect(await s.tiers.tierOf(1)).to.equal(tier.active);
      expect(await s.tiers.isEligible(s.validatorId)).to.equal(true);
      expect(await s.tiers.ownStakeWeightBps(s.validatorId)).to.equal(10_000);
      expect(await s.tiers.shownTierOf(1)).to.equal(3);
    });

    it("lets no validator be activated, and every one leave", async () => {
      const s = await given(unanswered);
      await s.validators.connect(s.alice).deactivate(s.validatorId);
      await expect(s.validators.connect(s.alice).activate(s.validatorId, 0)).to.be.revertedWithCustomError(
        s.face,
        "StakeVotes__Mock_Broken",
      );
      await expect(s.core.connect(s.alice).requestSelfExit(s.validatorId, tburn(1_000), { gasLimit: 2_000_000 }))
        .to.emit(s.core, "VotesNotTold")
        .withArgs(0);
    });

    it("makes the change that waited once they are mended", async () => {
      const s = await given(unanswered);
      await s.mend();
      await expect(s.tiers.evaluate(1))
        .to.emit(s.tiers, "TierChanged")
        .withArgs(1, tier.active, tier.candidate, why.stake, (t: bigint) => t > 0n);
    });
  });

  describe("given votes that only cannot count anew", () => {
    it("changes the tier all the same, and says that they were not told", async () => {
      const s = await given(uncounted);
      await expect(s.tiers.evaluate(s.memberNo)).to.emit(s.tiers, "VotesNotTold").withArgs(s.memberNo);
      expect(await s.tiers.tierOf(s.memberNo)).to.equal(tier.enterprise);
      expect((await s.votes.holding(s.memberNo)).units).to.equal(tburn(500_000));
    });

    it("leaves it to anyone to tell them once they are mended", async () => {
      const s = await given(uncounted);
      await s.tiers.evaluate(s.memberNo);
      await s.mend();
      await s.votes.connect(s.mallory).refresh(s.memberNo);
      expect((await s.votes.holding(s.memberNo)).units).to.equal(tburn(750_000));
    });
  });

  describe("given a caller who sends too little gas for them", () => {
    /** Alice, whose stake weighs more than that of others, is due to lose that. */
    async function heavy() {
      const s = await uncounted();
      await s.mend();
      await s.tiers.evaluate(s.memberNo);
      await s.withdraw(1n);
      return s;
    }

    it("changes the tier and its weight together, whatever the gas, or nothing", async () => {
      const s = await given(heavy);
      const untold = s.tiers.filters.VotesNotTold();
      for (let gasLimit = 100_000; (await s.tiers.tierOf(s.memberNo)) === tier.enterprise; gasLimit += 5_000) {
        const sent = s.tiers.connect(s.mallory).evaluate(s.memberNo, { gasLimit });
        await sent.catch(() => undefined);
      }
      expect(await s.tiers.queryFilter(untold)).to.deep.equal([]);
      expect((await s.votes.holding(s.memberNo)).units).to.equal(await s.core.selfStakeOf(s.validatorId));
    });

    it("says how much it lacks", async () => {
      const s = await given(heavy);
      const gasLimit = await s.tiers.evaluate.estimateGas(s.memberNo);
      await expect(s.tiers.evaluate(s.memberNo, { gasLimit: gasLimit - gasLimit / 5n }))
        .to.be.revertedWithCustomError(s.tiers, "TierEngine_GasTooLow")
        .withArgs((offered: bigint) => offered < 700_000n, 700_000);
    });
  });
});
