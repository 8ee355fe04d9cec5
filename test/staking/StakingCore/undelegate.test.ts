import { expect } from "chai";
import {
  DAY,
  delegation,
  exit,
  given,
  networkHelpers,
  slash,
  staked,
  tburn,
  UNBONDING,
  WAD,
} from "../../fixtures/system.ts";

async function delegated() {
  const s = await staked();
  return { ...s, positionId: await delegation(s, s.bob, s.validatorId, tburn(1000)) };
}

describe("StakingCore.undelegate", () => {
  describe("given a position", () => {
    it("moves its value into the day's cohort, maturing one unbonding after the day's end", async () => {
      const s = await given(delegated);
      const requestId = await exit(s, s.bob, s.positionId);
      const now = await networkHelpers.time.latest();
      const day = Math.floor(now / DAY);
      expect(await s.core.requestValue(requestId)).to.equal(tburn(1000));
      expect(await s.core.maturesAt(requestId)).to.equal((day + 1) * DAY + UNBONDING);
      expect(await s.core.positionValue(s.positionId)).to.equal(0);
    });

    it("allows a part, leaving at least 100 TBURN", async () => {
      const s = await given(delegated);
      await exit(s, s.bob, s.positionId, tburn(900));
      expect(await s.core.positionValue(s.positionId)).to.equal(tburn(100));
      await expect(s.core.connect(s.bob).undelegate(s.positionId, tburn(1), 0))
        .to.be.revertedWithCustomError(s.core, "StakingCore_BelowMinimum")
        .withArgs(tburn(99), tburn(100));
    });

    it("refuses more shares than the position holds", async () => {
      const s = await given(delegated);
      await expect(s.core.connect(s.bob).undelegate(s.positionId, tburn(1001), 0))
        .to.be.revertedWithCustomError(s.core, "StakingCore_InsufficientShares")
        .withArgs(s.positionId, tburn(1000));
    });

    it("refuses zero shares", async () => {
      const s = await given(delegated);
      await expect(s.core.connect(s.bob).undelegate(s.positionId, 0, 0)).to.be.revertedWithCustomError(
        s.core,
        "StakingCore_ZeroAmount",
      );
    });

    it("refuses fewer tokens than asked for", async () => {
      const s = await given(delegated);
      await slash(s, s.validatorId, WAD / 2n);
      await expect(s.core.connect(s.bob).undelegate(s.positionId, tburn(1000), tburn(501)))
        .to.be.revertedWithCustomError(s.core, "StakingCore_Slippage")
        .withArgs(tburn(500), tburn(501));
    });

    it("refuses anybody but the owner", async () => {
      const s = await given(delegated);
      await expect(s.core.connect(s.carol).undelegate(s.positionId, tburn(1000), 0))
        .to.be.revertedWithCustomError(s.core, "StakingCore_NotOwner")
        .withArgs(s.positionId, s.carol.address);
    });
  });

  describe("given everything that may stop someone from entering", () => {
    it("lets a suspended member without KYC leave a jailed validator with an open case", async () => {
      const s = await given(delegated);
      const memberNo = await s.members.memberNoOf(s.bob.address);
      await s.kyc.revoke((await s.kyc.record(memberNo)).uid, 1);
      await s.members.setStatus(memberNo, 6);
      await s.validators.jail(s.validatorId, 4_000_000_000);
      await s.core.openCase(s.validatorId);
      const requestId = await exit(s, s.bob, s.positionId);
      expect(await s.core.requestValue(requestId)).to.equal(tburn(1000));
    });
  });
});
