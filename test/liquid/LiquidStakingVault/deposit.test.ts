import { expect } from "chai";
import { attest, given, join, networkHelpers, tburn } from "../../fixtures/system.ts";
import { invested, liquidity } from "../liquidity.ts";

const OFFSET = 10n ** 6n;

describe("LiquidStakingVault.deposit", () => {
  describe("given a member with KYC", () => {
    it("mints shares for the receiver and waits for an allocation", async () => {
      const s = await given(liquidity);
      await expect(s.liquid.connect(s.bob).deposit(tburn(1_000), s.dave))
        .to.emit(s.liquid, "Deposit")
        .withArgs(s.bob.address, s.dave.address, tburn(1_000), tburn(1_000) * OFFSET);
      expect(await s.liquid.balanceOf(s.dave)).to.equal(tburn(1_000) * OFFSET);
      expect(await s.liquid.totalAssets()).to.equal(tburn(1_000));
      expect(await s.liquid.idle()).to.equal(tburn(1_000));
      expect(await s.liquid.decimals()).to.equal(24);
      expect(await s.liquid.symbol()).to.equal("sTBURN");
      expect(await s.liquid.share()).to.equal(await s.liquid.getAddress());
    });

    it("mints a number of shares for what they cost", async () => {
      const s = await given(invested);
      await s.liquid.connect(s.carol).mint(tburn(500) * OFFSET, s.carol);
      expect(await s.liquid.balanceOf(s.carol)).to.equal(tburn(500) * OFFSET);
      expect(await s.liquid.totalAssets()).to.equal(tburn(10_500));
    });
  });

  describe("given a stranger, a member under sanction, or KYC that ended", () => {
    it("is refused", async () => {
      const s = await given(liquidity);
      const vault = s.liquid.connect(s.dave);
      await expect(vault.deposit(1, s.dave))
        .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_NotMember")
        .withArgs(s.dave.address);
      const memberNo = await join(s, s.dave, 0);
      await expect(vault.mint(1, s.dave))
        .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_MemberNotActive")
        .withArgs(memberNo);
      await attest(s, s.dave, 1, 100);
      await s.token.connect(s.dave).approve(s.liquid, 2n);
      await vault.deposit(1, s.dave);
      await networkHelpers.time.increase(100);
      await expect(vault.deposit(1, s.dave))
        .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_KycInsufficient")
        .withArgs(0, 1);
    });
  });

  describe("given a validator with stake of the vault under suspicion", () => {
    it("stops while a case is open, and redemptions go on", async () => {
      const s = await given(invested);
      await s.core.connect(s.deployer).openCase(s.second);
      await expect(s.liquid.connect(s.bob).deposit(1, s.bob))
        .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_DepositsStopped")
        .withArgs(s.second);
      expect(await s.liquid.maxDeposit(s.bob)).to.equal(0);
      expect(await s.liquid.maxMint(s.bob)).to.equal(0);
      await s.liquid.connect(s.bob).requestRedeem(tburn(100) * OFFSET, s.bob, s.bob);
      await s.core.connect(s.deployer).closeCase(s.second);
      await s.liquid.connect(s.bob).deposit(1, s.bob);
    });

    it("stops while it is jailed, and redemptions go on", async () => {
      const s = await given(invested);
      await s.validators.connect(s.deployer).jail(s.validatorId, (await networkHelpers.time.latest()) + 100);
      await expect(s.liquid.connect(s.bob).mint(1, s.bob))
        .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_DepositsStopped")
        .withArgs(s.validatorId);
      await s.liquid.connect(s.bob).requestRedeem(tburn(100) * OFFSET, s.bob, s.bob);
    });

    it("goes on where the vault has nothing at stake", async () => {
      const s = await given(liquidity);
      await s.core.connect(s.deployer).openCase(s.second);
      await s.liquid.connect(s.bob).deposit(1, s.bob);
    });
  });

  describe("given a first depositor that donates", () => {
    it("takes nothing from the second: tokens are tracked", async () => {
      const s = await given(liquidity);
      await s.liquid.connect(s.bob).deposit(1, s.bob);
      await s.token.connect(s.bob).transfer(s.liquid, tburn(100_000));
      await s.liquid.connect(s.carol).deposit(tburn(1_000), s.carol);
      expect(await s.liquid.convertToAssets(await s.liquid.balanceOf(s.carol))).to.equal(tburn(1_000));
      expect(await s.liquid.convertToAssets(await s.liquid.balanceOf(s.bob))).to.equal(1);
    });
  });

  describe("given shares", () => {
    it("leaves them free to move, and without votes", async () => {
      const s = await given(invested);
      await s.liquid.connect(s.bob).transfer(s.mallory, 5n);
      expect(await s.liquid.balanceOf(s.mallory)).to.equal(5);
      expect(await s.votes.balanceOf(s.liquid)).to.equal(0);
      expect(await s.votes.totalSupply()).to.equal(tburn(200_000));
    });
  });
});
