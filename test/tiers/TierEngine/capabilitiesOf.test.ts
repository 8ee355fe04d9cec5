import { expect } from "chai";
import { AbiCoder, keccak256 } from "ethers";
import { administrator, tier, unstaked } from "../../fixtures/grades.ts";
import { attest, delegation, given, slash, staked, tburn, validatorOf, WAD } from "../../fixtures/system.ts";

const FAR = 9_999_999_999n;

describe("TierEngine.capabilitiesOf", () => {
  describe("given an active validator", () => {
    it("says what it may do", async () => {
      const s = await given(staked);
      const c = await s.tiers.capabilitiesOf(1);
      expect([c.weightBps, c.proposeBlocks, c.acceptDelegation, c.capRatio, c.maxPositions]).to.deep.equal([
        10_000n,
        true,
        true,
        50n,
        2n ** 32n - 1n,
      ]);
      expect([c.minCommissionBps, c.maxCommissionBps, c.slaBps, c.minUptimeBps]).to.deep.equal([
        300n,
        1_000n,
        9_900n,
        9_900n,
      ]);
    });

    it("takes no delegation under a case or in jail", async () => {
      const s = await given(staked);
      await s.core.openCase(s.validatorId);
      expect((await s.tiers.capabilitiesOf(1)).acceptDelegation).to.equal(false);
      await s.core.closeCase(s.validatorId);
      await s.validators.jail(s.validatorId, FAR);
      const c = await s.tiers.capabilitiesOf(1);
      expect([c.weightBps, c.proposeBlocks, c.acceptDelegation]).to.deep.equal([0n, false, false]);
    });
  });

  describe("given a member without a validator", () => {
    it("has a basic user's", async () => {
      const s = await given(staked);
      const c = await s.tiers.capabilitiesOf(await s.members.memberNoOf(s.bob.address));
      expect([c.weightBps, c.proposeBlocks, c.acceptDelegation, c.capRatio]).to.deep.equal([0n, false, false, 0n]);
    });

    it("votes as soon as it has a stake", async () => {
      const s = await given(staked);
      const memberNo = await s.members.memberNoOf(s.bob.address);
      expect((await s.tiers.capabilitiesOf(memberNo)).vote).to.equal(false);
      await delegation(s, s.bob, s.validatorId, tburn(1_000));
      expect((await s.tiers.capabilitiesOf(memberNo)).vote).to.equal(true);
    });
  });

  describe("given the tiers", () => {
    it("keeps commission, delegated stake and positions in each one's bounds", async () => {
      const s = await given(unstaked);
      const shown: (bigint | boolean)[][] = [];
      for (const own of [0n, tburn(10_000), tburn(40_000), tburn(450_000)]) {
        if (own > 0n) await s.deposit(own);
        await s.tiers.evaluate(s.memberNo);
        const c = await s.tiers.capabilitiesOf(s.memberNo);
        shown.push([c.minCommissionBps, c.maxCommissionBps, c.capRatio, c.maxPositions, c.acceptDelegation]);
      }
      expect(shown).to.deep.equal([
        [500n, 1_500n, 0n, 0n, false],
        [500n, 1_500n, 10n, 100n, true],
        [300n, 1_000n, 50n, 2n ** 32n - 1n, true],
        [100n, 800n, 2n ** 16n - 1n, 2n ** 32n - 1n, true],
      ]);
    });

    it("publishes what each asks for", async () => {
      const s = await given(staked);
      const rows = await Promise.all(Object.values(tier).map((t) => s.tiers.requirementsOf(t)));
      const shown = rows.map((r) => [r.minSelfStake, r.minDelegated, r.minKyc, r.minUptimeBps, r.slaBps]);
      expect(shown).to.deep.equal([
        [0n, 0n, 0n, 0n, 0n],
        [0n, tburn(100), 1n, 0n, 0n],
        [tburn(10_000), 0n, 2n, 9_500n, 0n],
        [tburn(50_000), 0n, 2n, 9_900n, 9_900n],
        [tburn(50_000), 0n, 2n, 9_900n, 9_900n],
        [tburn(500_000), 0n, 3n, 9_990n, 9_995n],
        [tburn(50_000), 0n, 2n, 9_900n, 9_900n],
      ]);
      expect(rows.map((r) => r.appointment)).to.deep.equal([false, false, false, false, true, false, true]);
    });
  });
});

describe("TierEngine.ownStakeWeightBps", () => {
  describe("given each tier (invariant 28)", () => {
    it("weighs more than one only for Enterprise and Governance at liberty", async () => {
      const s = await given(unstaked);
      const weight = () => s.tiers.ownStakeWeightBps(s.validatorId);
      await s.tiers.evaluate(s.memberNo);
      expect(await weight()).to.equal(10_000);
      await s.deposit(tburn(500_000));
      await s.tiers.evaluate(s.memberNo);
      expect(await weight()).to.equal(15_000);
      await s.tiers.connect(await administrator(s)).appoint(s.memberNo, tier.governance, true);
      await s.tiers.evaluate(s.memberNo);
      expect(await weight()).to.equal(12_500);
      await s.members.setStatus(s.memberNo, 4);
      expect(await weight()).to.equal(0);
      await s.members.setStatus(s.memberNo, 2);
      await s.validators.jail(s.validatorId, FAR);
      expect(await weight()).to.equal(0);
    });

    it("is nothing after a tombstone, and for validators that do not exist", async () => {
      const s = await given(staked);
      await s.validators.tombstone(s.validatorId);
      expect(await s.tiers.ownStakeWeightBps(s.validatorId)).to.equal(0);
      expect(await s.tiers.ownStakeWeightBps(99)).to.equal(0);
    });
  });
});

describe("TierEngine.shownTierOf", () => {
  describe("given tiers and sanctions (seed §1)", () => {
    it("shows the tier, or what hides it", async () => {
      const s = await given(staked);
      const shown = () => s.tiers.shownTierOf(1);
      const mine = s.validators.connect(s.alice);
      expect(await shown()).to.equal(3);
      await mine.deactivate(s.validatorId);
      expect(await shown()).to.equal(4);
      await s.core.connect(s.alice).depositSelf(s.validatorId, tburn(400_000));
      await mine.activate(s.validatorId, 0);
      expect(await shown()).to.equal(6);
      await s.members.setStatus(1, 4);
      expect(await shown()).to.equal(9);
      await s.members.setStatus(1, 2);
      await s.validators.jail(s.validatorId, 1);
      expect(await shown()).to.equal(9);
      await slash(s, s.validatorId, (WAD * 99n) / 100n);
      expect(await shown()).to.equal(10);
      await mine.unjail(s.validatorId);
      expect(await shown()).to.equal(4);
      await s.validators.tombstone(s.validatorId);
      expect(await shown()).to.equal(10);
    });

    it("shows members without a validator, and appointments", async () => {
      const s = await given(staked);
      const bob = await s.members.memberNoOf(s.bob.address);
      expect(await s.tiers.shownTierOf(bob)).to.equal(0);
      await delegation(s, s.bob, s.validatorId, tburn(100));
      await s.tiers.evaluate(bob);
      expect(await s.tiers.shownTierOf(bob)).to.equal(1);
      const admin = s.tiers.connect(await administrator(s));
      for (const [to, expected] of [
        [tier.genesis, 5],
        [tier.governance, 7],
      ] as const) {
        await admin.appoint(1, to, true);
        await s.tiers.evaluate(1);
        expect(await s.tiers.shownTierOf(1)).to.equal(expected);
      }
    });
  });
});

describe("TierEngine.isEligible", () => {
  describe("given an active validator", () => {
    it("ends with jail, suspension, demotion and departure", async () => {
      const s = await given(staked);
      const eligible = () => s.tiers.isEligible(s.validatorId);
      expect(await eligible()).to.equal(true);
      await s.members.setStatus(1, 4);
      expect(await eligible()).to.equal(false);
      await s.members.setStatus(1, 2);
      await s.kyc.revoke((await s.kyc.record(1)).uid, 1);
      await s.tiers.evaluate(1);
      expect(await eligible()).to.equal(false);
      await attest(s, s.alice, 3);
      await s.tiers.evaluate(1);
      expect(await eligible()).to.equal(true);
      await s.validators.jail(s.validatorId, FAR);
      expect(await eligible()).to.equal(false);
      expect(await s.tiers.isEligible(99)).to.equal(false);
    });
  });
});

describe("TierEngine.activeSetRoot", () => {
  describe("given two validators, one of them eligible", () => {
    it("proves the set to who holds it", async () => {
      const s = await given(staked);
      const second = await validatorOf(s, s.dave, { self: tburn(70_000) });
      const type = "tuple(uint32,bytes32,uint256)[]";
      const entry = async (id: bigint) => [
        id,
        (await s.validators.validator(id)).keyHash,
        await s.core.totalStakeOf(id),
      ];
      const both = AbiCoder.defaultAbiCoder().encode([type], [[await entry(s.validatorId), await entry(second)]]);
      expect(await s.tiers.activeSetRoot()).to.equal(keccak256(both));
      expect(await s.tiers.isActiveSet(both)).to.equal(true);
      await s.validators.jail(second, FAR);
      expect(await s.tiers.isActiveSet(both)).to.equal(false);
      const one = AbiCoder.defaultAbiCoder().encode([type], [[await entry(s.validatorId)]]);
      expect(await s.tiers.isActiveSet(one)).to.equal(true);
      expect((await s.tiers.activeSet()).length).to.equal(1);
    });
  });
});
