import { expect } from "chai";
import { ethers as lib } from "ethers";
import { attest, exit, given, networkHelpers, tburn } from "../../fixtures/system.ts";
import { holding } from "../holding.ts";

describe("StakeVotes.refresh", () => {
  describe("given KYC that ends", () => {
    it("counts until somebody looks, from the second of expiry, and counts again once renewed", async () => {
      const s = await given(holding);
      const { validUntil } = await s.kyc.record(s.bobNo);
      await networkHelpers.time.increaseTo(validUntil - 2n);
      await s.votes.refresh(s.bobNo);
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(1_000));
      await networkHelpers.time.increaseTo(validUntil);
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(1_000));
      await expect(s.votes.connect(s.mallory).refresh(s.bobNo))
        .to.emit(s.votes, "UnitsCounted")
        .withArgs(s.bobNo, s.bob.address, tburn(1_000), 0);
      await attest(s, s.bob, 1);
      await s.votes.refresh(s.bobNo);
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(1_000));
    });
  });

  describe("given a member under sanction", () => {
    for (const [name, status] of [
      ["Inactive", 3],
      ["Suspended", 4],
      ["Terminated", 5],
      ["Blacklisted", 6],
    ] as const) {
      it(`counts nothing while ${name}, and the exit goes on`, async () => {
        const s = await given(holding);
        await s.members.connect(s.deployer).setStatus(s.bobNo, status);
        await s.votes.refresh(s.bobNo);
        expect(await s.votes.balanceOf(s.bob)).to.equal(0);
        expect((await s.votes.holding(s.bobNo)).delegated).to.equal(tburn(1_000));
        await exit(s, s.bob, s.position, tburn(500));
        await s.members.connect(s.deployer).setStatus(s.bobNo, 2);
        await s.votes.refresh(s.bobNo);
        expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(500));
      });
    }
  });

  describe("given nobody by that number", () => {
    it("is refused", async () => {
      const s = await given(holding);
      await expect(s.votes.refresh(99)).to.be.revertedWithCustomError(s.votes, "StakeVotes_NoSuchMember").withArgs(99);
    });
  });

  describe("given a membership that moved to another wallet", () => {
    it("moves the units in one step, and the new wallet speaks for itself", async () => {
      const s = await given(holding);
      await s.members.connect(s.bob).proposeOwner(s.dave);
      await s.members.connect(s.dave).acceptOwner(s.bobNo);
      const act = s.votes.refresh(s.bobNo);
      await expect(act).to.emit(s.votes, "HolderChanged").withArgs(s.bobNo, s.bob.address, s.dave.address);
      await expect(act).to.emit(s.votes, "DelegateVotesChanged").withArgs(s.bob.address, tburn(1_000), 0);
      await expect(act).to.emit(s.votes, "DelegateVotesChanged").withArgs(s.dave.address, 0, tburn(1_000));
      expect(await s.votes.balanceOf(s.bob)).to.equal(0);
      expect(await s.votes.getVotes(s.dave)).to.equal(tburn(1_000));
      expect(await s.votes.totalSupply()).to.equal(tburn(101_000));
    });

    it("keeps past balances and past delegates", async () => {
      const s = await given(holding);
      const before = await networkHelpers.time.latest();
      await networkHelpers.time.increase(2);
      await s.members.connect(s.bob).proposeOwner(s.dave);
      await s.members.connect(s.dave).acceptOwner(s.bobNo);
      await s.votes.refresh(s.bobNo);
      await networkHelpers.time.increase(2);
      expect(await s.votes.getPastBalanceOf(s.bob, before)).to.equal(tburn(1_000));
      expect(await s.votes.getPastDelegate(s.bob, before)).to.equal(s.bob.address);
      expect(await s.votes.getPastBalanceOf(s.dave, before)).to.equal(0);
      const now = (await networkHelpers.time.latest()) - 1;
      expect(await s.votes.getPastBalanceOf(s.bob, now)).to.equal(0);
      expect(await s.votes.getPastBalanceOf(s.dave, now)).to.equal(tburn(1_000));
    });

    it("leaves the units without a wallet if the old one took another membership first", async () => {
      const s = await given(holding);
      await s.members.connect(s.bob).proposeOwner(s.dave);
      await s.members.connect(s.dave).acceptOwner(s.bobNo);
      await s.members.connect(s.bob).register(lib.id("another"));
      await attest(s, s.bob, 1);
      const act = s.core.connect(s.bob).delegate(s.validatorId, tburn(200), 0);
      await expect(act).to.emit(s.votes, "HolderChanged").withArgs(s.bobNo, s.bob.address, lib.ZeroAddress);
      await expect(act).to.emit(s.votes, "UnitsCounted").withArgs(s.bobNo, s.bob.address, tburn(1_000), 0);
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(200));
      await s.votes.refresh(s.bobNo);
      expect(await s.votes.balanceOf(s.dave)).to.equal(tburn(1_000));
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(200));
      expect(await s.votes.totalSupply()).to.equal(tburn(101_200));
    });

    it("says that it has no wallet, and nothing else, if it counted nothing", async () => {
      const s = await given(holding);
      await s.kyc.revoke((await s.kyc.record(s.bobNo)).uid, 1);
      await s.votes.refresh(s.bobNo);
      await s.members.connect(s.bob).proposeOwner(s.dave);
      await s.members.connect(s.dave).acceptOwner(s.bobNo);
      await s.members.connect(s.bob).register(lib.id("another"));
      await attest(s, s.bob, 1);
      const act = s.core.connect(s.bob).delegate(s.validatorId, tburn(200), 0);
      await expect(act).to.emit(s.votes, "HolderChanged").withArgs(s.bobNo, s.bob.address, lib.ZeroAddress);
      await act;
      expect(await s.votes.queryFilter(s.votes.filters.UnitsCounted(s.bobNo, undefined))).to.have.length(2);
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(200));
      expect((await s.votes.holding(s.bobNo)).units).to.equal(0);
    });
  });
});
