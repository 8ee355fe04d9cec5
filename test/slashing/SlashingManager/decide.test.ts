import { expect } from "chai";
import { ethers as lib } from "ethers";
import {
  accused,
  appealed,
  atDeadline,
  doubleSign,
  EVIDENCE,
  Kind,
  proposed,
  reported,
  State,
  Verdict,
} from "../../fixtures/double-sign.ts";
import { ethers, given, networkHelpers, tburn } from "../../fixtures/system.ts";

async function contested() {
  const s = await accused();
  const caseId = await proposed(s);
  await appealed(s, caseId);
  await s.token.approve(s.insurance, lib.MaxUint256);
  await s.insurance.fund(tburn(100_000));
  return { ...s, caseId };
}

describe("SlashingManager.decide", () => {
  describe("given a verdict against the accused", () => {
    it("upholds, so that the case executes at once", async () => {
      const s = await given(contested);
      await expect(s.slashing.decide(s.caseId, Verdict.Uphold, 0))
        .to.emit(s.slashing, "CaseDecided")
        .withArgs(s.caseId, Verdict.Uphold, lib.parseEther("0.3"), s.deployer);
      await s.slashing.execute(s.caseId);
      expect(await s.core.selfStakeOf(s.validatorId)).to.equal(tburn(35_000));
    });

    it("reduces to a smaller fraction only", async () => {
      const s = await given(contested);
      const now = lib.parseEther("0.3");
      for (const fraction of [0n, now, now + 1n])
        await expect(s.slashing.decide(s.caseId, Verdict.Reduce, fraction))
          .to.be.revertedWithCustomError(s.slashing, "SlashingManager_BadFraction")
          .withArgs(fraction, now - 1n);
      await expect(s.slashing.decide(s.caseId, Verdict.Reduce, lib.parseEther("0.1")))
        .to.emit(s.slashing, "CaseDecided")
        .withArgs(s.caseId, Verdict.Reduce, lib.parseEther("0.1"), s.deployer);
      await expect(s.slashing.execute(s.caseId))
        .to.emit(s.slashing, "BondReturned")
        .withArgs(s.caseId, s.dave, tburn(10_000));
      expect(await s.core.selfStakeOf(s.validatorId)).to.equal(tburn(45_000));
    });
  });

  describe("given an acquittal", () => {
    it("closes the case, forfeits the bond and compensates the accused", async () => {
      const s = await given(contested);
      const sent = s.slashing.decide(s.caseId, Verdict.Overturn, 5);
      await expect(sent)
        .to.emit(s.slashing, "CaseDecided")
        .withArgs(s.caseId, Verdict.Overturn, 0, s.deployer)
        .and.to.emit(s.slashing, "CaseClosed")
        .withArgs(s.caseId, State.Overturned, 0, 0, 0, 0)
        .and.to.emit(s.slashing, "BondForfeited")
        .withArgs(s.caseId, tburn(10_000))
        .and.to.emit(s.slashing, "Compensated")
        .withArgs(s.caseId, s.memberNo, s.alice, tburn(1_000));
      await expect(sent).to.changeTokenBalances(
        ethers,
        s.token,
        [s.alice, s.insurance, s.slashing],
        [tburn(1_000), tburn(9_000), -tburn(10_000)],
      );
      expect(await s.core.openCasesOf(s.validatorId)).to.equal(0);
    });

    it("acquits although the fund fails", async () => {
      const s = await given(contested);
      await networkHelpers.setCode(await s.insurance.getAddress(), "0x5f5ffd");
      await expect(s.slashing.decide(s.caseId, Verdict.Overturn, 0))
        .to.emit(s.slashing, "Compensated")
        .withArgs(s.caseId, s.memberNo, s.alice, 0);
      expect(await s.slashing.stateOf(s.caseId)).to.equal(State.Overturned);
    });

    it("pays later what the fund failed to pay, once", async () => {
      const s = await given(contested);
      const code = await ethers.provider.getCode(s.insurance);
      await networkHelpers.setCode(await s.insurance.getAddress(), "0x5f5ffd");
      await s.slashing.decide(s.caseId, Verdict.Overturn, 0);
      await networkHelpers.setCode(await s.insurance.getAddress(), code);
      const sent = s.slashing.connect(s.mallory).claimCompensation(s.caseId);
      await expect(sent).to.changeTokenBalance(ethers, s.token, s.alice, tburn(1_000));
      await expect(s.slashing.claimCompensation(s.caseId))
        .to.be.revertedWithCustomError(s.insurance, "InsuranceFund_AlreadyCompensated")
        .withArgs(s.caseId);
    });

    it("holds the compensation of a frozen member back and pays it after the freeze", async () => {
      const s = await given(contested);
      await s.suspensions.freeze(s.memberNo, 86_400, EVIDENCE);
      const until = await s.members.frozenUntil(s.memberNo);
      const sent = s.slashing.decide(s.caseId, Verdict.Overturn, 0);
      await expect(sent)
        .to.emit(s.slashing, "CompensationHeld")
        .withArgs(s.caseId, s.memberNo, until)
        .and.not.to.emit(s.slashing, "Compensated");
      await expect(sent).to.changeTokenBalances(ethers, s.token, [s.alice, s.insurance], [0, tburn(10_000)]);
      expect(await s.slashing.stateOf(s.caseId)).to.equal(State.Overturned);

      await expect(s.slashing.claimCompensation(s.caseId))
        .to.be.revertedWithCustomError(s.members, "MemberRegistry_Frozen")
        .withArgs(s.memberNo, until);
      await networkHelpers.time.increaseTo(until);
      const claimed = s.slashing.connect(s.mallory).claimCompensation(s.caseId);
      await expect(claimed).to.emit(s.slashing, "Compensated").withArgs(s.caseId, s.memberNo, s.alice, tburn(1_000));
      await expect(claimed).to.changeTokenBalances(
        ethers,
        s.token,
        [s.alice, s.insurance],
        [tburn(1_000), -tburn(1_000)],
      );
    });

    it("owes nothing while a case is open, nor after a verdict against the accused", async () => {
      const s = await given(contested);
      const claim = () => s.slashing.claimCompensation(s.caseId);
      await expect(claim())
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_BadState")
        .withArgs(s.caseId, State.Appealed);
      await s.slashing.decide(s.caseId, Verdict.Uphold, 0);
      await s.slashing.execute(s.caseId);
      await expect(claim())
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_BadState")
        .withArgs(s.caseId, State.Executed);
    });

    it("lets the operator unjail at once, with a fresh start", async () => {
      const s = await given(contested);
      await s.slashing.decide(s.caseId, Verdict.Overturn, 0);
      await expect(s.validators.connect(s.alice).unjail(s.validatorId)).to.emit(s.validators, "ValidatorUnjailed");
    });

    it("leaves it in jail while another case is open, and frees it with the last", async () => {
      const s = await given(contested);
      const second = await proposed(s);
      await appealed(s, second);
      await s.slashing.decide(s.caseId, Verdict.Overturn, 0);
      await expect(s.validators.connect(s.alice).unjail(s.validatorId)).to.be.revertedWithCustomError(
        s.validators,
        "ValidatorRegistry_Jailed",
      );
      await s.slashing.decide(second, Verdict.Overturn, 0);
      await s.validators.connect(s.alice).unjail(s.validatorId);
    });

    it("keeps the term of a case that was executed", async () => {
      const s = await given(contested);
      await networkHelpers.time.increase(5);
      const second = await proposed(s, Kind.InvalidBlock, 1n);
      await s.slashing.decide(s.caseId, Verdict.Uphold, 0);
      await s.slashing.execute(s.caseId);
      const { jailedUntil } = await s.slashing.caseOf(s.caseId);
      expect((await s.slashing.caseOf(second)).jailedUntil).to.be.greaterThan(jailedUntil);
      await appealed(s, second);
      await s.slashing.decide(second, Verdict.Overturn, 0);
      expect((await s.validators.validator(s.validatorId)).jailedUntil).to.equal(jailedUntil);
      expect(await s.slashing.settledJailOf(s.validatorId)).to.equal(jailedUntil);
    });

    it("overturns a proven case as well, and never hears the same fault again", async () => {
      const s = await given(accused);
      const e = await doubleSign(s, s.key);
      const caseId = await reported(s, e);
      await appealed(s, caseId);
      const sent = s.slashing.decide(caseId, Verdict.Overturn, 0);
      await expect(sent).to.emit(s.slashing, "Compensated").withArgs(caseId, s.memberNo, s.alice, 0);
      await expect(sent).not.to.emit(s.slashing, "BondForfeited");
      await expect(s.slashing.submitDoubleSign(e, lib.ZeroHash)).to.be.revertedWithCustomError(
        s.slashing,
        "SlashingManager_EvidenceKnown",
      );
    });
  });

  describe("given the wrong judge or the wrong time", () => {
    it("decides until the last second", async () => {
      const s = await given(contested);
      await atDeadline(s, s.caseId, "decideBy", -1);
      await expect(s.slashing.decide(s.caseId, Verdict.Uphold, 0)).to.emit(s.slashing, "CaseDecided");
    });

    it("is too late a second after", async () => {
      const s = await given(contested);
      const { decideBy } = await s.slashing.deadlinesOf(s.caseId);
      await atDeadline(s, s.caseId, "decideBy");
      await expect(s.slashing.decide(s.caseId, Verdict.Uphold, 0))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_WindowClosed")
        .withArgs(s.caseId, decideBy);
    });

    it("refuses who proposed the case, also through the access manager", async () => {
      const s = await given(accused);
      await s.token.approve(s.slashing, lib.MaxUint256);
      const tau = await networkHelpers.time.latest();
      await s.slashing.proposeSlash(s.validatorId, Kind.SecurityBreach, tau, 1, EVIDENCE);
      await appealed(s, 1n);
      await expect(s.slashing.decide(1, Verdict.Uphold, 0))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_OwnProposal")
        .withArgs(1, s.deployer);
      const data = s.slashing.interface.encodeFunctionData("decide", [1, Verdict.Uphold, 0]);
      await expect(s.manager.execute(s.slashing, data)).to.be.revertedWithCustomError(
        s.slashing,
        "SlashingManager_Relayed",
      );
    });

    it("refuses who reported the evidence", async () => {
      const s = await given(accused);
      await s.slashing.submitDoubleSign(await doubleSign(s, s.key), lib.ZeroHash);
      await appealed(s, 1n);
      await expect(s.slashing.decide(1, Verdict.Overturn, 0))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_OwnProposal")
        .withArgs(1, s.deployer);
    });

    it("refuses cases that nobody appealed, and callers outside the council", async () => {
      const s = await given(accused);
      const caseId = await proposed(s);
      await expect(s.slashing.decide(caseId, Verdict.Uphold, 0))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_BadState")
        .withArgs(caseId, State.Reported);
      await expect(s.slashing.connect(s.mallory).decide(caseId, Verdict.Uphold, 0))
        .to.be.revertedWithCustomError(s.slashing, "AccessManagedUnauthorized")
        .withArgs(s.mallory);
    });
  });
});
