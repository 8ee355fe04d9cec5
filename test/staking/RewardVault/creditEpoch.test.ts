import { expect } from "chai";
import { credit, delegation, EPOCH, given, networkHelpers, staked, tburn, validatorOf } from "../../fixtures/system.ts";

async function delegated() {
  const s = await staked();
  const positionId = await delegation(s, s.bob, s.validatorId, tburn(100_000));
  return { ...s, positionId };
}

describe("RewardVault.creditEpoch", () => {
  it("splits into own part, commission and the pool's part", async () => {
    const s = await given(delegated);
    await credit(s, s.validatorId, tburn(200));
    const [commission, selfRewards] = await s.vault.commissionOf(s.validatorId);
    expect(selfRewards).to.equal(tburn(100));
    expect(commission).to.equal(tburn(10));
    expect(await s.core.pendingRewards(s.positionId)).to.equal(tburn(90));
  });

  it("gives all to the validator when nobody delegates", async () => {
    const s = await given(staked);
    await credit(s, s.validatorId, tburn(7));
    const [commission, selfRewards] = await s.vault.commissionOf(s.validatorId);
    expect(selfRewards).to.equal(tburn(7));
    expect(commission).to.equal(0);
  });

  it("credits a validator once per epoch", async () => {
    const s = await given(staked);
    await s.token.approve(s.vault, tburn(100));
    await s.vault.fund(tburn(100));
    await networkHelpers.time.increase(EPOCH);
    const epoch = await s.vault.currentEpoch();
    await s.vault.creditEpoch(epoch, [{ validatorId: s.validatorId, amount: 1 }]);
    await expect(s.vault.creditEpoch(epoch, [{ validatorId: s.validatorId, amount: 1 }]))
      .to.be.revertedWithCustomError(s.vault, "RewardVault_AlreadyCredited")
      .withArgs(epoch, s.validatorId);
  });

  it("refuses epochs of the future and of the past", async () => {
    const s = await given(staked);
    await networkHelpers.time.increase(EPOCH);
    const epoch = await s.vault.currentEpoch();
    await expect(s.vault.creditEpoch(epoch + 10n, [])).to.be.revertedWithCustomError(
      s.vault,
      "RewardVault_FutureEpoch",
    );
    await s.vault.creditEpoch(epoch, []);
    await expect(s.vault.creditEpoch(epoch - 1n, []))
      .to.be.revertedWithCustomError(s.vault, "RewardVault_PastEpoch")
      .withArgs(epoch - 1n, epoch);
    expect(await s.vault.budgetFor(epoch - 1n)).to.equal(0);
    expect(await s.vault.lastEpoch()).to.equal(epoch);
  });

  it("never credits more than the epochs' budget, nor more than was funded", async () => {
    const s = await given(staked);
    await s.token.approve(s.vault, tburn(10_000));
    await s.vault.fund(tburn(1_500));
    await networkHelpers.time.increase(EPOCH);
    const epoch = await s.vault.currentEpoch();
    const budget = await s.vault.budgetFor(epoch);
    expect(budget).to.be.lessThanOrEqual(tburn(1_500));
    await expect(s.vault.creditEpoch(epoch, [{ validatorId: s.validatorId, amount: budget + 1n }]))
      .to.be.revertedWithCustomError(s.vault, "RewardVault_BudgetExceeded")
      .withArgs(budget + 1n, budget);
    await networkHelpers.time.increase(EPOCH * 10);
    expect(await s.vault.budgetFor(await s.vault.currentEpoch())).to.equal(tburn(1_500));
  });

  it("carries what was not spent into the next epoch", async () => {
    const s = await given(staked);
    await s.token.approve(s.vault, tburn(100_000));
    await s.vault.fund(tburn(100_000));
    await networkHelpers.time.increase(EPOCH);
    const epoch = await s.vault.currentEpoch();
    const before = await s.vault.budgetFor(epoch + 1n);
    await s.vault.creditEpoch(epoch, []);
    expect(await s.vault.budgetFor(epoch + 1n)).to.equal(before);
    expect(await s.vault.uncredited()).to.equal(tburn(100_000));
  });

  it("refuses validators that are not active, and those without stake", async () => {
    const s = await given(staked);
    const idle = await validatorOf(s, s.erin, { self: tburn(20_000) });
    await s.token.approve(s.vault, tburn(100));
    await s.vault.fund(tburn(100));
    await networkHelpers.time.increase(EPOCH);
    const epoch = await s.vault.currentEpoch();
    await expect(s.vault.creditEpoch(epoch, [{ validatorId: idle, amount: 1 }]))
      .to.be.revertedWithCustomError(s.vault, "RewardVault_NotEarning")
      .withArgs(idle);
    await s.core.connect(s.alice).requestSelfExit(s.validatorId, tburn(100_000));
    await expect(s.vault.creditEpoch(epoch, [{ validatorId: s.validatorId, amount: 1 }])).to.be.revertedWithCustomError(
      s.vault,
      "RewardVault_NotEarning",
    );
  });

  it("refuses callers without the reporter role, and funding of nothing", async () => {
    const s = await given(staked);
    await expect(s.vault.connect(s.mallory).creditEpoch(1, [])).to.be.revertedWithCustomError(
      s.vault,
      "AccessManagedUnauthorized",
    );
    await expect(s.vault.fund(0)).to.be.revertedWithCustomError(s.vault, "RewardVault_ZeroAmount");
  });
});
