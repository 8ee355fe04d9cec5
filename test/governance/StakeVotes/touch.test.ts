import { expect } from "chai";
import { ethers as lib } from "ethers";
import { delegation, exit, given, slash, staked, tburn, validatorOf, WAD } from "../../fixtures/system.ts";
import { holding } from "../holding.ts";

describe("StakeVotes.touchPosition", () => {
  describe("given a member's first stake", () => {
    it("counts it for the owner's wallet, which speaks for itself", async () => {
      const s = await given(holding);
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(1_000));
      expect(await s.votes.getVotes(s.bob)).to.equal(tburn(1_000));
      expect(await s.votes.delegates(s.bob)).to.equal(s.bob.address);
      expect(await s.votes.positionUnits(s.position)).to.equal(tburn(1_000));
      expect(await s.votes.totalSupply()).to.equal(tburn(101_000));
      expect([...(await s.votes.holding(s.bobNo))]).to.deep.equal([s.bob.address, tburn(1_000), 0n, tburn(1_000)]);
    });

    it("says so", async () => {
      const s = await given(staked);
      const act = s.core.connect(s.bob).delegate(s.validatorId, tburn(1_000), 0);
      const bobNo = await s.members.memberNoOf(s.bob.address);
      await expect(act).to.emit(s.votes, "HolderChanged").withArgs(bobNo, lib.ZeroAddress, s.bob.address);
      await expect(act).to.emit(s.votes, "UnitsCounted").withArgs(bobNo, s.bob.address, 0, tburn(1_000));
      expect(await s.votes.delegates(s.bob)).to.equal(s.bob.address);
      await expect(act).to.emit(s.votes, "DelegateVotesChanged").withArgs(s.bob.address, 0, tburn(1_000));
      await expect(act).not.to.emit(s.core, "VotesNotTold");
    });
  });

  describe("given a wallet that chose a delegate before its first stake", () => {
    it("leaves the choice alone", async () => {
      const s = await given(staked);
      await s.votes.connect(s.bob).delegate(s.alice);
      await delegation(s, s.bob, s.validatorId, tburn(1_000));
      expect(await s.votes.delegates(s.bob)).to.equal(s.alice.address);
      expect(await s.votes.getVotes(s.alice)).to.equal(tburn(101_000));
      expect(await s.votes.getVotes(s.bob)).to.equal(0);
    });
  });

  describe("given more stake, a partial and a whole exit", () => {
    it("counts unbonding tokens no more, from the request on", async () => {
      const s = await given(holding);
      await delegation(s, s.bob, s.validatorId, tburn(500));
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(1_500));
      await exit(s, s.bob, s.position, tburn(400));
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(1_100));
      await exit(s, s.bob, s.position);
      expect(await s.votes.balanceOf(s.bob)).to.equal(0);
      expect(await s.votes.totalSupply()).to.equal(tburn(100_000));
    });
  });

  describe("given a redelegation", () => {
    it("moves nothing", async () => {
      const s = await given(holding);
      const dst = await validatorOf(s, s.erin);
      await s.core.connect(s.bob).redelegate(s.position, dst, 0);
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(1_000));
      expect(await s.votes.positionUnits(s.position)).to.equal(0);
    });
  });

  describe("given a caller that is not the core", () => {
    it("is refused", async () => {
      const s = await given(holding);
      const votes = s.votes.connect(s.mallory);
      await expect(votes.touchPosition(s.position, s.bobNo, 1))
        .to.be.revertedWithCustomError(s.votes, "StakeVotes_OnlyCore")
        .withArgs(s.mallory.address);
      await expect(votes.touchSelf(s.bobNo, 1))
        .to.be.revertedWithCustomError(s.votes, "StakeVotes_OnlyCore")
        .withArgs(s.mallory.address);
    });
  });
});

describe("StakeVotes.touchSelf", () => {
  describe("given a validator", () => {
    it("counts own stake by the weight of its tier", async () => {
      const s = await given(holding);
      const weight = await s.tiers.ownStakeWeightBps(s.validatorId);
      expect(await s.votes.balanceOf(s.alice)).to.equal((tburn(100_000) * weight) / 10_000n);
      await s.core.connect(s.alice).requestSelfExit(s.validatorId, tburn(40_000));
      expect((await s.votes.holding(s.aliceNo)).self).to.equal(tburn(60_000));
    });

    it("follows a slash of own stake at once", async () => {
      const s = await given(holding);
      await slash(s, s.validatorId, (WAD * 9n) / 10n);
      expect((await s.votes.holding(s.aliceNo)).self).to.equal(tburn(90_000));
    });
  });
});
