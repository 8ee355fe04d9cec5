import { p256 } from "@noble/curves/p256";
import { expect } from "chai";
import { ethers as lib } from "ethers";
import { deployed, given, join, params, possession } from "../../fixtures/system.ts";

async function candidate() {
  const s = await deployed();
  const memberNo = await join(s, s.alice, 2);
  const key = lib.Wallet.createRandom();
  return { ...s, memberNo, key, proof: await possession(s, key, memberNo) };
}

describe("ValidatorRegistry.register", () => {
  it("registers with a proven secp256k1 key and emits ValidatorRegistered", async () => {
    const s = await given(candidate);
    await expect(s.validators.connect(s.alice).register(params(s.key), s.proof))
      .to.emit(s.validators, "ValidatorRegistered")
      .withArgs(
        1,
        s.memberNo,
        lib.keccak256(s.key.address),
        0,
        s.key.address.toLowerCase(),
        1_000,
        2_000,
        0,
        "Validator",
      );
    expect(await s.validators.validatorCount()).to.equal(1);
    expect(await s.validators.memberNoOf(1)).to.equal(s.memberNo);
    expect((await s.validators.validator(1)).commissionBps).to.equal(1_000);
  });

  it("registers with a proven P-256 key", async () => {
    const s = await given(candidate);
    const secret = p256.utils.randomPrivateKey();
    const point = lib.hexlify(p256.getPublicKey(secret, false).slice(1));
    const digest = await s.validators.possessionDigest(s.memberNo, lib.keccak256(point));
    const signature = p256.sign(lib.getBytes(digest), secret, { lowS: true }).toCompactRawBytes();
    const terms = { ...params(s.key), keyType: 1, consensusKey: point };
    await s.validators.connect(s.alice).register(terms, signature);
    expect((await s.validators.validator(1)).keyType).to.equal(1);
  });

  const refused: [name: string, change: object, error: string][] = [
    ["a key of the wrong length", { consensusKey: "0x1234" }, "ValidatorRegistry_BadKey"],
    ["a P-256 key of the wrong length", { keyType: 1 }, "ValidatorRegistry_BadKey"],
    [
      "a point that is not on the curve",
      { keyType: 1, consensusKey: `0x${"11".repeat(64)}` },
      "ValidatorRegistry_BadKey",
    ],
    ["the zero address as key", { consensusKey: lib.ZeroAddress }, "ValidatorRegistry_BadKey"],
    [
      "a key that somebody else holds",
      { consensusKey: lib.Wallet.createRandom().address },
      "ValidatorRegistry_BadProof",
    ],
    ["a commission under the band", { commissionBps: 499 }, "ValidatorRegistry_CommissionOutOfBand"],
    ["a commission over the band", { commissionBps: 1501 }, "ValidatorRegistry_CommissionOutOfBand"],
    ["a commission over the personal maximum", { maxCommissionBps: 900 }, "ValidatorRegistry_CommissionOutOfBand"],
    ["a personal maximum over 100 %", { maxCommissionBps: 10_001 }, "ValidatorRegistry_CommissionOutOfBand"],
    ["an empty name", { name: "" }, "ValidatorRegistry_BadName"],
    ["a name over 64 bytes", { name: "x".repeat(65) }, "ValidatorRegistry_BadName"],
  ];
  for (const [name, change, error] of refused) {
    it(`refuses ${name}`, async () => {
      const s = await given(candidate);
      await expect(
        s.validators.connect(s.alice).register({ ...params(s.key), ...change }, s.proof),
      ).to.be.revertedWithCustomError(s.validators, error);
    });
  }

  it("names the bound that a personal maximum breaks", async () => {
    const s = await given(candidate);
    await expect(s.validators.connect(s.alice).register({ ...params(s.key), maxCommissionBps: 10_001 }, s.proof))
      .to.be.revertedWithCustomError(s.validators, "ValidatorRegistry_CommissionOutOfBand")
      .withArgs(10_001, 1_000, 10_000);
  });

  it("refuses a second validator of a member, and a key used before", async () => {
    const s = await given(candidate);
    await s.validators.connect(s.alice).register(params(s.key), s.proof);
    await expect(s.validators.connect(s.alice).register(params(s.key), s.proof)).to.be.revertedWithCustomError(
      s.validators,
      "ValidatorRegistry_AlreadyValidator",
    );
    const bobNo = await join(s, s.bob, 2);
    await expect(
      s.validators.connect(s.bob).register(params(s.key), await possession(s, s.key, bobNo)),
    ).to.be.revertedWithCustomError(s.validators, "ValidatorRegistry_KeyReused");
  });

  it("refuses strangers, pending members and Basic KYC", async () => {
    const s = await given(candidate);
    await expect(s.validators.connect(s.mallory).register(params(s.key), s.proof)).to.be.revertedWithCustomError(
      s.validators,
      "ValidatorRegistry_NotMember",
    );
    await join(s, s.bob, 0);
    await expect(s.validators.connect(s.bob).register(params(s.key), s.proof)).to.be.revertedWithCustomError(
      s.validators,
      "ValidatorRegistry_MemberNotActive",
    );
    await join(s, s.carol, 1);
    await expect(s.validators.connect(s.carol).register(params(s.key), s.proof))
      .to.be.revertedWithCustomError(s.validators, "ValidatorRegistry_KycInsufficient")
      .withArgs(1, 2);
  });
});

describe("ValidatorRegistry.setMetadata and setMinDelegation", () => {
  it("obey owner and operator, and nobody else", async () => {
    const s = await given(candidate);
    await s.validators.connect(s.alice).register(params(s.key), s.proof);
    await s.members.connect(s.alice).setOperator(s.bob.address);
    await expect(s.validators.connect(s.bob).setMetadata(1, "New"))
      .to.emit(s.validators, "ValidatorMetadataChanged")
      .withArgs(1, "New");
    await expect(s.validators.connect(s.bob).setMetadata(1, ""))
      .to.be.revertedWithCustomError(s.validators, "ValidatorRegistry_BadName")
      .withArgs(0);
    await expect(s.validators.connect(s.alice).setMinDelegation(1, 5))
      .to.emit(s.validators, "MinDelegationChanged")
      .withArgs(1, 5);
    await expect(s.validators.connect(s.mallory).setMetadata(1, "x")).to.be.revertedWithCustomError(
      s.validators,
      "ValidatorRegistry_NotOperator",
    );
    await expect(s.validators.setMetadata(2, "x")).to.be.revertedWithCustomError(
      s.validators,
      "ValidatorRegistry_NoSuchValidator",
    );
  });
});
