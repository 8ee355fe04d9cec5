import { expect } from "chai";
import { ethers as lib } from "ethers";
import {
  credit,
  delegation,
  exit,
  given,
  mature,
  networkHelpers,
  slash,
  staked,
  tburn,
  UNBONDING,
  validatorOf,
  WAD,
} from "../../fixtures/system.ts";

const Scope = { Entry: 0, Redelegation: 1, Rewards: 2, Slashing: 3, Exit: 4, Claim: 5 } as const;
const HOUR = 3_600;
const DAY = 24 * HOUR;
const reason = lib.id("why");
const { time } = networkHelpers;

describe("ProtocolPause.pause", () => {
  it("stops a scope until its end and tells who asks since when", async () => {
    const s = await given(staked);
    const at = (await time.latest()) + 1;
    await time.setNextBlockTimestamp(at);
    await expect(s.pause.pause(Scope.Entry, HOUR, reason))
      .to.emit(s.pause, "ScopePaused")
      .withArgs(Scope.Entry, at + HOUR, reason);
    await expect(s.core.connect(s.bob).delegate(s.validatorId, tburn(100), 0))
      .to.be.revertedWithCustomError(s.pause, "ProtocolPause_Paused")
      .withArgs(Scope.Entry, at + HOUR);
    await time.increaseTo(at + HOUR);
    await s.core.connect(s.bob).delegate(s.validatorId, tburn(100), 0);
  });

  it("never stops what another scope means", async () => {
    const s = await given(staked);
    const positionId = await delegation(s, s.bob, s.validatorId, tburn(1_000));
    await credit(s, s.validatorId, tburn(10));
    await s.pause.pause(Scope.Entry, HOUR, reason);
    await s.pause.pause(Scope.Redelegation, HOUR, reason);
    await s.vault.claimRewards([positionId]);
    await exit(s, s.bob, positionId);
  });

  it("stops own stake, redelegations and rewards, each by its scope", async () => {
    const s = await given(staked);
    const dst = await validatorOf(s, s.erin);
    const positionId = await delegation(s, s.bob, s.validatorId, tburn(1_000));
    for (const scope of [Scope.Entry, Scope.Redelegation, Scope.Rewards]) await s.pause.pause(scope, HOUR, reason);
    const paused = (act: Promise<unknown>) =>
      expect(act).to.be.revertedWithCustomError(s.pause, "ProtocolPause_Paused");
    await paused(s.core.connect(s.alice).depositSelf(s.validatorId, 1));
    await paused(s.core.connect(s.bob).redelegate(positionId, dst, 0));
    await paused(s.vault.claimRewards([positionId]));
    await paused(s.vault.claimCommission(s.validatorId));
    await paused(s.vault.connect(s.bob).compound(positionId, 0));
  });

  it("stops exits of delegations and of own stake", async () => {
    const s = await given(staked);
    const positionId = await delegation(s, s.bob, s.validatorId, tburn(1_000));
    await s.pause.pause(Scope.Exit, HOUR, reason);
    for (const act of [
      s.core.connect(s.bob).undelegate(positionId, 1, 0),
      s.core.connect(s.alice).requestSelfExit(s.validatorId, 1),
    ])
      await expect(act).to.be.revertedWithCustomError(s.pause, "ProtocolPause_Paused");
  });

  it("refuses more than 72 hours, nothing, and whoever is no guardian", async () => {
    const s = await given(staked);
    await expect(s.pause.pause(Scope.Entry, 72 * HOUR + 1, reason))
      .to.be.revertedWithCustomError(s.pause, "ProtocolPause_TooLong")
      .withArgs(72 * HOUR + 1, 72 * HOUR);
    await expect(s.pause.pause(Scope.Entry, 0, reason)).to.be.revertedWithCustomError(s.pause, "ProtocolPause_TooLong");
    await expect(s.pause.connect(s.mallory).pause(Scope.Entry, 1, reason)).to.be.revertedWithCustomError(
      s.pause,
      "AccessManagedUnauthorized",
    );
  });

  it("is allowed once per scope in 30 days, to the second", async () => {
    const s = await given(staked);
    const at = (await time.latest()) + 1;
    await time.setNextBlockTimestamp(at);
    await s.pause.pause(Scope.Entry, HOUR, reason);
    await time.setNextBlockTimestamp(at + 30 * DAY - 1);
    await expect(s.pause.pause(Scope.Entry, HOUR, reason))
      .to.be.revertedWithCustomError(s.pause, "ProtocolPause_TooSoon")
      .withArgs(Scope.Entry, at + 30 * DAY);
    await time.setNextBlockTimestamp(at + 30 * DAY);
    await s.pause.pause(Scope.Entry, HOUR, reason);
  });

  it("leaves exits at most seven days of standstill in any ninety, to the second (invariant 23)", async () => {
    const s = await given(staked);
    await s.pause.pause(Scope.Exit, 72 * HOUR, reason);
    await s.pause.pause(Scope.Claim, 72 * HOUR, reason);
    expect(await s.pause.exitSecondsUsed()).to.be.at.most(7 * DAY);
    const refused = expect(s.pause.pause(Scope.Slashing, 24 * HOUR + 1, reason));
    await refused.to.be.revertedWithCustomError(s.pause, "ProtocolPause_BudgetSpent");
    await s.pause.pause(Scope.Slashing, 24 * HOUR, reason);
    await time.increase(93 * DAY);
    expect(await s.pause.exitSecondsUsed()).to.equal(0);
    await s.pause.pause(Scope.Slashing, 72 * HOUR, reason);
  });
});

describe("ProtocolPause.exitSecondsUsed", () => {
  it("gets back what is left of the pause that ended early, and of no other", async () => {
    const s = await given(staked);
    await s.pause.pause(Scope.Exit, 72 * HOUR, reason);
    const begun = await time.latest();
    await time.increase(HOUR);
    await s.pause.pause(Scope.Claim, 72 * HOUR, reason);
    await time.increase(HOUR);
    await s.pause.resume(Scope.Exit);
    expect(await s.pause.exitSecondsUsed()).to.equal((await time.latest()) - begun + 72 * HOUR);
  });
});

describe("ProtocolPause while slashing stands still", () => {
  async function leaving() {
    const s = await staked();
    const requestId = await exit(s, s.bob, await delegation(s, s.bob, s.validatorId, tburn(1_000)));
    return { ...s, requestId };
  }

  it("stops claims too, and lets exits be asked for", async () => {
    const s = await given(leaving);
    const positionId = await delegation(s, s.carol, s.validatorId, tburn(1_000));
    await mature();
    await s.pause.pause(Scope.Slashing, HOUR, reason);
    await expect(s.core.claim([s.requestId])).to.be.revertedWithCustomError(s.pause, "ProtocolPause_Paused");
    await exit(s, s.carol, positionId);
  });

  it("delays maturity by exactly the seconds of the standstill", async () => {
    const s = await given(leaving);
    const due = await s.core.maturesAt(s.requestId);
    const at = (await time.latest()) + 10;
    await time.setNextBlockTimestamp(at);
    await s.pause.pause(Scope.Slashing, HOUR, reason);
    await time.setNextBlockTimestamp(at + 100);
    await s.pause.resume(Scope.Slashing);
    expect(await s.pause.tolledSeconds()).to.equal(100);
    expect(await s.core.maturesAt(s.requestId)).to.equal(due + 100n);
    await time.setNextBlockTimestamp(Number(due) + 99);
    await expect(s.core.claim([s.requestId]))
      .to.be.revertedWithCustomError(s.core, "StakingCore_NotMature")
      .withArgs(s.requestId, due + 100n);
    await time.setNextBlockTimestamp(Number(due) + 100);
    await s.core.claim([s.requestId]);
  });

  it("keeps delayed exits within the reach of a slash", async () => {
    const s = await given(leaving);
    const tau = await time.latest();
    await s.pause.pause(Scope.Slashing, UNBONDING * 3, reason);
    await time.increase(UNBONDING * 3);
    await slash(s, s.validatorId, WAD / 2n, tau);
    expect(await s.core.requestValue(s.requestId)).to.equal(tburn(500));
  });
});

describe("ProtocolPause.resume", () => {
  it("ends a pause early and gives the unused seconds of exits back", async () => {
    const s = await given(staked);
    const at = (await time.latest()) + 1;
    await time.setNextBlockTimestamp(at);
    await s.pause.pause(Scope.Exit, DAY, reason);
    await time.setNextBlockTimestamp(at + 60);
    await expect(s.pause.resume(Scope.Exit))
      .to.emit(s.pause, "ScopeResumed")
      .withArgs(Scope.Exit, at + 60);
    expect(await s.pause.exitSecondsUsed()).to.equal(60);
    await expect(s.pause.resume(Scope.Exit)).to.be.revertedWithCustomError(s.pause, "ProtocolPause_NotPaused");
  });

  it("counts no seconds of exits that are longer ago than the period", async () => {
    const s = await given(staked);
    await s.pause.pause(Scope.Exit, DAY, reason);
    await time.increase(89 * DAY);
    expect(await s.pause.exitSecondsUsed()).to.equal(DAY);
    await time.increase(2 * DAY);
    expect(await s.pause.exitSecondsUsed()).to.equal(0);
  });
});
