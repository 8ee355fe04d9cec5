import { expect } from "chai";
import { ethers as lib } from "ethers";
import {
  accused,
  appealed,
  atDeadline,
  doubleSign,
  EVIDENCE,
  Kind,
  nextAt,
  proposed,
  reported,
  SALT,
  STATEMENT,
  Verdict,
} from "../../fixtures/double-sign.ts";
import { delegation, exit, given, join, networkHelpers, tburn } from "../../fixtures/system.ts";

const SLASHING = 3;
const LENGTH = 1_000;

async function paused() {
  const s = await accused();
  await join(s, s.carol);
  const positionId = await delegation(s, s.carol, s.validatorId, tburn(10_000));
  const evidence = await doubleSign(s, s.key);
  const caseId = await reported(s, evidence);
  const requestId = await exit(s, s.carol, positionId);
  const before = await s.slashing.deadlinesOf(caseId);
  await s.pause.pause(SLASHING, LENGTH, lib.id("why"));
  return { ...s, evidence, caseId, requestId, before };
}

describe("SlashingManager while slashing is paused", () => {
  it("refuses every act on a case", async () => {
    const s = await given(paused);
    const { until } = await s.pause.stopOf(SLASHING);
    const tau = await networkHelpers.time.latest();
    const acts = [
      () => s.slashing.submitDoubleSign(s.evidence, SALT),
      () => s.slashing.reportDowntime(s.validatorId),
      () => s.slashing.connect(s.dave).proposeSlash(s.validatorId, Kind.InvalidBlock, tau, 1, EVIDENCE),
      () => s.slashing.connect(s.alice).appeal(s.caseId, STATEMENT),
      () => s.slashing.decide(s.caseId, Verdict.Uphold, 0),
      () => s.slashing.ratify(s.caseId),
      () => s.slashing.execute(s.caseId),
      () => s.slashing.lapse(s.caseId),
    ];
    for (const act of acts)
      await expect(act()).to.be.revertedWithCustomError(s.pause, "ProtocolPause_Paused").withArgs(SLASHING, until);
    expect(await s.slashing.actionsOf(s.caseId)).to.deep.equal([false, false, false, false, false]);
  });

  it("moves every deadline by the length of the pause", async () => {
    const s = await given(paused);
    const { since, until } = await s.pause.stopOf(SLASHING);
    await nextAt(Number(until));
    await networkHelpers.mine();
    const tolled = until - since;
    const after = await s.slashing.deadlinesOf(s.caseId);
    for (const which of ["appealBy", "decideBy", "lateFrom", "executeBy"] as const)
      expect(after[which]).to.equal(s.before[which] + tolled);
    await atDeadline(s, s.caseId, "appealBy", -1);
    await appealed(s, s.caseId);
    await atDeadline(s, s.caseId, "decideBy");
    await s.slashing.execute(s.caseId);
  });

  it("lets nothing out that the case could still take", async () => {
    const s = await given(paused);
    await nextAt(Number((await s.pause.stopOf(SLASHING)).until));
    await networkHelpers.mine();
    await atDeadline(s, s.caseId, "executeBy", -1);
    await expect(s.core.claim([s.requestId])).to.be.revertedWithCustomError(s.core, "StakingCore_NotMature");
    await atDeadline(s, s.caseId, "executeBy", -1);
    await s.slashing.execute(s.caseId);
    expect(await s.core.requestValue(s.requestId)).to.equal(tburn(9_500));
  });

  it("counts only pauses since the opening", async () => {
    const s = await given(paused);
    await nextAt(Number((await s.pause.stopOf(SLASHING)).until));
    await networkHelpers.mine();
    const caseId = await proposed(s);
    const c = await s.slashing.caseOf(caseId);
    expect(c.tolledAt).to.equal(await s.pause.tolledSeconds());
    expect((await s.slashing.deadlinesOf(caseId)).appealBy).to.equal(c.appealBy);
  });

  it("still takes anchors and commitments", async () => {
    const s = await given(paused);
    await s.slashing.anchor(s.evidence.header);
    await s.slashing.commitReport(lib.id("commitment"));
  });
});
