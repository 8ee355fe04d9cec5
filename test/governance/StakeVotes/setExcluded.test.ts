import { expect } from "chai";
import { delegation, deployed, ethers, given, networkHelpers, tburn, WAD } from "../../fixtures/system.ts";
import { holding } from "../holding.ts";

describe("StakeVotes.setExcluded", () => {
  describe("given a wallet whose stake is not its own", () => {
    it("counts nothing from then on, and all again afterwards", async () => {
      const s = await given(holding);
      const admin = await s.timelock.getAddress();
      await networkHelpers.impersonateAccount(admin);
      await networkHelpers.setBalance(admin, WAD);
      const votes = s.votes.connect(await ethers.getSigner(admin));
      await expect(votes.setExcluded(s.bob, true)).to.emit(s.votes, "ExclusionChanged").withArgs(s.bob.address, true);
      expect(await s.votes.balanceOf(s.bob)).to.equal(0);
      await delegation(s, s.bob, s.validatorId, tburn(100));
      expect(await s.votes.balanceOf(s.bob)).to.equal(0);
      await votes.setExcluded(s.bob, false);
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(1_100));

      await votes.setExcluded(s.carol, true);
      await delegation(s, s.carol, s.validatorId, tburn(100));
      expect(await s.votes.balanceOf(s.carol)).to.equal(0);
      expect(await s.votes.isExcluded(s.carol)).to.equal(true);
    });

    it("is refused to everybody but the administrator", async () => {
      const s = await given(holding);
      await expect(s.votes.connect(s.mallory).setExcluded(s.bob, true)).to.be.revertedWithCustomError(
        s.votes,
        "AccessManagedUnauthorized",
      );
    });
  });

  describe("given the deployment", () => {
    it("has the liquid vault excluded", async () => {
      const s = await given(deployed);
      expect(await s.votes.isExcluded(s.liquid)).to.equal(true);
    });
  });
});
