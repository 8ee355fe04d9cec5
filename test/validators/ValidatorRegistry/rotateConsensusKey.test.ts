import { expect } from "chai";
import { ethers as lib } from "ethers";
import { given, networkHelpers, possession, staked } from "../../fixtures/system.ts";

const hashOf = (key: { address: string }) => lib.keccak256(key.address);

describe("ValidatorRegistry.rotateConsensusKey", () => {
  async function rotating() {
    const s = await staked();
    const memberNo = await s.validators.memberNoOf(s.validatorId);
    const oldHash = (await s.validators.validator(s.validatorId)).keyHash;
    const next = lib.Wallet.createRandom();
    const proof = await possession(s, next, memberNo);
    const rotate = (who = s.alice, key = next, pop = proof) =>
      s.validators.connect(who).rotateConsensusKey(s.validatorId, 0, key.address, pop);
    return { ...s, memberNo, oldHash, next, proof, rotate };
  }

  it("ends the old key's time where the new one's begins", async () => {
    const s = await given(rotating);
    await expect(s.rotate())
      .to.emit(s.validators, "KeyRotated")
      .withArgs(s.validatorId, s.oldHash, hashOf(s.next), 0, s.next.address.toLowerCase());
    const now = await networkHelpers.time.latest();
    const old = await s.validators.keyRecord(s.oldHash);
    expect([old.validatorId, old.validUntil]).to.deep.equal([s.validatorId, BigInt(now)]);
    const fresh = await s.validators.keyRecord(hashOf(s.next));
    expect([fresh.validatorId, fresh.validFrom, fresh.validUntil]).to.deep.equal([s.validatorId, BigInt(now), 0n]);
    expect((await s.validators.validator(s.validatorId)).keyHash).to.equal(hashOf(s.next));
  });

  it("refuses a key that ever served, also the validator's own old one", async () => {
    const s = await given(rotating);
    await s.rotate();
    await expect(s.rotate())
      .to.be.revertedWithCustomError(s.validators, "ValidatorRegistry_KeyReused")
      .withArgs(hashOf(s.next));
  });

  it("refuses a key that the caller does not hold, and one without form", async () => {
    const s = await given(rotating);
    const other = lib.Wallet.createRandom();
    await expect(s.rotate(s.alice, other))
      .to.be.revertedWithCustomError(s.validators, "ValidatorRegistry_BadProof")
      .withArgs(hashOf(other));
    await expect(
      s.validators.connect(s.alice).rotateConsensusKey(s.validatorId, 0, "0x1234", s.proof),
    ).to.be.revertedWithCustomError(s.validators, "ValidatorRegistry_BadKey");
  });

  it("refuses the accused, the barred and strangers", async () => {
    const s = await given(rotating);
    await expect(s.rotate(s.mallory)).to.be.revertedWithCustomError(s.validators, "ValidatorRegistry_NotOperator");
    await s.core.openCase(s.validatorId);
    await expect(s.rotate()).to.be.revertedWithCustomError(s.validators, "ValidatorRegistry_OpenCase");
    await s.core.closeCase(s.validatorId);
    await s.validators.tombstone(s.validatorId);
    await expect(s.rotate()).to.be.revertedWithCustomError(s.validators, "ValidatorRegistry_Tombstoned");
  });
});

describe("ValidatorRegistry.release", () => {
  it("shortens a jail term to now, so that the operator may end it", async () => {
    const s = await given(staked);
    await s.validators.jail(s.validatorId, (await networkHelpers.time.latest()) + 1_000_000);
    await expect(s.validators.connect(s.alice).unjail(s.validatorId)).to.be.revertedWithCustomError(
      s.validators,
      "ValidatorRegistry_Jailed",
    );
    await s.validators.release(s.validatorId);
    await s.validators.connect(s.alice).unjail(s.validatorId);
  });

  it("does nothing to whoever is not jailed, and nothing for whoever may not", async () => {
    const s = await given(staked);
    await s.validators.release(s.validatorId);
    expect((await s.validators.validator(s.validatorId)).jailedUntil).to.equal(0);
    await expect(s.validators.connect(s.mallory).release(s.validatorId)).to.be.revertedWithCustomError(
      s.validators,
      "AccessManagedUnauthorized",
    );
  });
});
