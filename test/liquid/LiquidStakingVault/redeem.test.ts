import { expect } from "chai";
import { ethers as lib } from "ethers";
import { DAY, ethers, given, networkHelpers, slash, tburn, UNBONDING, WAD } from "../../fixtures/system.ts";
import { exitsOf, invested, liquidity, morning, requested, settled } from "../liquidity.ts";

const OFFSET = 10n ** 6n;
const shares = (n: number) => tburn(n) * OFFSET;

/** Bob and carol with 10,000 each, invested in part. */
async function two() {
  const s = await invested();
  await s.liquid.connect(s.carol).deposit(tburn(10_000), s.carol);
  await s.operator.allocate(s.validatorId, tburn(5_000), 0);
  await morning(s);
  return s;
}

describe("LiquidStakingVault.requestRedeem", () => {
  describe("given an owner of shares", () => {
    it("burns them and takes the same fraction of idle tokens and positions, under the day's id", async () => {
      const s = await given(invested);
      await morning(s);
      const day = await s.core.dayOf(await networkHelpers.time.latest());
      const act = s.liquid.connect(s.bob).requestRedeem(shares(1_000), s.carol, s.bob);
      await expect(act)
        .to.emit(s.liquid, "RedeemRequest")
        .withArgs(s.carol.address, s.bob.address, day, s.bob.address, shares(1_000));
      await expect(act)
        .to.emit(s.liquid, "RedemptionPriced")
        .withArgs(day, s.carol.address, shares(1_000), tburn(1_000));
      expect(await s.liquid.totalSupply()).to.equal(shares(9_000));
      expect(await s.liquid.idle()).to.equal(tburn(900));
      const values = await Promise.all(
        (await s.liquid.allocations()).map(({ positionId }) => s.core.positionValue(positionId)),
      );
      expect(values).to.deep.equal([tburn(5_400), tburn(2_700)]);
      expect(await s.liquid.pendingRedeemRequest(day, s.carol)).to.equal(shares(1_000));
      expect(await s.liquid.claimableRedeemRequest(day, s.carol)).to.equal(0);
      expect((await s.liquid.dayPot(day)).open).to.equal(2);
    });

    it("becomes claimable once the day's exits matured and were taken in", async () => {
      const s = await given(invested);
      const day = await requested(s, s.bob, shares(1_000));
      await networkHelpers.time.increase(UNBONDING + 2 * DAY);
      expect(await s.liquid.isClaimable(day)).to.equal(false);
      const exits = await exitsOf(s);
      await s.liquid.connect(s.mallory).collect(exits.slice(0, 1));
      expect(await s.liquid.maxRedeem(s.bob)).to.equal(0);
      expect(await s.liquid.maxWithdraw(s.bob)).to.equal(0);
      await s.liquid.collect(exits.slice(1));
      expect(await s.liquid.claimableRedeemRequest(day, s.bob)).to.equal(shares(1_000));
      expect(await s.liquid.pendingRedeemRequest(day, s.bob)).to.equal(0);
      expect(await s.liquid.maxWithdraw(s.bob)).to.equal(tburn(1_000));
    });

    it("is served of the rest after one of the positions was wiped", async () => {
      const s = await given(invested);
      await slash(s, s.validatorId, 0n);
      const day = await requested(s, s.bob, shares(5_000));
      await settled(s);
      expect(await s.liquid.claimableRedeemRequest(day, s.bob)).to.equal(shares(5_000));
      expect(await s.liquid.maxWithdraw(s.bob)).to.be.closeTo(tburn(2_000), 10n);
    });

    it("waits for the end of the day even if all was idle", async () => {
      const s = await given(liquidity);
      await s.liquid.connect(s.bob).deposit(tburn(10), s.bob);
      await morning(s);
      const day = await requested(s, s.bob, shares(10));
      await networkHelpers.time.setNextBlockTimestamp((day + 1n) * BigInt(DAY) - 1n);
      await networkHelpers.mine();
      expect(await s.liquid.isClaimable(day)).to.equal(false);
      await networkHelpers.time.setNextBlockTimestamp((day + 1n) * BigInt(DAY));
      await s.liquid.connect(s.bob).redeemRequest(day, s.bob, s.bob);
    });
  });

  describe("given somebody else", () => {
    it("needs an allowance or the owner's word", async () => {
      const s = await given(invested);
      const vault = s.liquid.connect(s.dave);
      await expect(vault.requestRedeem(shares(10), s.dave, s.bob)).to.be.revertedWithCustomError(
        s.liquid,
        "ERC20InsufficientAllowance",
      );
      await s.liquid.connect(s.bob).approve(s.dave, shares(10));
      await vault.requestRedeem(shares(10), s.dave, s.bob);
      expect(await s.liquid.allowance(s.bob, s.dave)).to.equal(0);
      await expect(s.liquid.connect(s.bob).setOperator(s.dave, true))
        .to.emit(s.liquid, "OperatorSet")
        .withArgs(s.bob.address, s.dave.address, true);
      await vault.requestRedeem(shares(10), s.dave, s.bob);
    });
  });

  describe("given dust, nobody to pay, or more than there is", () => {
    it("is refused, but never the last of it", async () => {
      const s = await given(invested);
      const vault = s.liquid.connect(s.bob);
      await expect(vault.requestRedeem(shares(1) - OFFSET, s.bob, s.bob))
        .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_BelowMinimum")
        .withArgs(WAD - 1n, WAD);
      await vault.requestRedeem(shares(1), s.bob, s.bob);
      await expect(vault.requestRedeem(shares(1), lib.ZeroAddress, s.bob)).to.be.revertedWithCustomError(
        s.liquid,
        "LiquidStakingVault_ZeroAddress",
      );
      await expect(vault.requestRedeem(shares(10_001), s.bob, s.bob)).to.be.revert(ethers);
      await vault.transfer(s.dave, OFFSET * 5n);
      await s.liquid.connect(s.dave).requestRedeem(OFFSET * 5n, s.dave, s.dave);
    });
  });

  describe("given a position that would be left too small for the core", () => {
    it("closes it, and what nobody asked for comes back", async () => {
      const s = await given(invested);
      await morning(s);
      await requested(s, s.bob, shares(9_700));
      expect(await s.liquid.totalAssets()).to.be.closeTo(tburn(300), 10n);
      const [first, second] = await s.liquid.allocations();
      expect(first?.positionId).to.not.equal(0);
      expect(second?.positionId).to.equal(0);
      expect((await s.liquid.returning()).length).to.equal(1);
      await settled(s);
      expect(await s.liquid.maxWithdraw(s.bob)).to.be.closeTo(tburn(9_700), 10n);
      expect(await s.liquid.idle()).to.be.closeTo(tburn(120), 10n);
    });

    it("shares exits on their way back among later redeemers", async () => {
      const s = await given(invested);
      await requested(s, s.bob, shares(9_700));
      await networkHelpers.time.increase(DAY);
      await requested(s, s.bob, shares(150));
      await settled(s);
      expect(await s.liquid.maxWithdraw(s.bob)).to.be.closeTo(tburn(9_850), 10n);
      expect(await s.liquid.totalAssets()).to.be.closeTo(tburn(150), 10n);
    });
  });

  describe("given a slash", () => {
    it("is carried alike by who stayed, who left before it and who left after it", async () => {
      const s = await given(two);
      const day = await requested(s, s.bob, shares(5_000));
      await slash(s, s.validatorId, (WAD * 8n) / 10n);
      expect(await requested(s, s.carol, shares(5_000))).to.equal(day);
      await settled(s);
      const loss = tburn(11_000) / 5n;
      const each = (tburn(20_000) - loss) / 4n;
      const near = 1_000n;
      expect(await s.liquid.maxWithdraw(s.bob)).to.be.closeTo(each, near);
      expect(await s.liquid.maxWithdraw(s.carol)).to.be.closeTo(each, near);
      expect(await s.liquid.totalAssets()).to.be.closeTo(2n * each, near);
    });

    it("of a later fault leaves earlier days alone", async () => {
      const s = await given(two);
      await requested(s, s.bob, shares(10_000));
      await networkHelpers.time.increase(2 * DAY);
      await slash(s, s.validatorId, WAD / 2n);
      await settled(s);
      expect(await s.liquid.maxWithdraw(s.bob)).to.be.closeTo(tburn(10_000), 10n);
      expect(await s.liquid.totalAssets()).to.be.closeTo(tburn(10_000) - tburn(2_750), 10n);
    });

    it("of everything leaves the other validators' part", async () => {
      const s = await given(invested);
      await slash(s, s.validatorId, 0n);
      expect(await s.liquid.totalAssets()).to.equal(tburn(4_000));
      await requested(s, s.bob, shares(10_000));
      await settled(s);
      expect(await s.liquid.maxWithdraw(s.bob)).to.be.closeTo(tburn(4_000), 10n);
    });
  });
});

describe("LiquidStakingVault.redeem, withdraw, redeemRequest", () => {
  async function claimable() {
    const s = await two();
    const day = await requested(s, s.bob, shares(3_000));
    await slash(s, s.second, (WAD * 7n) / 10n);
    await requested(s, s.carol, shares(1_000));
    await settled(s);
    return { ...s, day };
  }

  it("pays one rate for one id, in any order and by any of the three", async () => {
    const s = await given(claimable);
    const pot = await s.liquid.dayPot(s.day);
    const balance = (of: { address: string }) => s.token.balanceOf(of.address);
    const before = { bob: await balance(s.bob), carol: await balance(s.carol) };
    await s.liquid.connect(s.bob).redeem(shares(1_000), s.bob, s.bob);
    await s.liquid.connect(s.carol).redeemRequest(s.day, s.carol, s.carol);
    const bob = (await balance(s.bob)) - before.bob;
    expect(bob).to.equal((await balance(s.carol)) - before.carol);
    expect(bob).to.equal((shares(1_000) * pot.assets) / pot.shares);
    const left = await s.liquid.maxWithdraw(s.bob);
    expect(left).to.be.closeTo(2n * bob, 1n);
    await expect(s.liquid.connect(s.bob).withdraw(left / 2n, s.dave, s.bob)).to.emit(s.liquid, "Withdraw");
    expect(await balance(s.dave)).to.equal(left / 2n);
    await s.liquid.connect(s.bob).withdraw(await s.liquid.maxWithdraw(s.bob), s.bob, s.bob);
    expect(await s.liquid.maxWithdraw(s.bob)).to.be.closeTo(0n, 1n);
    expect(await s.liquid.reserved()).to.be.closeTo(0n, 5n);
  });

  it("pays from several days at once, and forgets days that are paid", async () => {
    const s = await given(two);
    await requested(s, s.bob, shares(1_000));
    await networkHelpers.time.increase(DAY);
    await requested(s, s.bob, shares(1_000));
    expect((await s.liquid.requestDays(s.bob)).length).to.equal(2);
    await settled(s);
    await s.liquid.connect(s.bob).redeem(shares(1_500), s.bob, s.bob);
    expect((await s.liquid.requestDays(s.bob)).length).to.equal(1);
    await s.liquid.connect(s.bob).redeem(shares(500), s.bob, s.bob);
    expect((await s.liquid.requestDays(s.bob)).length).to.equal(0);
    expect(await s.liquid.maxRedeem(s.bob)).to.equal(0);
  });

  it("pays a day that was taken in before one that was not", async () => {
    const s = await given(two);
    await requested(s, s.bob, shares(1_000));
    const earlier = await exitsOf(s);
    await networkHelpers.time.increase(DAY);
    const day = await requested(s, s.bob, shares(2_000));
    await networkHelpers.time.increase(UNBONDING + 2 * DAY);
    await s.liquid.collect((await exitsOf(s)).filter((id) => !earlier.includes(id)));
    await s.liquid.connect(s.bob).redeem(shares(500), s.bob, s.bob);
    await s.liquid.connect(s.bob).withdraw(tburn(500), s.bob, s.bob);
    expect(await s.liquid.claimableRedeemRequest(day, s.bob)).to.be.closeTo(shares(1_000), 10n * OFFSET);
    await s.liquid.collect(earlier);
    expect(await s.liquid.maxRedeem(s.bob)).to.be.closeTo(shares(2_000), 10n * OFFSET);
  });

  it("is the controller's and its operators' alone", async () => {
    const s = await given(claimable);
    const vault = s.liquid.connect(s.mallory);
    for (const act of [
      vault.redeem(1, s.mallory, s.bob),
      vault.withdraw(1, s.mallory, s.bob),
      vault.redeemRequest(s.day, s.mallory, s.bob),
    ])
      await expect(act)
        .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_NotController")
        .withArgs(s.bob.address, s.mallory.address);
    await s.liquid.connect(s.bob).setOperator(s.mallory, true);
    await vault.redeem(1, s.mallory, s.bob);
  });

  it("is refused beyond what is claimable", async () => {
    const s = await given(claimable);
    const vault = s.liquid.connect(s.bob);
    await expect(vault.redeem(shares(3_000) + 1n, s.bob, s.bob))
      .to.be.revertedWithCustomError(s.liquid, "ERC4626ExceededMaxRedeem")
      .withArgs(s.bob.address, shares(3_000) + 1n, shares(3_000));
    const most = await s.liquid.maxWithdraw(s.bob);
    await expect(vault.withdraw(most + 1n, s.bob, s.bob))
      .to.be.revertedWithCustomError(s.liquid, "ERC4626ExceededMaxWithdraw")
      .withArgs(s.bob.address, most + 1n, most);
    await expect(vault.redeemRequest(s.day + 1n, s.bob, s.bob))
      .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_NotClaimable")
      .withArgs(s.day + 1n, s.bob.address);
  });

  it("tells no price ahead, and says which standards it follows", async () => {
    const s = await given(liquidity);
    for (const view of [s.liquid.previewRedeem(1), s.liquid.previewWithdraw(1)])
      await expect(view).to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_Asynchronous");
    for (const id of ["0x01ffc9a7", "0xe3bc4e65", "0x620ee8e4", "0x2f0a18c5"])
      expect(await s.liquid.supportsInterface(id)).to.equal(true);
    for (const id of ["0xce3bbe50", "0xffffffff"]) expect(await s.liquid.supportsInterface(id)).to.equal(false);
  });
});
