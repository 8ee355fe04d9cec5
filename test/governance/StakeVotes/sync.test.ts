import { expect } from "chai";
import { given, slash, tburn, WAD } from "../../fixtures/system.ts";
import { holding } from "../holding.ts";

describe("StakeVotes.sync", () => {
  describe("given a slash", () => {
    it("brings a delegator's units to the position's value, for anyone", async () => {
      const s = await given(holding);
      await slash(s, s.validatorId, (WAD * 9n) / 10n);
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(1_000));
      await expect(s.votes.connect(s.mallory).sync([s.position]))
        .to.emit(s.votes, "PositionSynced")
        .withArgs(s.position, s.bobNo, tburn(1_000), tburn(900));
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(900));
      await expect(s.votes.sync([s.position, s.position])).not.to.emit(s.votes, "PositionSynced");
    });
  });

  describe("given a position that never was", () => {
    it("is refused", async () => {
      const s = await given(holding);
      await expect(s.votes.sync([s.position, 99]))
        .to.be.revertedWithCustomError(s.votes, "StakeVotes_NoSuchPosition")
        .withArgs(99);
    });
  });
});
