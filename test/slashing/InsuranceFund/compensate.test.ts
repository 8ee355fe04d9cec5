import { expect } from "chai";
import { ethers as lib } from "ethers";
import { deployed, ethers, given, tburn } from "../../fixtures/system.ts";

async function funded() {
  const s = await deployed();
  await s.token.approve(s.insurance, lib.MaxUint256);
  await s.insurance.fund(tburn(50_000));
  return s;
}

describe("InsuranceFund.fund", () => {
  it("takes tokens from anyone", async () => {
    const s = await given(deployed);
    await s.token.transfer(s.bob, tburn(5));
    await s.token.connect(s.bob).approve(s.insurance, tburn(5));
    await expect(s.insurance.connect(s.bob).fund(tburn(5)))
      .to.emit(s.insurance, "InsuranceFunded")
      .withArgs(s.bob, tburn(5));
    expect(await s.insurance.balance()).to.equal(tburn(5));
  });

  it("refuses nothing", async () => {
    const s = await given(deployed);
    await expect(s.insurance.fund(0)).to.be.revertedWithCustomError(s.insurance, "InsuranceFund_ZeroAmount");
  });
});

describe("InsuranceFund.compensate", () => {
  it("pays what is asked inside the caps", async () => {
    const s = await given(funded);
    const sent = s.insurance.compensate(s.bob, tburn(1_000), 7);
    await expect(sent).to.changeTokenBalances(ethers, s.token, [s.bob, s.insurance], [tburn(1_000), -tburn(1_000)]);
    await expect(sent).to.emit(s.insurance, "CompensationPaid").withArgs(7, s.bob, tburn(1_000), tburn(1_000));
    expect(await s.insurance.isCompensated(7)).to.equal(true);
    expect(await s.insurance.isCompensated(8)).to.equal(false);
  });

  it("pays at most the part of the fund that one case may take", async () => {
    const s = await given(funded);
    expect(await s.insurance.available()).to.equal(tburn(5_000));
    await expect(s.insurance.compensate(s.bob, tburn(9_000), 7))
      .to.emit(s.insurance, "CompensationPaid")
      .withArgs(7, s.bob, tburn(9_000), tburn(5_000));
  });

  it("pays at most the absolute cap", async () => {
    const s = await given(funded);
    await s.insurance.fund(tburn(150_000));
    expect(await s.insurance.available()).to.equal(tburn(10_000));
    await expect(s.insurance.compensate(s.bob, tburn(15_000), 7))
      .to.emit(s.insurance, "CompensationPaid")
      .withArgs(7, s.bob, tburn(15_000), tburn(10_000));
  });

  it("answers with nothing while the fund is empty", async () => {
    const s = await given(deployed);
    await expect(s.insurance.compensate(s.bob, tburn(1), 7))
      .to.emit(s.insurance, "CompensationPaid")
      .withArgs(7, s.bob, tburn(1), 0);
  });

  it("pays a case once, nobody at address zero, and hears only managers", async () => {
    const s = await given(funded);
    await s.insurance.compensate(s.bob, 1, 7);
    await expect(s.insurance.compensate(s.bob, 1, 7))
      .to.be.revertedWithCustomError(s.insurance, "InsuranceFund_AlreadyCompensated")
      .withArgs(7);
    await expect(s.insurance.compensate(lib.ZeroAddress, 1, 8)).to.be.revertedWithCustomError(
      s.insurance,
      "InsuranceFund_ZeroAddress",
    );
    await expect(s.insurance.connect(s.mallory).compensate(s.mallory, 1, 8))
      .to.be.revertedWithCustomError(s.insurance, "AccessManagedUnauthorized")
      .withArgs(s.mallory);
  });
});

describe("InsuranceFund.setCaps", () => {
  it("changes both caps, the part up to a tenth", async () => {
    const s = await given(funded);
    await expect(s.insurance.setCaps({ capBps: 1_000, maxPerCase: 5 }))
      .to.emit(s.insurance, "CapsChanged")
      .withArgs(1_000, 5);
    expect(await s.insurance.caps()).to.deep.equal([1_000n, 5n]);
    expect(await s.insurance.available()).to.equal(5);
    await expect(s.insurance.setCaps({ capBps: 1_001, maxPerCase: 5 }))
      .to.be.revertedWithCustomError(s.insurance, "InsuranceFund_CapTooHigh")
      .withArgs(1_001, 1_000);
    await expect(s.insurance.connect(s.mallory).setCaps({ capBps: 1, maxPerCase: 5 }))
      .to.be.revertedWithCustomError(s.insurance, "AccessManagedUnauthorized")
      .withArgs(s.mallory);
  });
});
