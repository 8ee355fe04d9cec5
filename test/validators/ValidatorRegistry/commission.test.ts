import { expect } from "chai";
import { local } from "../../../scripts/deploy/config.ts";
import { credit, deployed, given, join, networkHelpers, staked, tburn, validatorOf } from "../../fixtures/system.ts";

const { commissionDelaySeconds: delay, commissionWindowSeconds: window } = local.parameters;

async function lowered() {
  const s = await staked();
  await s.validators.connect(s.alice).declareCommission(s.validatorId, 500);
  return { ...s, mine: s.validators.connect(s.alice) };
}

describe("ValidatorRegistry.declareCommission", () => {
  it("lowers at once", async () => {
    const s = await given(lowered);
    await expect(s.mine.declareCommission(s.validatorId, 400))
      .to.emit(s.validators, "CommissionChanged")
      .withArgs(s.validatorId, 500, 400);
    expect(await s.validators.commissionOf(s.validatorId)).to.equal(400);
  });

  it("declares a rise for after the delay", async () => {
    const s = await given(lowered);
    await s.mine.declareCommission(s.validatorId, 800);
    const at = (await networkHelpers.time.latest()) + delay;
    expect(await s.validators.commissionOf(s.validatorId)).to.equal(500);
    const v = await s.validators.validator(s.validatorId);
    expect([v.pendingBps, v.executableAt, v.expiresAt]).to.deep.equal([800n, BigInt(at), BigInt(at + window)]);
  });

  it("refuses steps over 300 bps, rates outside the tier's band, and open cases", async () => {
    const s = await given(lowered);
    await expect(s.mine.declareCommission(s.validatorId, 801))
      .to.be.revertedWithCustomError(s.validators, "ValidatorRegistry_StepTooLarge")
      .withArgs(801, 800);
    await expect(s.mine.declareCommission(s.validatorId, 299)).to.be.revertedWithCustomError(
      s.validators,
      "ValidatorRegistry_CommissionOutOfBand",
    );
    await s.core.openCase(s.validatorId);
    await expect(s.mine.declareCommission(s.validatorId, 400)).to.be.revertedWithCustomError(
      s.validators,
      "ValidatorRegistry_OpenCase",
    );
  });
});

describe("ValidatorRegistry.executeCommission", () => {
  it("makes a declared rise effective inside its window", async () => {
    const s = await given(lowered);
    await s.mine.declareCommission(s.validatorId, 800);
    await expect(s.validators.executeCommission(s.validatorId)).to.be.revertedWithCustomError(
      s.validators,
      "ValidatorRegistry_NotYet",
    );
    await networkHelpers.time.increase(delay);
    await s.validators.connect(s.mallory).executeCommission(s.validatorId);
    expect(await s.validators.commissionOf(s.validatorId)).to.equal(800);
    await expect(s.validators.executeCommission(s.validatorId)).to.be.revertedWithCustomError(
      s.validators,
      "ValidatorRegistry_NothingDeclared",
    );
  });

  it("refuses after the window", async () => {
    const s = await given(lowered);
    await s.mine.declareCommission(s.validatorId, 800);
    await networkHelpers.time.increase(delay + window);
    await expect(s.validators.executeCommission(s.validatorId)).to.be.revertedWithCustomError(
      s.validators,
      "ValidatorRegistry_WindowClosed",
    );
  });

  it("is forgotten when the rate is lowered meanwhile", async () => {
    const s = await given(lowered);
    await s.mine.declareCommission(s.validatorId, 800);
    await s.mine.declareCommission(s.validatorId, 400);
    await networkHelpers.time.increase(delay);
    await expect(s.validators.executeCommission(s.validatorId)).to.be.revertedWithCustomError(
      s.validators,
      "ValidatorRegistry_NothingDeclared",
    );
  });
});

describe("ValidatorRegistry.executeCommission after a tier came and went", () => {
  it("refuses a declared rise that is more than a step above what promotion left", async () => {
    const s = await given(deployed);
    const id = await validatorOf(s, s.alice, { self: tburn(20_000), commissionBps: 1_250, maxCommissionBps: 2_000 });
    await s.validators.connect(s.alice).declareCommission(id, 1_500);
    await s.core.connect(s.alice).depositSelf(id, tburn(40_000));
    await s.tiers.evaluate(1);
    await s.validators.clampCommission(id);
    await s.core.connect(s.alice).requestSelfExit(id, tburn(30_000));
    await s.tiers.evaluate(1);
    await networkHelpers.time.increase(delay);
    await expect(s.validators.executeCommission(id))
      .to.be.revertedWithCustomError(s.validators, "ValidatorRegistry_StepTooLarge")
      .withArgs(1_500, 1_300);
  });
});

describe("ValidatorRegistry.clampCommission", () => {
  async function promoted() {
    const s = await deployed();
    const id = await validatorOf(s, s.alice, { self: tburn(20_000), commissionBps: 1_500, maxCommissionBps: 2_000 });
    await s.core.connect(s.alice).depositSelf(id, tburn(40_000));
    await s.tiers.evaluate(1);
    return { ...s, id };
  }

  it("keeps a rate that promotion lowered from rising when the tier is lost", async () => {
    const s = await given(promoted);
    await expect(s.validators.connect(s.mallory).clampCommission(s.id))
      .to.emit(s.validators, "CommissionChanged")
      .withArgs(s.id, 1_500, 1_000);
    await s.core.connect(s.alice).requestSelfExit(s.id, tburn(30_000));
    await s.tiers.evaluate(1);
    expect(await s.validators.tierOf(s.id)).to.equal(2);
    expect(await s.validators.commissionOf(s.id)).to.equal(1_000);
    await expect(s.validators.clampCommission(s.id)).not.to.emit(s.validators, "CommissionChanged");
    await expect(s.validators.clampCommission(9)).to.be.revertedWithCustomError(
      s.validators,
      "ValidatorRegistry_NoSuchValidator",
    );
  });

  it("happens at activation", async () => {
    const s = await given(promoted);
    await s.validators.connect(s.alice).activate(s.id, 0);
    await s.core.connect(s.alice).requestSelfExit(s.id, tburn(30_000));
    await s.tiers.evaluate(1);
    expect(await s.validators.commissionOf(s.id)).to.equal(1_000);
  });

  it("happens at each credit that delegators share", async () => {
    const s = await given(promoted);
    await s.validators.connect(s.alice).activate(s.id, 0);
    await s.core.connect(s.alice).depositSelf(s.id, tburn(440_000));
    await s.tiers.evaluate(1);
    expect(await s.validators.commissionOf(s.id)).to.equal(800);
    await join(s, s.bob);
    await s.core.connect(s.bob).delegate(s.id, tburn(100), 0);
    await credit(s, s.id, tburn(1));
    await s.core.connect(s.alice).requestSelfExit(s.id, tburn(440_000));
    await s.tiers.evaluate(1);
    expect(await s.validators.commissionOf(s.id)).to.equal(800);
  });
});

describe("ValidatorRegistry.commissionOf", () => {
  it("clamps into a higher tier's band and forces no raise in a lower one", async () => {
    const s = await given(staked);
    await s.core.connect(s.alice).depositSelf(s.validatorId, tburn(400_000));
    await s.tiers.evaluate(1);
    expect(await s.validators.tierOf(s.validatorId)).to.equal(5);
    expect(await s.validators.commissionOf(s.validatorId)).to.equal(800);
    await s.validators.connect(s.alice).declareCommission(s.validatorId, 100);
    await s.core.connect(s.alice).requestSelfExit(s.validatorId, tburn(499_000));
    await s.tiers.evaluate(1);
    expect(await s.validators.tierOf(s.validatorId)).to.equal(0);
    expect(await s.validators.commissionOf(s.validatorId)).to.equal(100);
  });
});
