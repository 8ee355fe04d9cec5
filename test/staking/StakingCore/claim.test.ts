import { expect } from "chai";
import { delegation, exit, given, mature, slash, staked, tburn, WAD } from "../../fixtures/system.ts";

async function leaving() {
  const s = await staked();
  const positionId = await delegation(s, s.bob, s.validatorId, tburn(1000));
  return { ...s, positionId, requestId: await exit(s, s.bob, positionId) };
}

describe("StakingCore.claim", () => {
  it("refuses before maturity, telling when it comes", async () => {
    const s = await given(leaving);
    await expect(s.core.claim([s.requestId]))
      .to.be.revertedWithCustomError(s.core, "StakingCore_NotMature")
      .withArgs(s.requestId, await s.core.maturesAt(s.requestId));
  });

  it("knows no maturity of a request that does not exist", async () => {
    const s = await given(leaving);
    expect(await s.core.maturesAt(77)).to.equal(0);
  });

  it("pays the payout address, whoever calls, and emits UnstakeClaimed", async () => {
    const s = await given(leaving);
    await s.members.connect(s.bob).proposePayout(s.dave.address);
    await mature();
    await s.members.connect(s.bob).confirmPayout();
    const memberNo = await s.members.memberNoOf(s.bob.address);
    await expect(s.core.connect(s.mallory).claim([s.requestId]))
      .to.emit(s.core, "UnstakeClaimed")
      .withArgs(s.requestId, memberNo, s.validatorId, tburn(1000), 0, s.dave.address);
    expect(await s.token.balanceOf(s.dave.address)).to.equal(tburn(1000));
  });

  it("refuses a second claim of the same request", async () => {
    const s = await given(leaving);
    await mature();
    await s.core.claim([s.requestId]);
    await expect(s.core.claim([s.requestId]))
      .to.be.revertedWithCustomError(s.core, "StakingCore_NoSuchRequest")
      .withArgs(s.requestId);
  });

  it("refuses nothing at all, and what was never asked for, naming it", async () => {
    const s = await given(leaving);
    for (const [ids, named] of [
      [[], 0n],
      [[77n], 77n],
    ] as [bigint[], bigint][]) {
      await expect(s.core.claim(ids))
        .to.be.revertedWithCustomError(s.core, "StakingCore_NoSuchRequest")
        .withArgs(named);
    }
  });

  it("pays what a slash during unbonding left", async () => {
    const s = await given(leaving);
    await slash(s, s.validatorId, (WAD * 3n) / 4n);
    await mature();
    const before = await s.token.balanceOf(s.bob.address);
    await s.core.claim([s.requestId]);
    expect((await s.token.balanceOf(s.bob.address)) - before).to.equal(tburn(750));
  });

  it("closes a request of a wiped cohort for nothing", async () => {
    const s = await given(leaving);
    await slash(s, s.validatorId, 0n);
    await mature();
    await expect(s.core.claim([s.requestId])).to.emit(s.core, "UnstakeClaimed");
    expect(await s.token.balanceOf(s.core)).to.equal(0);
  });
});
