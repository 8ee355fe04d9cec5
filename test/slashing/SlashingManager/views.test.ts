import { expect } from "chai";
import { accused, appealed, atDeadline, doubleSign, proposed, reported, Verdict } from "../../fixtures/double-sign.ts";
import { given, networkHelpers } from "../../fixtures/system.ts";

async function both() {
  const s = await accused();
  const proven = await reported(s, await doubleSign(s, s.key));
  const argued = await proposed(s);
  const actions = async (caseId: bigint) => {
    await networkHelpers.mine();
    const can = await s.slashing.actionsOf(caseId);
    return (["appeal", "decide", "ratify", "execute", "lapse"] as const).filter((name) => can[name]);
  };
  return { ...s, proven, argued, actions };
}

describe("SlashingManager.actionsOf", () => {
  it("offers an appeal, then execution, then a lapse", async () => {
    const s = await given(both);
    for (const caseId of [s.proven, s.argued]) expect(await s.actions(caseId)).to.deep.equal(["appeal"]);
    await atDeadline(s, s.argued, "appealBy");
    for (const caseId of [s.proven, s.argued]) expect(await s.actions(caseId)).to.deep.equal(["ratify", "execute"]);
    await atDeadline(s, s.argued, "executeBy");
    for (const caseId of [s.proven, s.argued]) expect(await s.actions(caseId)).to.deep.equal(["lapse"]);
  });

  it("offers the council a decision; silence executes what is proven and ends what is argued", async () => {
    const s = await given(both);
    for (const caseId of [s.proven, s.argued]) {
      await appealed(s, caseId);
      expect(await s.actions(caseId)).to.deep.equal(["decide"]);
    }
    await atDeadline(s, s.argued, "decideBy");
    expect(await s.actions(s.argued)).to.deep.equal(["lapse"]);
    expect(await s.actions(s.proven)).to.deep.equal(["ratify", "execute"]);
  });

  it("offers a decided case for execution, and a closed one for nothing", async () => {
    const s = await given(both);
    await appealed(s, s.argued);
    await s.slashing.decide(s.argued, Verdict.Uphold, 0);
    expect(await s.actions(s.argued)).to.deep.equal(["ratify", "execute"]);
    await s.slashing.ratify(s.argued);
    expect(await s.actions(s.argued)).to.deep.equal(["execute"]);
    await s.slashing.execute(s.argued);
    expect(await s.actions(s.argued)).to.deep.equal([]);
  });

  it("knows no case that was not opened", async () => {
    const s = await given(both);
    for (const view of ["actionsOf", "deadlinesOf"] as const)
      await expect(s.slashing[view](77))
        .to.be.revertedWithCustomError(s.slashing, "SlashingManager_NoSuchCase")
        .withArgs(77);
    expect(await s.slashing.stateOf(77)).to.equal(0);
    expect(await s.slashing.caseCount()).to.equal(2);
  });
});
