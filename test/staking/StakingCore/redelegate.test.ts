import { expect } from "chai";
import {
  credit,
  delegation,
  exit,
  given,
  mature,
  slash,
  staked,
  tburn,
  validatorOf,
  WAD,
} from "../../fixtures/system.ts";

async function twoValidators() {
  const s = await staked();
  const dst = await validatorOf(s, s.erin);
  return { ...s, dst, positionId: await delegation(s, s.bob, s.validatorId, tburn(1000)) };
}

async function moved() {
  const s = await twoValidators();
  await s.core.connect(s.bob).redelegate(s.positionId, s.dst, 0);
  return { ...s, newId: s.positionId + 1n };
}

describe("StakingCore.redelegate", () => {
  it("moves the whole value at once and leaves a lien", async () => {
    const s = await given(moved);
    const position = await s.core.position(s.newId);
    expect(position.lien).to.equal(1);
    expect(await s.core.positionValue(s.newId)).to.equal(tburn(1000));
    expect(await s.core.positionValue(s.positionId)).to.equal(0);
    expect((await s.core.lien(1)).base).to.equal(tburn(1000));
  });

  it("takes earned rewards along", async () => {
    const s = await given(twoValidators);
    await credit(s, s.validatorId, tburn(101));
    const pending = await s.core.pendingRewards(s.positionId);
    await s.core.connect(s.bob).redelegate(s.positionId, s.dst, 0);
    expect(await s.core.pendingRewards(s.positionId)).to.equal(0);
    expect(await s.core.pendingRewards(s.positionId + 1n)).to.equal(pending);
  });

  it("refuses the same validator, a liened position, a closed one, and strangers", async () => {
    const s = await given(moved);
    await expect(s.core.connect(s.bob).redelegate(s.newId, s.dst, 0)).to.be.revertedWithCustomError(
      s.core,
      "StakingCore_SameValidator",
    );
    await expect(s.core.connect(s.bob).redelegate(s.newId, s.validatorId, 0))
      .to.be.revertedWithCustomError(s.core, "StakingCore_LienActive")
      .withArgs(s.newId, 1);
    await expect(s.core.connect(s.bob).redelegate(s.positionId, s.dst, 0)).to.be.revertedWithCustomError(
      s.core,
      "StakingCore_InsufficientShares",
    );
    await expect(s.core.connect(s.carol).redelegate(s.newId, s.validatorId, 0)).to.be.revertedWithCustomError(
      s.core,
      "StakingCore_NotOwner",
    );
  });

  it("lets a liened position exit whole, and only whole", async () => {
    const s = await given(moved);
    await expect(s.core.connect(s.bob).undelegate(s.newId, tburn(500), 0)).to.be.revertedWithCustomError(
      s.core,
      "StakingCore_LienActive",
    );
    const requestId = await exit(s, s.bob, s.newId);
    expect((await s.core.request(requestId)).lien).to.equal(1);
  });

  it("hands the lien of a closed position to its request", async () => {
    const s = await given(moved);
    await exit(s, s.bob, s.newId);
    expect((await s.core.position(s.newId)).lien).to.equal(0);
    await mature();
    await expect(s.core.settleLien(s.newId)).to.be.revertedWithCustomError(s.core, "StakingCore_NoLien");
  });

  it("pays after a slash of the source what a direct exit would have paid", async () => {
    const s = await given(moved);
    const requestId = await exit(s, s.bob, s.newId);
    await slash(s, s.validatorId, (WAD * 9n) / 10n);
    await mature();
    const before = await s.token.balanceOf(s.bob.address);
    await s.core.claim([requestId]);
    expect((await s.token.balanceOf(s.bob.address)) - before).to.equal(tburn(900));
  });

  it("drops the lien of a position whose pool was wiped", async () => {
    const s = await given(moved);
    await slash(s, s.dst, 0n);
    expect(await exit(s, s.bob, s.newId)).to.equal(0);
    expect((await s.core.lien(1)).base).to.equal(0);
  });
});

describe("StakingCore.settleLien", () => {
  it("refuses until the source's cohort matured, and where there is none", async () => {
    const s = await given(moved);
    await expect(s.core.settleLien(s.newId)).to.be.revertedWithCustomError(s.core, "StakingCore_NotMature");
    await expect(s.core.settleLien(s.positionId)).to.be.revertedWithCustomError(s.core, "StakingCore_NoLien");
  });

  it("burns the source's slash from the position and frees it", async () => {
    const s = await given(moved);
    await slash(s, s.validatorId, (WAD * 9n) / 10n);
    expect(await s.core.lienOwed(1)).to.equal(tburn(100));
    await mature();
    const supply = await s.token.totalSupply();
    await expect(s.core.settleLien(s.newId))
      .to.emit(s.core, "LienSettled")
      .withArgs(s.newId, s.validatorId, 1, tburn(100), tburn(100));
    expect(supply - (await s.token.totalSupply())).to.equal(tburn(100));
    expect(await s.core.positionValue(s.newId)).to.equal(tburn(900));
    await exit(s, s.bob, s.newId, tburn(500));
  });

  it("is free where nothing was slashed", async () => {
    const s = await given(moved);
    await mature();
    await s.core.settleLien(s.newId);
    expect(await s.core.positionValue(s.newId)).to.equal(tburn(1000));
    expect((await s.core.position(s.newId)).lien).to.equal(0);
  });

  it("owes all that was moved once the source's cohort is wiped", async () => {
    const s = await given(moved);
    await slash(s, s.validatorId, 0n);
    expect(await s.core.lienOwed(1)).to.equal(tburn(1000));
  });

  it("takes nothing from a position whose pool was wiped meanwhile, and frees it", async () => {
    const s = await given(moved);
    await slash(s, s.validatorId, (WAD * 9n) / 10n);
    await slash(s, s.dst, 0n);
    await mature();
    await expect(s.core.settleLien(s.newId)).to.emit(s.core, "LienSettled").withArgs(s.newId, s.validatorId, 1, 0, 0);
    expect((await s.core.position(s.newId)).lien).to.equal(0);
  });

  it("takes a loss of one unit as well", async () => {
    const s = await given(moved);
    await slash(s, s.validatorId, (WAD * 7n) / 11n);
    const later = await delegation(s, s.carol, s.validatorId, tburn(777));
    await s.core.connect(s.carol).redelegate(later, s.dst, 0);
    // Shares of the cohort round down, and so does what they are worth.
    expect(await s.core.lienOwed(2)).to.equal(1);
    await mature();
    const supply = await s.token.totalSupply();
    await s.core.settleLien(s.newId + 2n);
    expect(supply - (await s.token.totalSupply())).to.equal(1);
  });

  it("takes no more than the position is worth", async () => {
    const s = await given(moved);
    await delegation(s, s.carol, s.dst, tburn(1000));
    await slash(s, s.dst, WAD / 2n);
    await slash(s, s.validatorId, 0n);
    await mature();
    await s.core.settleLien(s.newId);
    expect(await s.core.positionValue(s.newId)).to.equal(0);
    expect((await s.core.validatorStake(s.dst)).del.tokens).to.equal(tburn(500));
  });
});
