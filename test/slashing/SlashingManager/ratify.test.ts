import { expect } from "chai";
import { ethers as lib } from "ethers";
import {
  accusedBeside,
  appealed,
  atDeadline,
  doubleSign,
  EVIDENCE,
  Kind,
  nextAt,
  proposed,
  reported,
  SALT,
  State,
  Verdict,
} from "../../fixtures/double-sign.ts";
import { given, networkHelpers, tburn } from "../../fixtures/system.ts";

/** Stake of 100,000: the breaker allows 2,000 in seven days; a double sign of alice costs 2,500. */
const small = () => accusedBeside(tburn(50_000));
const WEEK = 7 * 86_400;

async function proven() {
  const s = await small();
  const caseId = await reported(s, await doubleSign(s, s.key));
  await atDeadline(s, caseId, "appealBy");
  await networkHelpers.mine();
  return { ...s, caseId };
}

async function argued() {
  const s = await small();
  const caseId = await proposed(s);
  await appealed(s, caseId);
  await s.slashing.decide(caseId, Verdict.Uphold, 0);
  return { ...s, caseId };
}

describe("SlashingManager.ratify", () => {
  describe("given a proven case above the breaker", () => {
    it("asks for the council in the first half of the window, and names the sums", async () => {
      const s = await given(proven);
      expect(await s.slashing.breaker()).to.deep.equal([0n, tburn(2_000)]);
      await expect(s.slashing.execute(s.caseId))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NeedsRatification")
        .withArgs(s.caseId, tburn(2_500), tburn(2_000));
    });

    it("executes once the council agreed", async () => {
      const s = await given(proven);
      await expect(s.slashing.ratify(s.caseId)).to.emit(s.slashing, "CaseRatified").withArgs(s.caseId, s.deployer);
      await s.slashing.execute(s.caseId);
      expect((await s.slashing.breaker())[0]).to.equal(tburn(2_500));
    });

    it("executes in silence from the second half of the window on", async () => {
      const s = await given(proven);
      await atDeadline(s, s.caseId, "lateFrom", -1);
      await expect(s.slashing.execute(s.caseId)).to.be.revertedWithCustomError(
        s.slashing,
        "SlashingManager_NeedsRatification",
      );
      await atDeadline(s, s.caseId, "lateFrom");
      await s.slashing.execute(s.caseId);
      expect(await s.slashing.stateOf(s.caseId)).to.equal(State.Executed);
    });
  });

  describe("given an argued case above the breaker", () => {
    it("lapses in silence, and returns its bond", async () => {
      const s = await given(argued);
      await atDeadline(s, s.caseId, "executeBy", -1);
      await expect(s.slashing.execute(s.caseId)).to.be.revertedWithCustomError(
        s.slashing,
        "SlashingManager_NeedsRatification",
      );
      await atDeadline(s, s.caseId, "executeBy");
      await expect(s.slashing.lapse(s.caseId))
        .to.emit(s.slashing, "BondReturned")
        .withArgs(s.caseId, s.dave, tburn(10_000));
      expect(await s.core.selfStakeOf(s.validatorId)).to.equal(tburn(50_000));
    });

    it("executes once the council agreed", async () => {
      const s = await given(argued);
      await s.slashing.ratify(s.caseId);
      await s.slashing.execute(s.caseId);
      expect(await s.core.selfStakeOf(s.validatorId)).to.equal(tburn(35_000));
    });
  });

  describe("given slashes of the last seven days", () => {
    it("adds them up, whichever validator they hit", async () => {
      const s = await given(small);
      const part = lib.parseEther("0.03");
      const first = await proposed(s, Kind.SecurityBreach, part);
      const tau = await networkHelpers.time.latest();
      await s.slashing.connect(s.dave).proposeSlash(s.bobsId, Kind.SecurityBreach, tau, part, EVIDENCE);
      await atDeadline(s, 2n, "appealBy");
      await s.slashing.execute(first);
      const limit = (tburn(98_500) * 2n) / 100n;
      expect(await s.slashing.breaker()).to.deep.equal([tburn(1_500), limit]);
      await expect(s.slashing.execute(2))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NeedsRatification")
        .withArgs(2, tburn(3_000), limit);
    });

    it("forgets them after seven days, to the second", async () => {
      const s = await given(small);
      const caseId = await proposed(s, Kind.SecurityBreach, lib.parseEther("0.03"));
      await atDeadline(s, caseId, "appealBy");
      await s.slashing.execute(caseId);
      const executed = await networkHelpers.time.latest();
      await nextAt(executed + WEEK - 1);
      await networkHelpers.mine();
      expect((await s.slashing.breaker())[0]).to.equal(tburn(1_500));
      await nextAt(executed + WEEK);
      await networkHelpers.mine();
      expect((await s.slashing.breaker())[0]).to.equal(0);
    });

    it("lets the limit itself through", async () => {
      const s = await given(small);
      const caseId = await proposed(s, Kind.SecurityBreach, lib.parseEther("0.04"));
      await atDeadline(s, caseId, "appealBy");
      await s.slashing.execute(caseId);
      expect(await s.slashing.breaker()).to.deep.equal([tburn(2_000), tburn(1_960)]);
    });
  });

  it("is for the council, in the execution window, never for who brought the case", async () => {
    const s = await given(small);
    const caseId = await proposed(s);
    const { appealBy, executeBy } = await s.slashing.deadlinesOf(caseId);
    await expect(s.slashing.connect(s.mallory).ratify(caseId))
      .to.be.revertedWithCustomError(s.slashing, "AccessManagedUnauthorized")
      .withArgs(s.mallory);
    await expect(s.slashing.ratify(caseId))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NotYet")
      .withArgs(caseId, appealBy);
    await s.slashing.submitDoubleSign(await doubleSign(s, s.bobsKey), SALT);
    await atDeadline(s, 2n, "appealBy");
    await expect(s.slashing.ratify(2))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_OwnProposal")
      .withArgs(2, s.deployer);
    const data = s.slashing.interface.encodeFunctionData("ratify", [2]);
    await expect(s.manager.execute(s.slashing, data)).to.be.revertedWithCustomError(
      s.slashing,
      "SlashingManager_Relayed",
    );
    await nextAt(Number(executeBy));
    await expect(s.slashing.ratify(caseId))
      .to.be.revertedWithCustomError(s.slashing, "SlashingManager_WindowClosed")
      .withArgs(caseId, executeBy);
  });
});
