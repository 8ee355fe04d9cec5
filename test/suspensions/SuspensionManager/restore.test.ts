import { expect } from "chai";
import { at } from "../../fixtures/grades.ts";
import { days, evidence, order, orderly, reason, status, suspended } from "../../fixtures/sanctions.ts";
import { attest, given, networkHelpers } from "../../fixtures/system.ts";

describe("SuspensionManager.restore", () => {
  describe("given a suspension", () => {
    it("is open to anyone from the second at which the term is over", async () => {
      const s = await given(suspended);
      await at(s.suspendedAt + days(10) - 1);
      await expect(s.suspensions.connect(s.mallory).restore(1))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_ChecklistFailed")
        .withArgs(1, 1);
      await at(s.suspendedAt + days(10));
      await expect(s.suspensions.connect(s.mallory).restore(1))
        .to.emit(s.suspensions, "MemberRestored")
        .withArgs(1, 1)
        .and.to.emit(s.members, "MemberStatusChanged")
        .withArgs(1, status.suspended, status.active);
      expect(await s.suspensions.currentOf(1)).to.equal(0);
      await s.validators.connect(s.alice).activate(s.validatorId, 0);
    });

    it("names everything that stands against it", async () => {
      const s = await given(orderly);
      await s.suspensions.suspend(1, reason.kyc, evidence, days(1));
      await s.suspensions.freeze(1, days(2), order(1));
      await s.kyc.revoke((await s.kyc.record(1)).uid, 1);
      await s.core.openCase(s.validatorId);
      expect(await s.suspensions.checklistOf(1)).to.equal(0b1111);
      await networkHelpers.time.increase(days(1));
      expect(await s.suspensions.checklistOf(1)).to.equal(0b1110);
      await networkHelpers.time.increase(days(1));
      expect(await s.suspensions.checklistOf(1)).to.equal(0b1100);
      await attest(s, s.alice, 1);
      await s.core.closeCase(s.validatorId);
      await s.suspensions.restore(1);
    });

    it("asks nobody for KYC who was suspended for something else", async () => {
      const s = await given(suspended);
      await s.kyc.revoke((await s.kyc.record(1)).uid, 1);
      await networkHelpers.time.increase(days(10));
      await s.suspensions.restore(1);
    });
  });

  describe("given no suspension", () => {
    it("is refused, also after a termination", async () => {
      const s = await given(suspended);
      await expect(s.suspensions.restore(2))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_NotSuspended")
        .withArgs(2);
      await s.suspensions.terminate(1, evidence);
      await networkHelpers.time.increase(days(10));
      await expect(s.suspensions.restore(1))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_NotSuspended")
        .withArgs(1);
    });
  });
});

describe("SuspensionManager.terminate and blacklist", () => {
  describe("given the council", () => {
    it("bar a member, whose validator leaves and whose exits stay open", async () => {
      const s = await given(orderly);
      await expect(s.council.terminate(1, evidence))
        .to.emit(s.suspensions, "MemberTerminated")
        .withArgs(1, evidence, s.judge)
        .and.to.emit(s.validators, "ValidatorDeactivated");
      await s.core.connect(s.alice).requestSelfExit(s.validatorId, 1n);
      await expect(s.council.blacklist(1, evidence))
        .to.emit(s.suspensions, "MemberBlacklisted")
        .withArgs(1, evidence, s.judge);
      expect(await s.members.statusOf(1)).to.equal(status.blacklisted);
    });

    it("take the barred back: active with KYC, pending without", async () => {
      const s = await given(orderly);
      await expect(s.council.reinstate(1))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_NotBarred")
        .withArgs(1, status.active);
      await s.council.blacklist(1, evidence);
      await expect(s.council.reinstate(1))
        .to.emit(s.suspensions, "MemberReinstated")
        .withArgs(1, status.active, s.judge);
      await s.council.terminate(1, evidence);
      await s.kyc.revoke((await s.kyc.record(1)).uid, 1);
      await s.council.reinstate(1);
      expect(await s.members.statusOf(1)).to.equal(status.pending);
      await attest(s, s.alice, 3);
      expect(await s.members.statusOf(1)).to.equal(status.active);
    });

    it("obey nobody else", async () => {
      const s = await given(orderly);
      for (const call of [
        () => s.mine.terminate(1, evidence),
        () => s.mine.blacklist(1, evidence),
        () => s.mine.reinstate(1),
      ]) {
        await expect(call())
          .to.be.revertedWithCustomError(s.suspensions, "AccessManagedUnauthorized")
          .withArgs(s.alice);
      }
    });
  });
});
