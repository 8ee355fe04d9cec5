import { expect } from "chai";
import { ZeroHash } from "ethers";
import { at, now } from "../../fixtures/grades.ts";
import { appealed, days, reason, state, statement, status, suspended, verdict } from "../../fixtures/sanctions.ts";
import { given } from "../../fixtures/system.ts";

describe("SuspensionManager.appeal", () => {
  describe("given a suspension", () => {
    it("is made by the member's owner, once, before the window closes", async () => {
      const s = await given(suspended);
      await expect(s.suspensions.connect(s.bob).appeal(1, statement))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_NotOwner")
        .withArgs(1, s.bob);
      await expect(s.mine.appeal(1, ZeroHash)).to.be.revertedWithCustomError(
        s.suspensions,
        "SuspensionManager_NoEvidence",
      );
      await at(s.suspendedAt + 119);
      await expect(s.mine.appeal(1, statement))
        .to.emit(s.suspensions, "SuspensionAppealed")
        .withArgs(1, 1, statement, s.suspendedAt + 119 + 120);
      await expect(s.mine.appeal(1, statement))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_WrongState")
        .withArgs(1, state.appealed);
    });

    it("is too late when the window has closed", async () => {
      const s = await given(suspended);
      await at(s.suspendedAt + 120);
      await expect(s.mine.appeal(1, statement))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_WindowClosed")
        .withArgs(s.suspendedAt + 120);
    });
  });
});

describe("SuspensionManager.decide", () => {
  describe("given an appeal", () => {
    it("upholds", async () => {
      const s = await given(appealed);
      await expect(s.council.decide(1, verdict.uphold, 0))
        .to.emit(s.suspensions, "SuspensionDecided")
        .withArgs(1, 1, verdict.uphold, s.suspendedAt + days(10), s.judge);
      expect(await s.suspensions.endsAtOf(1)).to.equal(s.suspendedAt + days(10));
      await expect(s.council.decide(1, verdict.uphold, 0))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_WrongState")
        .withArgs(1, state.upheld);
    });

    it("reduces to an end between now and the present one", async () => {
      const s = await given(appealed);
      const end = s.suspendedAt + days(10);
      for (const wrong of [s.appealedAt, end]) {
        await at(s.appealedAt + 10 + (wrong === end ? 1 : 0));
        await expect(s.council.decide(1, verdict.reduce, wrong))
          .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_BadEnd")
          .withArgs(wrong, s.appealedAt + 10 + (wrong === end ? 1 : 0), end - 1);
      }
      await expect(s.council.decide(1, verdict.reduce, end - 1))
        .to.emit(s.suspensions, "SuspensionDecided")
        .withArgs(1, 1, verdict.reduce, end - 1, s.judge);
      expect((await s.suspensions.suspension(1)).state).to.equal(state.reduced);
      await at(end - 1);
      await s.suspensions.restore(1);
    });

    it("overturns, restores at once and forgets the repeat", async () => {
      const s = await given(appealed);
      await expect(s.council.decide(1, verdict.overturn, 0))
        .to.emit(s.suspensions, "SuspensionDecided")
        .and.to.emit(s.suspensions, "MemberRestored")
        .withArgs(1, 1);
      expect(await s.members.statusOf(1)).to.equal(status.active);
      expect(await s.suspensions.repeatsOf(1, reason.performance)).to.equal(0);
      expect((await s.suspensions.suspension(1)).state).to.equal(state.overturned);
    });

    it("overturns and leaves the rest to a restoration, while a case is open", async () => {
      const s = await given(appealed);
      await s.core.openCase(s.validatorId);
      await expect(s.council.decide(1, verdict.overturn, 0)).not.to.emit(s.suspensions, "MemberRestored");
      await expect(s.suspensions.restore(1))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_ChecklistFailed")
        .withArgs(1, 8);
      await s.core.closeCase(s.validatorId);
      await s.suspensions.restore(1);
    });

    it("is refused to who suspended, and to who does not sit on the council", async () => {
      const s = await given(appealed);
      await expect(s.suspensions.decide(1, verdict.uphold, 0))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_OwnDecision")
        .withArgs(s.deployer);
      await expect(s.mine.decide(1, verdict.overturn, 0))
        .to.be.revertedWithCustomError(s.suspensions, "AccessManagedUnauthorized")
        .withArgs(s.alice);
    });

    it("is refused after the deadline: silence ends the suspension there", async () => {
      const s = await given(appealed);
      const decideBy = s.appealedAt + 120;
      expect(await s.suspensions.endsAtOf(1)).to.equal(decideBy);
      await at(decideBy - 1);
      await expect(s.suspensions.restore(1))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_ChecklistFailed")
        .withArgs(1, 1);
      await at(decideBy);
      await expect(s.council.decide(1, verdict.uphold, 0))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_WindowClosed")
        .withArgs(decideBy);
      await expect(s.suspensions.restore(1)).to.emit(s.suspensions, "MemberRestored").withArgs(1, 1);
      expect((await s.suspensions.suspension(1)).state).to.equal(state.ended);
      expect(await now()).to.be.greaterThan(decideBy - 1);
    });
  });
});
