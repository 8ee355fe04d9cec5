import { expect } from "chai";
import {
  accused,
  appealed,
  atDeadline,
  doubleSign,
  proposed,
  reported,
  State,
  Verdict,
} from "../../fixtures/double-sign.ts";
import { ethers, given, tburn } from "../../fixtures/system.ts";

describe("SlashingManager.lapse", () => {
  describe("given an argued case that was appealed and not decided", () => {
    async function silent() {
      const s = await accused();
      const caseId = await proposed(s);
      await appealed(s, caseId);
      return { ...s, caseId };
    }

    it("closes it from the decision's deadline on, returns the bond and ends the jail term", async () => {
      const s = await given(silent);
      await atDeadline(s, s.caseId, "decideBy");
      const sent = s.slashing.connect(s.mallory).lapse(s.caseId);
      await expect(sent).to.changeTokenBalance(ethers, s.token, s.dave, tburn(10_000));
      await expect(sent).to.emit(s.slashing, "CaseClosed").withArgs(s.caseId, State.Lapsed, 0, 0, 0, 0);
      await s.validators.connect(s.alice).unjail(s.validatorId);
      expect(await s.core.openCasesOf(s.validatorId)).to.equal(0);
    });

    it("does not close it a second before", async () => {
      const s = await given(silent);
      const { decideBy } = await s.slashing.deadlinesOf(s.caseId);
      await atDeadline(s, s.caseId, "decideBy", -1);
      await expect(s.slashing.lapse(s.caseId))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NotYet")
        .withArgs(s.caseId, decideBy);
    });
  });

  describe("given a verdict that nobody executed", () => {
    it("closes a proven case from the end of the window on; its jail term stands", async () => {
      const s = await given(accused);
      const caseId = await reported(s, await doubleSign(s, s.key));
      const { executeBy } = await s.slashing.deadlinesOf(caseId);
      await atDeadline(s, caseId, "executeBy", -1);
      await expect(s.slashing.lapse(caseId))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NotYet")
        .withArgs(caseId, executeBy);
      await atDeadline(s, caseId, "executeBy");
      await s.slashing.lapse(caseId);
      expect(await s.slashing.stateOf(caseId)).to.equal(State.Lapsed);
      expect(await s.slashing.settledJailOf(s.validatorId)).to.equal((await s.slashing.caseOf(caseId)).jailedUntil);
    });

    it("does not let the accused escape: an appealed proven case cannot lapse before it could execute", async () => {
      const s = await given(accused);
      const caseId = await reported(s, await doubleSign(s, s.key));
      await atDeadline(s, caseId, "appealBy", -1);
      await appealed(s, caseId);
      const { executeBy } = await s.slashing.deadlinesOf(caseId);
      await atDeadline(s, caseId, "decideBy");
      await expect(s.slashing.connect(s.alice).lapse(caseId))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NotYet")
        .withArgs(caseId, executeBy);
      await s.slashing.execute(caseId);
    });

    it("closes a decided case as well", async () => {
      const s = await given(accused);
      const caseId = await proposed(s);
      await appealed(s, caseId);
      await s.slashing.decide(caseId, Verdict.Uphold, 0);
      await atDeadline(s, caseId, "executeBy");
      await s.slashing.lapse(caseId);
      expect(await s.token.balanceOf(s.slashing)).to.equal(0);
    });
  });

  it("refuses cases that are over, and cases that do not exist", async () => {
    const s = await given(accused);
    const caseId = await reported(s, await doubleSign(s, s.key));
    await atDeadline(s, caseId, "appealBy");
    await s.slashing.execute(caseId);
    await atDeadline(s, caseId, "executeBy");
    await expect(s.slashing.lapse(caseId))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_BadState")
      .withArgs(caseId, State.Executed);
    await expect(s.slashing.lapse(77))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NoSuchCase")
      .withArgs(77);
  });
});
