import { expect } from "chai";
import { ethers as lib } from "ethers";
import {
  credit,
  DAY,
  delegation,
  deployed,
  ethers,
  given,
  join,
  networkHelpers,
  slash,
  tburn,
  UNBONDING,
  validatorOf,
  WAD,
} from "../../fixtures/system.ts";
import { exitsOf, invested, liquidity, settled } from "../liquidity.ts";

describe("LiquidStakingVault.join", () => {
  it("registers the vault once, by its operator", async () => {
    const s = await given(deployed);
    await expect(s.liquid.connect(s.mallory).join(lib.ZeroHash)).to.be.revertedWithCustomError(
      s.liquid,
      "AccessManagedUnauthorized",
    );
    await expect(s.liquid.connect(s.deployer).join(lib.ZeroHash)).to.emit(s.liquid, "Joined").withArgs(1);
    expect(await s.members.ownerOf(1)).to.equal(await s.liquid.getAddress());
    expect(await s.liquid.memberNo()).to.equal(1);
    await expect(s.liquid.connect(s.deployer).join(lib.id("again")))
      .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_AlreadyJoined")
      .withArgs(1);
  });
});

describe("LiquidStakingVault.setValidator, setCap", () => {
  it("lists validators that exist, once, and at most 16", async () => {
    const s = await given(invested);
    await expect(s.operator.setValidator(99, true))
      .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_NoSuchValidator")
      .withArgs(99);
    await expect(s.operator.setValidator(s.second, true))
      .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_AlreadyListed")
      .withArgs(s.second);
    await expect(s.operator.setValidator(99, false))
      .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_NotListed")
      .withArgs(99);
    await expect(s.operator.setValidator(s.second, false))
      .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_StillAllocated")
      .withArgs(s.second, tburn(3_000));
  });

  it("takes a validator off that holds nothing", async () => {
    const s = await given(liquidity);
    await expect(s.operator.setValidator(s.validatorId, false))
      .to.emit(s.liquid, "ValidatorListed")
      .withArgs(s.validatorId, false);
    expect((await s.liquid.allocations()).map((a) => a.validatorId)).to.deep.equal([s.second]);
    await expect(s.operator.allocate(s.validatorId, 1, 0))
      .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_NotListed")
      .withArgs(s.validatorId);
  });

  it("lists sixteen at most, so that a redemption can walk them all", async () => {
    const s = await given(liquidity);
    const wallets = (await ethers.getSigners()).filter(
      ({ address }) => ![s.alice.address, s.erin.address].includes(address),
    );
    const ids: bigint[] = [];
    for (const wallet of wallets.slice(3)) ids.push(await validatorOf(s, wallet, { self: 0n }));
    const last = ids.pop() ?? 0n;
    for (const id of ids) await s.operator.setValidator(id, true);
    expect((await s.liquid.allocations()).length).to.equal(16);
    await expect(s.operator.setValidator(last, true))
      .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_TooManyValidators")
      .withArgs(16);
    await s.operator.setValidator(s.second, false);
    await s.operator.setValidator(last, true);
  });

  it("caps what one validator may hold after an allocation", async () => {
    const s = await given(invested);
    for (const bps of [0, 10_001])
      await expect(s.operator.setCap(bps))
        .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_BadCap")
        .withArgs(bps);
    await expect(s.operator.setCap(3_500)).to.emit(s.liquid, "CapChanged").withArgs(10_000, 3_500);
    await expect(s.operator.allocate(s.second, tburn(501), 0))
      .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_CapExceeded")
      .withArgs(tburn(3_501), tburn(3_500));
    await s.operator.allocate(s.second, tburn(500), 0);
    expect(await s.liquid.capBps()).to.equal(3_500);
  });

  it("belongs to the parameter role", async () => {
    const s = await given(liquidity);
    const vault = s.liquid.connect(s.mallory);
    for (const act of [
      vault.setValidator(1, true),
      vault.setCap(1),
      vault.allocate(1, 1, 0),
      vault.deallocate(1, 1, 0),
    ])
      await expect(act).to.be.revertedWithCustomError(s.liquid, "AccessManagedUnauthorized");
  });
});

describe("LiquidStakingVault.allocate", () => {
  it("delegates idle tokens and no more than there are", async () => {
    const s = await given(invested);
    expect(await s.liquid.totalAssets()).to.equal(tburn(10_000));
    expect(await s.liquid.idle()).to.equal(tburn(1_000));
    await expect(s.operator.allocate(s.second, tburn(1_000) + 1n, 0))
      .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_InsufficientIdle")
      .withArgs(tburn(1_000) + 1n, tburn(1_000));
    const position = await s.core.positionOf(await s.liquid.memberNo(), s.second);
    await expect(s.operator.allocate(s.second, tburn(1_000), 0))
      .to.emit(s.liquid, "Allocated")
      .withArgs(s.second, position, tburn(1_000));
    expect(await s.core.positionValue(position)).to.equal(tburn(4_000));
  });
});

describe("LiquidStakingVault.deallocate", () => {
  it("brings stake back through an exit that keeps counting", async () => {
    const s = await given(invested);
    const position = await s.core.positionOf(await s.liquid.memberNo(), s.validatorId);
    await s.operator.deallocate(position, tburn(2_000), 0);
    expect(await s.liquid.totalAssets()).to.equal(tburn(10_000));
    const [exitId] = await s.liquid.returning();
    expect((await s.liquid.exit(exitId ?? 0)).ours).to.equal(tburn(2_000));
    await slash(s, s.validatorId, (WAD * 9n) / 10n);
    expect(await s.liquid.totalAssets()).to.equal(tburn(9_400));
    await networkHelpers.time.increase(UNBONDING + 2 * DAY);
    await expect(s.liquid.connect(s.mallory).collect([exitId ?? 0]))
      .to.emit(s.liquid, "Collected")
      .withArgs(exitId, 0, tburn(1_800));
    expect(await s.liquid.idle()).to.equal(tburn(2_800));
    expect(await s.liquid.totalAssets()).to.equal(tburn(9_400));
    expect(await s.liquid.returning()).to.deep.equal([]);
    await expect(s.liquid.collect([exitId ?? 0]))
      .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_NoSuchExit")
      .withArgs(exitId);
  });

  it("is bounded in number, so that walking stays possible", async () => {
    const s = await given(liquidity);
    await s.liquid.connect(s.bob).deposit(tburn(10_000), s.bob);
    await s.operator.allocate(s.validatorId, tburn(6_000), 0);
    const position = await s.core.positionOf(await s.liquid.memberNo(), s.validatorId);
    for (let i = 0; i < 31; i++) await s.operator.deallocate(position, tburn(10), 0);
    await expect(s.operator.deallocate(position, tburn(10), 0))
      .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_TooManyExits")
      .withArgs(32);
    await expect(s.operator.allocate(s.second, tburn(10), 0))
      .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_TooManyExits")
      .withArgs(32);
    await s.liquid.connect(s.bob).requestRedeem(await s.liquid.balanceOf(s.bob), s.bob, s.bob);
    await settled(s);
    expect(await s.liquid.maxWithdraw(s.bob)).to.be.closeTo(tburn(10_000), 100n);
  });

  it("gives up a position that was wiped, waiting for nothing", async () => {
    const s = await given(invested);
    const position = await s.core.positionOf(await s.liquid.memberNo(), s.validatorId);
    const { shares } = await s.core.position(position);
    await slash(s, s.validatorId, 0n);
    await s.operator.deallocate(position, shares, 0);
    expect(await s.liquid.returning()).to.deep.equal([]);
    expect(await s.liquid.totalAssets()).to.equal(tburn(4_000));
  });

  it("knows its own positions", async () => {
    const s = await given(invested);
    for (const id of [0, 99])
      await expect(s.operator.deallocate(id, 1, 0))
        .to.be.revertedWithCustomError(s.liquid, "LiquidStakingVault_NoSuchPosition")
        .withArgs(id);
  });
});

describe("LiquidStakingVault.harvest", () => {
  it("counts rewards when they are here", async () => {
    const s = await given(invested);
    await credit(s, s.validatorId, tburn(1_000));
    const [first] = await s.liquid.allocations();
    const pending = await s.core.pendingRewards(first?.positionId ?? 0);
    expect(await s.liquid.totalAssets()).to.equal(tburn(10_000));
    await expect(s.liquid.connect(s.mallory).harvest()).to.emit(s.liquid, "Harvested").withArgs(pending);
    expect(await s.liquid.totalAssets()).to.equal(tburn(10_000) + pending);
    expect(pending > 0n).to.equal(true);
  });

  it("counts rewards that somebody else pushed here, and no donation", async () => {
    const s = await given(invested);
    await credit(s, s.validatorId, tburn(1_000));
    const [first] = await s.liquid.allocations();
    const pending = await s.core.pendingRewards(first?.positionId ?? 0);
    await s.vault.connect(s.mallory).claimRewards([first?.positionId ?? 0]);
    await s.token.connect(s.bob).transfer(s.liquid, tburn(777));
    expect(await s.liquid.totalAssets()).to.equal(tburn(10_000));
    await expect(s.liquid.harvest()).to.emit(s.liquid, "Harvested").withArgs(pending);
    await expect(s.liquid.harvest()).to.emit(s.liquid, "Harvested").withArgs(0);
    expect(await s.liquid.totalAssets()).to.equal(tburn(10_000) + pending);
  });

  it("counts nothing that a validator earned before the vault came", async () => {
    const s = await given(liquidity);
    await delegation(s, s.bob, s.validatorId, tburn(1_000));
    await credit(s, s.validatorId, tburn(1_000));
    await s.liquid.connect(s.carol).deposit(tburn(10_000), s.carol);
    await s.operator.allocate(s.validatorId, tburn(6_000), 0);
    // Tokens that nobody earned lie ready to be mistaken for rewards.
    await s.token.connect(s.bob).transfer(s.liquid, tburn(777));
    await expect(s.liquid.harvest()).to.emit(s.liquid, "Harvested").withArgs(0);
    expect(await s.liquid.totalAssets()).to.equal(tburn(10_000));
  });

  it("loses nothing of a position that a redemption closed", async () => {
    const s = await given(invested);
    await credit(s, s.second, tburn(500));
    const pending = await s.core.pendingRewards((await s.liquid.allocations())[1]?.positionId ?? 0);
    await s.liquid.connect(s.bob).requestRedeem(await s.liquid.balanceOf(s.bob), s.bob, s.bob);
    await expect(s.liquid.harvest()).to.emit(s.liquid, "Harvested").withArgs(pending);
  });
});

describe("LiquidStakingVault.collect", () => {
  it("takes in what somebody else made the core pay", async () => {
    const s = await given(invested);
    const position = await s.core.positionOf(await s.liquid.memberNo(), s.validatorId);
    await s.operator.deallocate(position, tburn(2_000), 0);
    await slash(s, s.validatorId, WAD / 2n);
    await networkHelpers.time.increase(UNBONDING + 2 * DAY);
    const exits = await exitsOf(s);
    await s.core.connect(s.mallory).claim(exits);
    expect(await s.liquid.totalAssets()).to.equal(tburn(7_000));
    await expect(s.liquid.collect(exits)).to.emit(s.liquid, "Collected").withArgs(exits[0], 0, tburn(1_000));
    expect(await s.liquid.idle()).to.equal(tburn(2_000));
    expect(await s.liquid.totalAssets()).to.equal(tburn(7_000));
  });

  it("is refused before maturity", async () => {
    const s = await given(invested);
    const position = await s.core.positionOf(await s.liquid.memberNo(), s.validatorId);
    await s.operator.deallocate(position, tburn(2_000), 0);
    await expect(s.liquid.collect(await exitsOf(s))).to.be.revertedWithCustomError(s.core, "StakingCore_NotMature");
  });
});

describe("LiquidStakingVault.refuseRecovery", () => {
  it("keeps the membership with the vault", async () => {
    const s = await given(liquidity);
    const memberNo = await s.liquid.memberNo();
    await s.members.connect(s.deployer).proposeRecovery(memberNo, s.mallory);
    await expect(s.liquid.connect(s.dave).refuseRecovery()).to.emit(s.members, "RecoveryCancelled").withArgs(memberNo);
    await join(s, s.dave, 0);
  });
});
