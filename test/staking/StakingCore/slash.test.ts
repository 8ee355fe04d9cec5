import { expect } from "chai";
import {
  DAY,
  delegation,
  deployed,
  exit,
  given,
  join,
  mature,
  networkHelpers,
  slash,
  staked,
  tburn,
  validatorOf,
  WAD,
} from "../../fixtures/system.ts";

/** Moves to the first second of the next cohort, so that what follows shares a day. */
const startOfDay = async () => {
  const now = await networkHelpers.time.latest();
  await networkHelpers.time.increaseTo((Math.floor(now / DAY) + 1) * DAY);
};
const percent = (n: bigint) => (WAD * n) / 100n;

describe("StakingCore.slash", () => {
  it("burns an equal part of own stake, delegations and exits of the day (protocol §10.5)", async () => {
    const s = await given(staked);
    await s.core.connect(s.alice).requestSelfExit(s.validatorId, tburn(50_000));
    await mature();
    await s.core.claim([1]);
    await join(s, s.dave);
    await delegation(s, s.bob, s.validatorId, tburn(150_000));
    const leaver = await delegation(s, s.dave, s.validatorId, tburn(10_000));
    await exit(s, s.dave, leaver);
    const supply = await s.token.totalSupply();
    await expect(slash(s, s.validatorId, percent(95n))).to.emit(s.core, "StakeSlashed");
    expect(supply - (await s.token.totalSupply())).to.equal(tburn(2_500 + 7_500 + 500));
  });

  it("takes exits asked for after the fault (protocol §10.2)", async () => {
    const s = await given(staked);
    const positionId = await delegation(s, s.bob, s.validatorId, tburn(4_000));
    const tau = await networkHelpers.time.latest();
    const requestId = await exit(s, s.bob, positionId);
    await slash(s, s.validatorId, percent(50n), tau);
    expect(await s.core.requestValue(requestId)).to.equal(tburn(2_000));
    expect(await s.core.selfStakeOf(s.validatorId)).to.equal(tburn(50_000));
  });

  it("spares who left the day before the fault (protocol §10.3)", async () => {
    const s = await given(staked);
    const positionId = await delegation(s, s.bob, s.validatorId, tburn(10_000));
    const requestId = await exit(s, s.bob, positionId);
    await networkHelpers.time.increase(DAY);
    await slash(s, s.validatorId, 0n);
    expect(await s.core.requestValue(requestId)).to.equal(tburn(10_000));
  });

  it("takes everything from who left on the day of a total fault (protocol §10.3)", async () => {
    const s = await given(staked);
    const positionId = await delegation(s, s.bob, s.validatorId, tburn(10_000));
    const requestId = await exit(s, s.bob, positionId);
    await slash(s, s.validatorId, 0n);
    expect(await s.core.requestValue(requestId)).to.equal(0);
  });

  it("counts faults of one jail period as the worst of them (protocol §10.4)", async () => {
    const s = await given(staked);
    const own = () => s.core.selfStakeOf(s.validatorId);
    await s.core.connect(s.alice).requestSelfExit(s.validatorId, tburn(50_000));
    await networkHelpers.time.increase(2 * DAY);
    await slash(s, s.validatorId, percent(70n));
    expect(await own()).to.equal(tburn(35_000));
    await slash(s, s.validatorId, percent(60n));
    expect(await own()).to.equal(tburn(30_000));
    await slash(s, s.validatorId, percent(65n));
    expect(await own()).to.equal(tburn(30_000));
  });

  it("begins anew after the jail term", async () => {
    const s = await given(staked);
    await slash(s, s.validatorId, percent(90n));
    await s.validators.jail(s.validatorId, (await networkHelpers.time.latest()) + 10);
    await networkHelpers.time.increase(20);
    await expect(s.validators.connect(s.alice).unjail(s.validatorId)).to.emit(s.core, "KeepReset");
    await slash(s, s.validatorId, percent(90n));
    expect(await s.core.selfStakeOf(s.validatorId)).to.equal(tburn(81_000));
  });

  it("leaves matured cohorts alone, however early the fault", async () => {
    const s = await given(staked);
    const positionId = await delegation(s, s.bob, s.validatorId, tburn(1_000));
    const tau = await networkHelpers.time.latest();
    const requestId = await exit(s, s.bob, positionId);
    await mature();
    await slash(s, s.validatorId, 0n, tau);
    expect(await s.core.requestValue(requestId)).to.equal(tburn(1_000));
  });

  it("wipes a pool of which hardly anything remains, and its shares with it", async () => {
    const s = await given(staked);
    const positionId = await delegation(s, s.bob, s.validatorId, tburn(1_000));
    await expect(slash(s, s.validatorId, 10n ** 8n))
      .to.emit(s.core, "PoolWiped")
      .withArgs(s.validatorId, 0, 0, 1);
    expect(await s.core.positionValue(positionId)).to.equal(0);
    expect((await s.core.validatorStake(s.validatorId)).del.tokens).to.equal(0);
  });

  it("takes today's exits for a fault said to lie ahead, as for one of now", async () => {
    const s = await given(staked);
    const positionId = await delegation(s, s.bob, s.validatorId, tburn(1_000));
    const requestId = await exit(s, s.bob, positionId);
    await slash(s, s.validatorId, percent(90n), (await networkHelpers.time.latest()) + 10 * DAY);
    expect(await s.core.requestValue(requestId)).to.equal(tburn(900));
    await slash(s, s.validatorId, percent(80n), 2 ** 40 - 1);
    expect(await s.core.requestValue(requestId)).to.equal(tburn(800));
  });

  it("takes exits of the day of release for a fault of the new term", async () => {
    const s = await given(staked);
    const before = await delegation(s, s.bob, s.validatorId, tburn(1_000));
    const after = await delegation(s, s.carol, s.validatorId, tburn(1_000));
    await startOfDay();
    await s.validators.jail(s.validatorId, (await networkHelpers.time.latest()) + 2);
    const early = await exit(s, s.bob, before);
    await slash(s, s.validatorId, percent(50n));
    await networkHelpers.time.increase(2);
    await s.validators.connect(s.alice).unjail(s.validatorId);
    const late = await exit(s, s.carol, after);
    expect(await s.core.requestValue(late)).to.equal(tburn(500));
    await slash(s, s.validatorId, percent(90n));
    expect(await s.core.requestValue(late)).to.equal(tburn(450));
    expect(await s.core.requestValue(early)).to.equal(tburn(450));
  });

  it("frees the places of void positions, which still close", async () => {
    const s = await given(staked);
    const void1 = await delegation(s, s.bob, s.validatorId, tburn(1_000));
    await slash(s, s.validatorId, 0n);
    expect((await s.core.validatorStake(s.validatorId)).nPos).to.equal(0);
    await exit(s, s.bob, void1);
    expect((await s.core.validatorStake(s.validatorId)).nPos).to.equal(0);
    expect((await s.core.position(void1)).shares).to.equal(0);
  });

  it("answers on a validator without any stake", async () => {
    const s = await deployed();
    const id = await validatorOf(s, s.alice, { self: 0n });
    await expect(slash(s, id, 0n)).to.emit(s.core, "StakeSlashed");
  });

  it("hands over the part that bounty and insurance are paid from, and burns the rest", async () => {
    const s = await given(staked);
    const supply = await s.token.totalSupply();
    const held = await s.token.balanceOf(s.deployer.address);
    await s.core.slash(s.validatorId, await networkHelpers.time.latest(), percent(90n), 2_500);
    expect((await s.token.balanceOf(s.deployer.address)) - held).to.equal(tburn(2_500));
    expect(supply - (await s.token.totalSupply())).to.equal(tburn(7_500));
    expect(await s.core.totalStake()).to.equal(tburn(90_000));
    await expect(s.core.slash(s.validatorId, 0, 0, 3_001))
      .to.be.revertedWithCustomError(s.core, "StakingCore_RetainsTooMuch")
      .withArgs(3_001, 3_000);
  });

  it("refuses a fraction of one or more, unknown validators and callers without the role", async () => {
    const s = await given(staked);
    await expect(slash(s, s.validatorId, WAD))
      .to.be.revertedWithCustomError(s.core, "StakingCore_BadTarget")
      .withArgs(WAD);
    await expect(slash(s, 77n, 0n)).to.be.revertedWithCustomError(s.core, "StakingCore_NoSuchValidator");
    await expect(s.core.connect(s.mallory).slash(s.validatorId, 0, 0, 0)).to.be.revertedWithCustomError(
      s.core,
      "AccessManagedUnauthorized",
    );
  });
});

describe("StakingCore.openCase", () => {
  it("refuses a validator that does not exist", async () => {
    const s = await given(staked);
    await expect(s.core.openCase(77)).to.be.revertedWithCustomError(s.core, "StakingCore_NoSuchValidator").withArgs(77);
  });
});

describe("StakingCore.closeCase", () => {
  it("refuses where none is open", async () => {
    const s = await given(staked);
    await expect(s.core.closeCase(s.validatorId)).to.be.revertedWithCustomError(s.core, "StakingCore_NoOpenCase");
  });
});

describe("StakingCore's peers", () => {
  it("lets only the registry reset a fraction and only the vault touch rewards", async () => {
    const s = await given(staked);
    await expect(s.core.resetKeep(s.validatorId)).to.be.revertedWithCustomError(s.core, "StakingCore_OnlyRegistry");
    await expect(s.core.accrue(s.validatorId, 1)).to.be.revertedWithCustomError(s.core, "StakingCore_OnlyVault");
    await expect(s.core.takeRewards(1)).to.be.revertedWithCustomError(s.core, "StakingCore_OnlyVault");
    await expect(s.core.compound(1, 1, 0)).to.be.revertedWithCustomError(s.core, "StakingCore_OnlyVault");
  });
});
