import { expect } from "chai";
import { given, mature, staked, tburn } from "../../fixtures/system.ts";

describe("StakingCore.depositSelf", () => {
  it("adds to own stake and emits TokensStaked", async () => {
    const s = await given(staked);
    const memberNo = await s.members.memberNoOf(s.alice.address);
    await expect(s.core.connect(s.alice).depositSelf(s.validatorId, tburn(5)))
      .to.emit(s.core, "TokensStaked")
      .withArgs(s.validatorId, memberNo, tburn(5));
    expect(await s.core.selfStakeOf(s.validatorId)).to.equal(tburn(100_005));
    expect(await s.core.totalStakeOf(s.validatorId)).to.equal(tburn(100_005));
  });

  it("refuses zero, strangers and members below Enhanced KYC", async () => {
    const s = await given(staked);
    await expect(s.core.connect(s.alice).depositSelf(s.validatorId, 0)).to.be.revertedWithCustomError(
      s.core,
      "StakingCore_ZeroAmount",
    );
    await expect(s.core.connect(s.mallory).depositSelf(s.validatorId, 1)).to.be.revertedWithCustomError(
      s.core,
      "StakingCore_NotMember",
    );
    await expect(s.core.connect(s.bob).depositSelf(s.validatorId, 1))
      .to.be.revertedWithCustomError(s.core, "StakingCore_KycInsufficient")
      .withArgs(1, 2);
  });
});

describe("StakingCore.requestSelfExit", () => {
  it("moves own stake into the day's cohort and pays it after maturity", async () => {
    const s = await given(staked);
    await s.core.connect(s.alice).requestSelfExit(s.validatorId, tburn(40_000));
    expect(await s.core.requestValue(1)).to.equal(tburn(40_000));
    await mature();
    const before = await s.token.balanceOf(s.alice.address);
    await s.core.claim([1]);
    expect((await s.token.balanceOf(s.alice.address)) - before).to.equal(tburn(40_000));
  });

  it("names no position and carries no lien", async () => {
    const s = await given(staked);
    await s.core.connect(s.alice).requestSelfExit(s.validatorId, tburn(40_000));
    const [event] = await s.core.queryFilter(s.core.filters.TokensUnstaked(1));
    expect([event?.args.positionId, event?.args.lienId]).to.deep.equal([0n, 0n]);
    expect((await s.core.request(1)).lien).to.equal(0);
  });

  it("refuses zero, more than there is, and anybody but the owner", async () => {
    const s = await given(staked);
    await expect(s.core.connect(s.alice).requestSelfExit(s.validatorId, 0)).to.be.revertedWithCustomError(
      s.core,
      "StakingCore_ZeroAmount",
    );
    await expect(s.core.connect(s.alice).requestSelfExit(s.validatorId, tburn(100_001)))
      .to.be.revertedWithCustomError(s.core, "StakingCore_InsufficientSelfStake")
      .withArgs(s.validatorId, tburn(100_000));
    await expect(s.core.connect(s.bob).requestSelfExit(s.validatorId, 1))
      .to.be.revertedWithCustomError(s.core, "StakingCore_NotOwner")
      .withArgs(s.validatorId, s.bob.address);
  });
});
