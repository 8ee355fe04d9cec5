import { expect } from "chai";
import { local } from "../../../scripts/deploy/config.ts";
import { given, networkHelpers, staked, tburn } from "../../fixtures/system.ts";

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

describe("ValidatorRegistry.commissionOf", () => {
  it("clamps into a higher tier's band and forces no raise in a lower one", async () => {
    const s = await given(staked);
    await s.core.connect(s.alice).depositSelf(s.validatorId, tburn(400_000));
    expect(await s.validators.tierOf(s.validatorId)).to.equal(5);
    expect(await s.validators.commissionOf(s.validatorId)).to.equal(800);
    await s.validators.connect(s.alice).declareCommission(s.validatorId, 100);
    await s.core.connect(s.alice).requestSelfExit(s.validatorId, tburn(499_000));
    expect(await s.validators.tierOf(s.validatorId)).to.equal(0);
    expect(await s.validators.commissionOf(s.validatorId)).to.equal(100);
  });
});
