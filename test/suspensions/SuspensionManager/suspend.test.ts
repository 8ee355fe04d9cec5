import { expect } from "chai";
import { ZeroHash } from "ethers";
import { breakVotes } from "../../fixtures/broken-votes.ts";
import { at, now } from "../../fixtures/grades.ts";
import { days, evidence, orderly, reason, state, status, suspended } from "../../fixtures/sanctions.ts";
import { attest, given, join, networkHelpers } from "../../fixtures/system.ts";

describe("SuspensionManager.suspend", () => {
  describe("given an active member with a validator", () => {
    it("suspends it for a time and takes its validator out of the set", async () => {
      const s = await given(orderly);
      const sent = await s.suspensions.suspend(1, reason.security, evidence, days(60));
      const time = await now();
      await expect(sent)
        .to.emit(s.suspensions, "MemberSuspended")
        .withArgs(1, 1, reason.security, evidence, time + days(60), time + 120, s.deployer)
        .and.to.emit(s.members, "MemberStatusChanged")
        .withArgs(1, status.active, status.suspended)
        .and.to.emit(s.validators, "ValidatorDeactivated")
        .withArgs(s.validatorId, 2);
      const record = await s.suspensions.suspension(1);
      expect([record.state, record.before, record.by]).to.deep.equal([
        state.imposed,
        status.active,
        s.deployer.address,
      ]);
      expect(await s.suspensions.currentOf(1)).to.equal(1);
      expect(await s.suspensions.suspensionCount()).to.equal(1);
      expect(await s.tiers.shownTierOf(1)).to.equal(9);
      expect(await s.tiers.ownStakeWeightBps(s.validatorId)).to.equal(0);
    });

    it("suspends it as well when the validator had left the set before", async () => {
      const s = await given(orderly);
      await s.validators.connect(s.alice).deactivate(s.validatorId);
      await expect(s.suspensions.suspend(1, reason.security, evidence, days(60))).not.to.emit(
        s.validators,
        "ValidatorDeactivated",
      );
      expect(await s.members.statusOf(1)).to.equal(status.suspended);
    });

    it("leaves exits open (invariant 26)", async () => {
      const s = await given(suspended);
      await s.core.connect(s.alice).requestSelfExit(s.validatorId, 1n);
    });

    it("happens though the votes fail, and says that they were not told", async () => {
      const s = await given(orderly);
      await breakVotes(s);
      await expect(s.suspensions.suspend(1, reason.security, evidence, days(60), { gasLimit: 2_000_000 }))
        .to.emit(s.suspensions, "VotesNotTold")
        .withArgs(1);
      expect(await s.members.statusOf(1)).to.equal(status.suspended);
    });

    it("does all of it or nothing, whatever the gas: the set is left and the votes are told", async () => {
      const s = await given(orderly);
      const untold = s.suspensions.filters.VotesNotTold();
      const starved = new Set<string>();
      for (let gasLimit = 150_000; (await s.members.statusOf(1)) !== status.suspended; gasLimit += 10_000) {
        const sent = s.suspensions.suspend(1, reason.security, evidence, days(60), { gasLimit });
        await sent.catch(({ message }: Error) =>
          starved.add(/SuspensionManager_\w+/.exec(message)?.[0] ?? "out of gas"),
        );
      }
      expect(starved).to.include("SuspensionManager_GasTooLow");
      expect(await s.suspensions.queryFilter(untold)).to.deep.equal([]);
      expect((await s.validators.validator(s.validatorId)).active).to.equal(false);
      expect((await s.votes.holding(1)).units).to.equal(0);
    });

    it("refuses terms over the cap, no term, no evidence, and the guardian's reason", async () => {
      const s = await given(orderly);
      const caps = [14, 60, 180, 90, 30, 180];
      for (const [why, cap] of caps.entries()) {
        expect(await s.suspensions.capOf(why)).to.equal(days(cap));
        for (const duration of [0, days(cap) + 1]) {
          await expect(s.suspensions.suspend(1, why, evidence, duration))
            .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_BadDuration")
            .withArgs(duration, days(cap));
        }
      }
      await expect(s.suspensions.suspend(1, 0, ZeroHash, 1)).to.be.revertedWithCustomError(
        s.suspensions,
        "SuspensionManager_NoEvidence",
      );
      await expect(s.suspensions.suspend(1, reason.emergency, evidence, 1))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_BadReason")
        .withArgs(reason.emergency);
    });

    it("refuses the suspended, the barred and nobody", async () => {
      const s = await given(suspended);
      await expect(s.suspensions.suspend(1, 0, evidence, 1))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_AlreadySuspended")
        .withArgs(1, 1);
      await s.suspensions.terminate(1, evidence);
      await expect(s.suspensions.suspend(1, 0, evidence, 1))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_NotSuspendable")
        .withArgs(1, status.terminated);
      await expect(s.suspensions.suspend(99, 0, evidence, 1))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_NotSuspendable")
        .withArgs(99, 0);
    });

    it("obeys only compliance", async () => {
      const s = await given(orderly);
      await expect(s.council.suspend(1, 0, evidence, 1))
        .to.be.revertedWithCustomError(s.suspensions, "AccessManagedUnauthorized")
        .withArgs(s.judge);
    });
  });

  describe("given repeats", () => {
    it("suggests an eighth of the cap, doubled up to the cap; overturned ones do not count", async () => {
      const s = await given(orderly);
      for (const part of [8, 4, 2, 1, 1]) {
        expect(await s.suspensions.suggestedDuration(1, reason.terms)).to.equal(days(30) / part);
        await s.suspensions.suspend(1, reason.terms, evidence, 1);
        await networkHelpers.time.increase(1);
        await s.suspensions.restore(1);
      }
      expect(await s.suspensions.repeatsOf(1, reason.terms)).to.equal(5);
      expect(await s.suspensions.suggestedDuration(1, reason.emergency)).to.equal(days(1));
    });
  });
});

describe("SuspensionManager.emergencySuspend", () => {
  describe("given a guardian", () => {
    it("suspends for 24 hours, after which anyone restores", async () => {
      const s = await given(orderly);
      await s.suspensions.emergencySuspend(1, evidence);
      const time = await now();
      const record = await s.suspensions.suspension(1);
      expect([record.endsAt, record.appealBy, record.reason]).to.deep.equal([
        BigInt(time + days(1)),
        BigInt(time),
        BigInt(reason.emergency),
      ]);
      await expect(s.mine.appeal(1, evidence))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_WindowClosed")
        .withArgs(time);
      await at(time + days(1) - 1);
      await expect(s.mine.restore(1))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_ChecklistFailed")
        .withArgs(1, 1);
      await at(time + days(1));
      await s.suspensions.connect(s.mallory).restore(1);
      expect(await s.members.statusOf(1)).to.equal(status.active);
    });

    it("does so once per 30 days and member", async () => {
      const s = await given(orderly);
      await s.suspensions.emergencySuspend(1, evidence);
      const next = (await now()) + days(30);
      expect(await s.suspensions.nextEmergencyAt(1)).to.equal(next);
      await networkHelpers.time.increase(days(1));
      await s.suspensions.restore(1);
      await at(next - 1);
      await expect(s.suspensions.emergencySuspend(1, evidence))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_TooSoon")
        .withArgs(1, next);
      await s.suspensions.emergencySuspend(2, evidence);
      await at(next);
      await s.suspensions.emergencySuspend(1, evidence);
    });

    it("gives way to compliance, and keeps the standing of before", async () => {
      const s = await given(orderly);
      const dave = await join(s, s.dave, 0, 0n);
      await s.suspensions.emergencySuspend(dave, evidence);
      await s.suspensions.suspend(dave, reason.kyc, evidence, 5);
      expect((await s.suspensions.suspension(1)).state).to.equal(state.ended);
      await networkHelpers.time.increase(5);
      await expect(s.suspensions.restore(dave))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_ChecklistFailed")
        .withArgs(dave, 4);
      await attest(s, s.dave, 1);
      await s.suspensions.restore(dave);
      // It was pending, and a suspension is no way around that.
      expect(await s.members.statusOf(dave)).to.equal(status.pending);
    });

    it("does not take the place of another suspension, and obeys only a guardian", async () => {
      const s = await given(suspended);
      await expect(s.suspensions.emergencySuspend(1, evidence))
        .to.be.revertedWithCustomError(s.suspensions, "SuspensionManager_AlreadySuspended")
        .withArgs(1, 1);
      await expect(s.council.emergencySuspend(1, evidence))
        .to.be.revertedWithCustomError(s.suspensions, "AccessManagedUnauthorized")
        .withArgs(s.judge);
    });
  });
});
