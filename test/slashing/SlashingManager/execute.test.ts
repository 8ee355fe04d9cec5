import { expect } from "chai";
import { ethers as lib } from "ethers";
import {
  accused,
  appealed,
  atDeadline,
  doubleSign,
  Kind,
  proposed,
  reported,
  SALT,
  State,
  termsWith,
  Verdict,
  validatorWith,
} from "../../fixtures/double-sign.ts";
import { delegation, deployed, ethers, exit, given, join, tburn } from "../../fixtures/system.ts";

describe("SlashingManager.execute", () => {
  it("takes 5 % of all, pays 525 and burns 9,975 (protocol §10.5)", async () => {
    const s = await given(accused);
    for (const wallet of [s.carol, s.mallory]) await join(s, wallet);
    await delegation(s, s.carol, s.validatorId, tburn(150_000));
    const leaver = await delegation(s, s.mallory, s.validatorId, tburn(10_000));
    const requestId = await exit(s, s.mallory, leaver);
    const caseId = await reported(s, await doubleSign(s, s.key));
    const supply = await s.token.totalSupply();
    await atDeadline(s, caseId, "appealBy");
    const sent = s.slashing.connect(s.mallory).execute(caseId);
    await expect(sent).to.changeTokenBalance(ethers, s.token, s.erin, tburn(525));
    await expect(sent)
      .to.emit(s.slashing, "CaseClosed")
      .withArgs(caseId, State.Executed, tburn(10_500), tburn(9_975), tburn(525), 0)
      .and.to.emit(s.validators, "ValidatorTombstoned")
      .withArgs(s.validatorId);
    expect(supply - (await s.token.totalSupply())).to.equal(tburn(9_975));
    expect(await s.core.selfStakeOf(s.validatorId)).to.equal(tburn(47_500));
    expect(await s.core.requestValue(requestId)).to.equal(tburn(9_500));
    const { del } = await s.core.validatorStake(s.validatorId);
    expect((del.tokens * 100n) / del.shares).to.equal(95n);
    expect(await s.token.balanceOf(s.slashing)).to.equal(0);
    expect(await s.core.openCasesOf(s.validatorId)).to.equal(0);
  });

  it("counts faults of one jail period as the worst of them (protocol §10.4)", async () => {
    const s = await given(accused);
    await s.slashing.setFraction(Kind.SecurityBreach, lib.parseEther("0.3"));
    const own = () => s.core.selfStakeOf(s.validatorId);
    const ids: bigint[] = [];
    for (const percent of [30n, 20n, 25n])
      ids.push(await proposed(s, Kind.SecurityBreach, (percent * lib.WeiPerEther) / 100n));
    for (const caseId of ids) {
      await appealed(s, caseId);
      await s.slashing.decide(caseId, Verdict.Uphold, 0);
    }
    await s.slashing.execute(ids[1] ?? 0n);
    expect(await own()).to.equal(tburn(40_000));
    await s.slashing.execute(ids[0] ?? 0n);
    expect(await own()).to.equal(tburn(35_000));
    await expect(s.slashing.execute(ids[2] ?? 0n))
      .to.emit(s.slashing, "CaseClosed")
      .withArgs(ids[2], State.Executed, 0, 0, 0, 0);
    expect(await own()).to.equal(tburn(35_000));
  });

  describe("given nobody appealed", () => {
    it("waits for the last second of the appeal", async () => {
      const s = await given(accused);
      const caseId = await reported(s, await doubleSign(s, s.key));
      const { appealBy } = await s.slashing.deadlinesOf(caseId);
      await atDeadline(s, caseId, "appealBy", -1);
      await expect(s.slashing.execute(caseId))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NotYet")
        .withArgs(caseId, appealBy);
      await atDeadline(s, caseId, "appealBy");
      await s.slashing.execute(caseId);
    });

    it("executes an argued case as well, and returns its bond", async () => {
      const s = await given(accused);
      const caseId = await proposed(s);
      await atDeadline(s, caseId, "appealBy");
      const sent = s.slashing.execute(caseId);
      await expect(sent).to.changeTokenBalance(ethers, s.token, s.dave, tburn(10_000));
      await expect(sent).to.emit(s.slashing, "BondReturned").withArgs(caseId, s.dave, tburn(10_000));
      const v = await s.validators.validator(s.validatorId);
      expect(v.tombstoned).to.equal(false);
      expect(v.jailedUntil).to.equal((await s.slashing.caseOf(caseId)).jailedUntil);
    });

    it("is too late from the end of the window", async () => {
      const s = await given(accused);
      const caseId = await reported(s, await doubleSign(s, s.key));
      const { executeBy } = await s.slashing.deadlinesOf(caseId);
      await atDeadline(s, caseId, "executeBy");
      await expect(s.slashing.execute(caseId))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_WindowClosed")
        .withArgs(caseId, executeBy);
    });

    it("is in time in the last second", async () => {
      const s = await given(accused);
      const caseId = await reported(s, await doubleSign(s, s.key));
      await atDeadline(s, caseId, "executeBy", -1);
      await s.slashing.execute(caseId);
    });
  });

  describe("given an appeal that nobody decided", () => {
    it("executes a proven case after the decision's time", async () => {
      const s = await given(accused);
      const caseId = await reported(s, await doubleSign(s, s.key));
      await appealed(s, caseId);
      const { decideBy } = await s.slashing.deadlinesOf(caseId);
      await atDeadline(s, caseId, "decideBy", -1);
      await expect(s.slashing.execute(caseId))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NotYet")
        .withArgs(caseId, decideBy);
      await atDeadline(s, caseId, "decideBy");
      await s.slashing.execute(caseId);
      expect(await s.slashing.stateOf(caseId)).to.equal(State.Executed);
    });

    it("never executes an argued case", async () => {
      const s = await given(accused);
      const caseId = await proposed(s);
      await appealed(s, caseId);
      await atDeadline(s, caseId, "decideBy");
      await expect(s.slashing.execute(caseId))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_BadState")
        .withArgs(caseId, State.Appealed);
    });
  });

  describe("given shares of the loss", () => {
    it("pays no bounty without a commitment", async () => {
      const s = await given(accused);
      await s.slashing.connect(s.erin).submitDoubleSign(await doubleSign(s, s.key), SALT);
      await atDeadline(s, 1n, "appealBy");
      const sent = s.slashing.execute(1);
      await expect(sent).to.changeTokenBalance(ethers, s.token, s.erin, 0);
      await expect(sent)
        .to.emit(s.slashing, "CaseClosed")
        .withArgs(1, State.Executed, tburn(2_500), tburn(2_500), 0, 0);
    });

    it("caps the bounty, insures a part and burns the rest, to the last unit", async () => {
      const s = await given(accused);
      const shares = { bountyBps: 1_000n, insuranceBps: 2_000n, bountyCap: tburn(100) };
      await s.slashing.setTerms(await termsWith(s, shares));
      const caseId = await reported(s, await doubleSign(s, s.key));
      const supply = await s.token.totalSupply();
      await atDeadline(s, caseId, "appealBy");
      const sent = s.slashing.execute(caseId);
      await expect(sent)
        .to.emit(s.slashing, "CaseClosed")
        .withArgs(caseId, State.Executed, tburn(2_500), tburn(1_900), tburn(100), tburn(500));
      await expect(sent).to.changeTokenBalances(
        ethers,
        s.token,
        [s.erin, s.insurance, s.slashing],
        [tburn(100), tburn(500), 0],
      );
      expect(supply - (await s.token.totalSupply())).to.equal(tburn(1_900));
    });
  });

  it("executes once, and a second double sign although the first one barred the validator", async () => {
    const s = await given(accused);
    const first = await reported(s, await doubleSign(s, s.key));
    await s.slashing.connect(s.erin).submitDoubleSign(await doubleSign(s, s.key), SALT);
    await atDeadline(s, 2n, "appealBy");
    await s.slashing.execute(first);
    await expect(s.slashing.execute(first))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_BadState")
      .withArgs(first, State.Executed);
    await expect(s.slashing.execute(2)).to.emit(s.slashing, "CaseClosed").withArgs(2, State.Executed, 0, 0, 0, 0);
    expect(await s.core.openCasesOf(s.validatorId)).to.equal(0);
  });

  it("slashes a validator without any stake", async () => {
    const s = await given(deployed);
    const key = lib.Wallet.createRandom();
    await validatorWith(s, s.alice, key, 0n);
    const caseId = await reported(s, await doubleSign(s, key));
    await atDeadline(s, caseId, "appealBy");
    await s.slashing.execute(caseId);
    expect(await s.slashing.stateOf(caseId)).to.equal(State.Executed);
  });
});
