import { expect } from "chai";
import {
  credit,
  delegation,
  deployed,
  ethers,
  exit,
  given,
  join,
  slash,
  staked,
  tburn,
  validatorOf,
  WAD,
} from "../../fixtures/system.ts";

describe("StakingCore.delegate", () => {
  describe("given a member with Basic KYC", () => {
    it("opens a position worth what was paid and emits StakeDelegated", async () => {
      const s = await given(staked);
      const memberNo = await s.members.memberNoOf(s.bob.address);
      await expect(s.core.connect(s.bob).delegate(s.validatorId, tburn(1000), tburn(1000)))
        .to.emit(s.core, "StakeDelegated")
        .withArgs(1, s.validatorId, memberNo, tburn(1000), tburn(1000));
      expect(await s.core.positionValue(1)).to.equal(tburn(1000));
      expect(await s.token.balanceOf(s.core)).to.equal(tburn(101_000));
    });

    it("adds to the same position the second time", async () => {
      const s = await given(staked);
      const first = await delegation(s, s.bob, s.validatorId, tburn(100));
      const second = await delegation(s, s.bob, s.validatorId, tburn(1));
      expect(second).to.equal(first);
      expect(await s.core.positionValue(first)).to.equal(tburn(101));
      expect((await s.core.validatorStake(s.validatorId)).nPos).to.equal(1);
    });

    it("earns for what it adds from now on alone", async () => {
      const s = await given(staked);
      const positionId = await delegation(s, s.bob, s.validatorId, tburn(1_000));
      await credit(s, s.validatorId, tburn(100));
      const pending = await s.core.pendingRewards(positionId);
      await s.core.connect(s.bob).delegate(s.validatorId, tburn(9_000), 0);
      expect(await s.core.pendingRewards(positionId)).to.equal(pending);
    });

    it("refuses less than 100 TBURN, naming the minimum", async () => {
      const s = await given(staked);
      await expect(s.core.connect(s.bob).delegate(s.validatorId, tburn(99), 0))
        .to.be.revertedWithCustomError(s.core, "StakingCore_BelowMinimum")
        .withArgs(tburn(99), tburn(100));
    });

    it("refuses zero", async () => {
      const s = await given(staked);
      await expect(s.core.connect(s.bob).delegate(s.validatorId, 0, 0)).to.be.revertedWithCustomError(
        s.core,
        "StakingCore_ZeroAmount",
      );
    });

    it("refuses fewer shares than asked for", async () => {
      const s = await given(staked);
      await expect(s.core.connect(s.bob).delegate(s.validatorId, tburn(100), tburn(101)))
        .to.be.revertedWithCustomError(s.core, "StakingCore_Slippage")
        .withArgs(tburn(100), tburn(101));
    });

    it("refuses a validator that does not exist", async () => {
      const s = await given(staked);
      await expect(s.core.connect(s.bob).delegate(99, tburn(100), 0))
        .to.be.revertedWithCustomError(s.core, "StakingCore_NoSuchValidator")
        .withArgs(99);
    });
  });

  describe("given a stranger", () => {
    it("refuses a wallet that is no member", async () => {
      const s = await given(staked);
      await expect(s.core.connect(s.mallory).delegate(s.validatorId, tburn(100), 0))
        .to.be.revertedWithCustomError(s.core, "StakingCore_NotMember")
        .withArgs(s.mallory.address);
    });

    it("refuses a member without KYC, who is still pending", async () => {
      const s = await given(staked);
      const memberNo = await join(s, s.dave, 0);
      await expect(s.core.connect(s.dave).delegate(s.validatorId, tburn(100), 0))
        .to.be.revertedWithCustomError(s.core, "StakingCore_MemberNotActive")
        .withArgs(memberNo);
    });

    it("refuses a suspended member", async () => {
      const s = await given(staked);
      const memberNo = await s.members.memberNoOf(s.bob.address);
      await s.members.setStatus(memberNo, 4);
      await expect(s.core.connect(s.bob).delegate(s.validatorId, tburn(100), 0))
        .to.be.revertedWithCustomError(s.core, "StakingCore_MemberNotActive")
        .withArgs(memberNo);
    });

    it("refuses a member whose KYC was revoked", async () => {
      const s = await given(staked);
      const { uid } = await s.kyc.record(await s.members.memberNoOf(s.bob.address));
      await s.kyc.revoke(uid, 1);
      await expect(s.core.connect(s.bob).delegate(s.validatorId, tburn(100), 0))
        .to.be.revertedWithCustomError(s.core, "StakingCore_KycInsufficient")
        .withArgs(0, 1);
    });
  });

  describe("given the validator's limits", () => {
    async function candidate() {
      const s = await deployed();
      const validatorId = await validatorOf(s, s.alice, { self: tburn(10_000), minDelegation: tburn(500) });
      await join(s, s.bob);
      return { ...s, validatorId };
    }

    it("refuses more than ten times a candidate's own stake", async () => {
      const s = await given(candidate);
      await expect(s.core.connect(s.bob).delegate(s.validatorId, tburn(100_001), 0))
        .to.be.revertedWithCustomError(s.core, "StakingCore_CapExceeded")
        .withArgs(tburn(100_001), tburn(100_000));
      await s.core.connect(s.bob).delegate(s.validatorId, tburn(100_000), 0);
    });

    it("refuses less than the validator's own minimum", async () => {
      const s = await given(candidate);
      await expect(s.core.connect(s.bob).delegate(s.validatorId, tburn(499), 0))
        .to.be.revertedWithCustomError(s.core, "StakingCore_BelowMinimum")
        .withArgs(tburn(499), tburn(500));
    });

    it("refuses the hundred and first position at a candidate", async () => {
      const s = await given(candidate);
      await s.validators.connect(s.alice).setMinDelegation(s.validatorId, 0);
      for (let i = 0; i < 100; i++) {
        const wallet = ethers.Wallet.createRandom(ethers.provider);
        await s.deployer.sendTransaction({ to: wallet.address, value: WAD });
        await join(s, wallet as never, 1, tburn(100));
        // Given, because an estimate may be of a second that has a vote checkpoint already.
        await s.core.connect(wallet).delegate(s.validatorId, tburn(100), 0, { gasLimit: 1_000_000 });
      }
      await expect(s.core.connect(s.bob).delegate(s.validatorId, tburn(100), 0))
        .to.be.revertedWithCustomError(s.core, "StakingCore_TooManyPositions")
        .withArgs(100);
    });

    it("accepts without limit at an enterprise validator", async () => {
      const s = await deployed();
      const validatorId = await validatorOf(s, s.alice, { self: tburn(500_000), commissionBps: 700 });
      await join(s, s.bob, 1, tburn(60_000_000));
      await s.core.connect(s.bob).delegate(validatorId, tburn(60_000_000), 0);
      expect(await s.validators.tierOf(validatorId)).to.equal(5);
    });

    it("refuses while jailed, and after a tombstone", async () => {
      const s = await given(staked);
      await s.validators.jail(s.validatorId, 4_000_000_000);
      await expect(s.core.connect(s.bob).delegate(s.validatorId, tburn(100), 0))
        .to.be.revertedWithCustomError(s.core, "StakingCore_ValidatorJailed")
        .withArgs(s.validatorId, 4_000_000_000);
      await s.validators.tombstone(s.validatorId);
      await expect(s.core.connect(s.bob).delegate(s.validatorId, tburn(100), 0))
        .to.be.revertedWithCustomError(s.core, "StakingCore_Tombstoned")
        .withArgs(s.validatorId);
    });

    it("refuses a validator whose member is suspended, and accepts again after it", async () => {
      const s = await given(staked);
      const memberNo = await s.members.memberNoOf(s.alice.address);
      await s.members.setStatus(memberNo, 4);
      await expect(s.core.connect(s.bob).delegate(s.validatorId, tburn(100), 0))
        .to.be.revertedWithCustomError(s.core, "StakingCore_TooManyPositions")
        .withArgs(0);
      await s.members.setStatus(memberNo, 2);
      await s.core.connect(s.bob).delegate(s.validatorId, tburn(100), 0);
    });

    it("refuses while a case is open", async () => {
      const s = await given(staked);
      await s.core.openCase(s.validatorId);
      await expect(s.core.connect(s.bob).delegate(s.validatorId, tburn(100), 0))
        .to.be.revertedWithCustomError(s.core, "StakingCore_OpenCase")
        .withArgs(s.validatorId);
      await s.core.closeCase(s.validatorId);
      await s.core.connect(s.bob).delegate(s.validatorId, tburn(100), 0);
    });
  });

  describe("given a slashed pool", () => {
    it("sells shares at the same rate after somebody sent the core tokens", async () => {
      const s = await given(staked);
      const first = await delegation(s, s.bob, s.validatorId, tburn(100));
      await s.token.transfer(s.core, tburn(1_000_000));
      expect(await s.core.positionValue(first)).to.equal(tburn(100));
      const second = await delegation(s, s.carol, s.validatorId, tburn(150));
      expect((await s.core.position(second)).shares).to.equal(tburn(150));
    });

    it("mints shares at the pool's rate", async () => {
      const s = await given(staked);
      await delegation(s, s.bob, s.validatorId, tburn(1000));
      await slash(s, s.validatorId, WAD / 2n);
      const position = await delegation(s, s.carol, s.validatorId, tburn(500));
      expect((await s.core.position(position)).shares).to.equal(tburn(1000));
      expect(await s.core.positionValue(position)).to.equal(tburn(500));
    });

    it("opens a new position after the pool was wiped; the old one closes for nothing", async () => {
      const s = await given(staked);
      const old = await delegation(s, s.bob, s.validatorId, tburn(1000));
      await slash(s, s.validatorId, 0n);
      expect(await s.core.positionValue(old)).to.equal(0);
      await s.core.connect(s.alice).depositSelf(s.validatorId, tburn(100_000));
      const fresh = await delegation(s, s.bob, s.validatorId, tburn(200));
      expect(fresh).to.not.equal(old);
      expect(await s.core.positionValue(fresh)).to.equal(tburn(200));
      expect(await exit(s, s.bob, old)).to.equal(0);
      expect(await s.core.positionValue(fresh)).to.equal(tburn(200));
    });
  });
});
