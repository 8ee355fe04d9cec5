import { expect } from "chai";
import { deployedWith, given, networkHelpers, staked, tburn, validatorOf } from "../../fixtures/system.ts";

async function fullSet() {
  const s = await deployedWith({ maxActiveValidators: 1 });
  const first = await validatorOf(s, s.alice, { self: tburn(100_000) });
  const second = await validatorOf(s, s.bob, { self: tburn(10_000) });
  return { ...s, first, second, newcomer: s.validators.connect(s.bob) };
}

describe("ValidatorRegistry.activate", () => {
  it("refuses below an active validator's stake", async () => {
    const s = await given(fullSet);
    await expect(s.newcomer.activate(s.second, s.first))
      .to.be.revertedWithCustomError(s.validators, "ValidatorRegistry_NotEligible")
      .withArgs(s.second, 2);
  });

  it("refuses a full set unless the newcomer outstakes a named member by a tenth", async () => {
    const s = await given(fullSet);
    await s.core.connect(s.bob).depositSelf(s.second, tburn(99_999));
    await expect(s.newcomer.activate(s.second, 0))
      .to.be.revertedWithCustomError(s.validators, "ValidatorRegistry_SetFull")
      .withArgs(1);
    await expect(s.newcomer.activate(s.second, s.first))
      .to.be.revertedWithCustomError(s.validators, "ValidatorRegistry_NotOutstaked")
      .withArgs(tburn(109_999), tburn(110_000));
    await s.core.connect(s.bob).depositSelf(s.second, tburn(1));
    await expect(s.newcomer.activate(s.second, s.first))
      .to.emit(s.validators, "ValidatorDeactivated")
      .withArgs(s.first, 3);
    expect(await s.validators.activeCount()).to.equal(1);
    expect(await s.validators.isEarning(s.second)).to.equal(true);
    expect(await s.validators.isEarning(s.first)).to.equal(false);
  });

  it("refuses who is active, jailed, tombstoned or under a case", async () => {
    const s = await given(staked);
    const mine = s.validators.connect(s.alice);
    await expect(mine.activate(s.validatorId, 0)).to.be.revertedWithCustomError(
      s.validators,
      "ValidatorRegistry_AlreadyActive",
    );
    await mine.deactivate(s.validatorId);
    await s.core.openCase(s.validatorId);
    await expect(mine.activate(s.validatorId, 0)).to.be.revertedWithCustomError(
      s.validators,
      "ValidatorRegistry_OpenCase",
    );
    await s.core.closeCase(s.validatorId);
    await s.validators.jail(s.validatorId, 4_000_000_000);
    await expect(mine.activate(s.validatorId, 0)).to.be.revertedWithCustomError(
      s.validators,
      "ValidatorRegistry_Jailed",
    );
    await s.validators.tombstone(s.validatorId);
    await expect(mine.activate(s.validatorId, 0)).to.be.revertedWithCustomError(
      s.validators,
      "ValidatorRegistry_Tombstoned",
    );
  });
});

describe("ValidatorRegistry.deactivate", () => {
  it("obeys the operator at will, and anyone once eligibility is lost", async () => {
    const s = await given(staked);
    await expect(s.validators.connect(s.mallory).deactivate(s.validatorId)).to.be.revertedWithCustomError(
      s.validators,
      "ValidatorRegistry_NotOperator",
    );
    await s.core.connect(s.alice).requestSelfExit(s.validatorId, tburn(60_000));
    await s.tiers.evaluate(1);
    await expect(s.validators.connect(s.mallory).deactivate(s.validatorId))
      .to.emit(s.validators, "ValidatorDeactivated")
      .withArgs(s.validatorId, 2);
    await expect(s.validators.deactivate(s.validatorId)).to.be.revertedWithCustomError(
      s.validators,
      "ValidatorRegistry_NotActive",
    );
  });
});

describe("ValidatorRegistry.unjail", () => {
  it("waits for the term and for open cases", async () => {
    const s = await given(staked);
    const mine = s.validators.connect(s.alice);
    await expect(mine.unjail(s.validatorId)).to.be.revertedWithCustomError(s.validators, "ValidatorRegistry_NotJailed");
    const until = (await networkHelpers.time.latest()) + 100;
    await expect(s.validators.jail(s.validatorId, until))
      .to.emit(s.validators, "ValidatorDeactivated")
      .withArgs(s.validatorId, 4);
    await s.validators.jail(s.validatorId, until - 50);
    await expect(mine.unjail(s.validatorId))
      .to.be.revertedWithCustomError(s.validators, "ValidatorRegistry_Jailed")
      .withArgs(s.validatorId, until);
    await networkHelpers.time.increase(101);
    await s.core.openCase(s.validatorId);
    await expect(mine.unjail(s.validatorId)).to.be.revertedWithCustomError(s.validators, "ValidatorRegistry_OpenCase");
    await s.core.closeCase(s.validatorId);
    await mine.unjail(s.validatorId);
    await mine.activate(s.validatorId, 0);
  });

  it("never frees a tombstoned validator", async () => {
    const s = await given(staked);
    await s.validators.tombstone(s.validatorId);
    await expect(s.validators.tombstone(s.validatorId)).to.be.revertedWithCustomError(
      s.validators,
      "ValidatorRegistry_Tombstoned",
    );
    await expect(s.validators.connect(s.alice).unjail(s.validatorId)).to.be.revertedWithCustomError(
      s.validators,
      "ValidatorRegistry_Tombstoned",
    );
  });
});
