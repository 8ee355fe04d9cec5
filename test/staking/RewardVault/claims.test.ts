import { expect } from "chai";
import { credit, delegation, exit, given, slash, staked, tburn, WAD } from "../../fixtures/system.ts";

async function earned() {
  const s = await staked();
  const positionId = await delegation(s, s.bob, s.validatorId, tburn(100_000));
  await credit(s, s.validatorId, tburn(200));
  return { ...s, positionId };
}

describe("RewardVault.claimRewards", () => {
  it("pays the payout address once, whoever calls", async () => {
    const s = await given(earned);
    const memberNo = await s.members.memberNoOf(s.bob.address);
    await expect(s.vault.connect(s.mallory).claimRewards([s.positionId]))
      .to.emit(s.vault, "RewardsClaimed")
      .withArgs(s.positionId, memberNo, tburn(90), s.bob.address);
    await expect(s.vault.claimRewards([s.positionId]))
      .to.be.revertedWithCustomError(s.vault, "RewardVault_NothingToClaim")
      .withArgs(s.positionId);
  });

  it("pays a position that has left, and one whose pool was wiped", async () => {
    const s = await given(earned);
    await delegation(s, s.carol, s.validatorId, tburn(1_000));
    await exit(s, s.bob, s.positionId);
    await credit(s, s.validatorId, tburn(200));
    await slash(s, s.validatorId, 0n);
    const carols = s.positionId + 1n;
    expect(await s.core.pendingRewards(s.positionId)).to.equal(tburn(90));
    expect(await s.core.pendingRewards(carols)).to.be.greaterThan(0);
    await s.vault.claimRewards([s.positionId, carols]);
  });

  it("gives each delegator what F1 with slashes gives (protocol §10.1)", async () => {
    const s = await given(staked);
    const units = 10_000n;
    await s.core.connect(s.alice).requestSelfExit(s.validatorId, tburn(50_000));
    const d1 = await delegation(s, s.bob, s.validatorId, units * WAD);
    await credit(s, s.validatorId, tburn(60));
    await slash(s, s.validatorId, WAD / 2n);
    expect(await s.core.pendingRewards(d1)).to.equal(tburn("9"));
    expect(await s.core.positionValue(d1)).to.equal(tburn(5_000));
  });

  it("divides what comes between two slashes by value, old and new delegators alike (protocol §10.1)", async () => {
    const s = await given(staked);
    const d1 = await delegation(s, s.bob, s.validatorId, tburn(100_000));
    await credit(s, s.validatorId, tburn(200));
    await slash(s, s.validatorId, WAD / 2n);
    const d2 = await delegation(s, s.carol, s.validatorId, tburn(100_000));
    expect((await s.core.position(d2)).shares).to.equal(tburn(200_000));
    await credit(s, s.validatorId, tburn(400));
    await slash(s, s.validatorId, WAD / 4n);
    expect(await s.core.pendingRewards(d1)).to.equal(tburn(90 + 90));
    expect(await s.core.pendingRewards(d2)).to.equal(tburn(180));
    expect((await s.vault.commissionOf(s.validatorId)).commission).to.equal(tburn(10 + 30));
    expect(await s.core.positionValue(d1)).to.equal(tburn(25_000));
    expect(await s.core.positionValue(d2)).to.equal(tburn(50_000));
  });
});

describe("RewardVault.compound", () => {
  it("adds the owner's rewards to the same position", async () => {
    const s = await given(earned);
    await expect(s.vault.connect(s.bob).compound(s.positionId, 0)).to.emit(s.core, "StakeDelegated");
    expect(await s.core.positionValue(s.positionId)).to.equal(tburn(100_090));
    expect(await s.core.pendingRewards(s.positionId)).to.equal(0);
  });

  it("lets anyone do so only where the owner switched it on", async () => {
    const s = await given(earned);
    await expect(s.vault.connect(s.mallory).compound(s.positionId, 0)).to.be.revertedWithCustomError(
      s.vault,
      "RewardVault_NotOwner",
    );
    await expect(s.vault.connect(s.mallory).setAutoCompound(s.positionId, true)).to.be.revertedWithCustomError(
      s.vault,
      "RewardVault_NotOwner",
    );
    await expect(s.vault.connect(s.bob).setAutoCompound(s.positionId, true))
      .to.emit(s.vault, "AutoCompoundChanged")
      .withArgs(s.positionId, true);
    expect(await s.vault.autoCompound(s.positionId)).to.equal(true);
    await s.vault.connect(s.mallory).compound(s.positionId, 0);
    await expect(s.vault.connect(s.bob).compound(s.positionId, 0)).to.be.revertedWithCustomError(
      s.vault,
      "RewardVault_NothingToClaim",
    );
  });

  it("refuses a position that has left, keeping its rewards", async () => {
    const s = await given(earned);
    await exit(s, s.bob, s.positionId);
    await expect(s.vault.connect(s.bob).compound(s.positionId, 0))
      .to.be.revertedWithCustomError(s.core, "StakingCore_InsufficientShares")
      .withArgs(s.positionId, 0);
    expect(await s.core.pendingRewards(s.positionId)).to.equal(tburn(90));
  });
});

describe("RewardVault.claimCommission", () => {
  it("pays commission and own rewards to the validator's payout address", async () => {
    const s = await given(earned);
    await expect(s.vault.claimCommission(s.validatorId)).to.emit(s.vault, "CommissionClaimed");
    await expect(s.vault.claimCommission(s.validatorId)).to.be.revertedWithCustomError(
      s.vault,
      "RewardVault_NothingToClaim",
    );
  });

  it("holds it while a case is open, and knows no other validator", async () => {
    const s = await given(earned);
    await s.core.openCase(s.validatorId);
    await expect(s.vault.claimCommission(s.validatorId)).to.be.revertedWithCustomError(s.vault, "RewardVault_OpenCase");
    await expect(s.vault.claimCommission(9)).to.be.revertedWithCustomError(s.vault, "RewardVault_NoSuchValidator");
  });
});
