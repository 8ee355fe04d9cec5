import { expect } from "chai";
import { ethers as lib } from "ethers";
import { attestationTypes } from "../../../scripts/local/system.ts";
import {
  attest,
  attestation,
  deployed,
  deployedWith,
  domain,
  ethers,
  given,
  join,
  networkHelpers,
  type System,
} from "../../fixtures/system.ts";

async function pending() {
  const s = await deployed();
  const memberNo = await join(s, s.alice, 0);
  return { ...s, memberNo };
}

async function sign(s: System, message: object, signer = s.deployer) {
  return signer.signTypedData(await domain(s, "KycRegistry"), attestationTypes, message);
}

describe("KycRegistry.attest", () => {
  it("records a signed level and makes a pending member active", async () => {
    const s = await given(pending);
    const message = await attestation(s, s.alice.address, 2);
    const uid = await s.kyc.digest(message);
    await expect(s.kyc.connect(s.mallory).attest(message, s.deployer.address, await sign(s, message)))
      .to.emit(s.kyc, "KycAttested")
      .withArgs(s.memberNo, uid, s.deployer.address, 2, message.issuedAt, message.validUntil, message.commitment);
    expect(await s.kyc.levelOf(s.memberNo)).to.equal(2);
    expect(await s.members.statusOf(s.memberNo)).to.equal(2);
    expect((await s.kyc.record(s.memberNo)).uid).to.equal(uid);
  });

  it("accepts an attester that is a contract (ERC-1271)", async () => {
    const s = await given(pending);
    const wallet = await ethers.deployContract("ContractWallet__Mock", [s.bob.address]);
    const message = await attestation(s, s.alice.address, 1);
    const signature = await sign(s, message, s.bob);
    await expect(s.kyc.attest(message, wallet, signature)).to.be.revertedWithCustomError(
      s.kyc,
      "KycRegistry_NotAttester",
    );
    const granting = await deployedWith({ holders: { attester: await wallet.getAddress() } });
    await join(granting, granting.alice, 0);
    const other = await attestation(granting, granting.alice.address, 1);
    await granting.kyc.attest(other, wallet, await sign(granting, other, granting.bob));
    expect(await granting.kyc.levelOf(1)).to.equal(1);
  });

  it("ends with its period, to the second", async () => {
    const s = await given(pending);
    await attest(s, s.alice, 1, 100);
    const { validUntil } = await s.kyc.record(s.memberNo);
    await networkHelpers.time.increaseTo(validUntil - 1n);
    expect(await s.kyc.levelOf(s.memberNo)).to.equal(1);
    await networkHelpers.time.increaseTo(validUntil);
    expect(await s.kyc.levelOf(s.memberNo)).to.equal(0);
  });

  it("refuses the same attestation twice", async () => {
    const s = await given(pending);
    const message = await attestation(s, s.alice.address, 1);
    const signature = await sign(s, message);
    await s.kyc.attest(message, s.deployer.address, signature);
    await expect(s.kyc.attest(message, s.deployer.address, signature))
      .to.be.revertedWithCustomError(s.kyc, "KycRegistry_WrongNonce")
      .withArgs(0, 1);
  });

  const now = () => networkHelpers.time.latest();
  const refused: [name: string, change: () => Promise<object>, error: string][] = [
    ["level 0", async () => ({ level: 0 }), "KycRegistry_BadLevel"],
    ["level 4", async () => ({ level: 4 }), "KycRegistry_BadLevel"],
    ["a period that has ended", async () => ({ validUntil: (await now()) - 1 }), "KycRegistry_BadPeriod"],
    ["a period that begins later", async () => ({ issuedAt: (await now()) + 1000 }), "KycRegistry_BadPeriod"],
    ["more than 400 days", async () => ({ validUntil: (await now()) + 401 * 86_400 }), "KycRegistry_BadPeriod"],
    ["another member's id", async () => ({ memberId: lib.ZeroHash }), "KycRegistry_WrongMember"],
    [
      "a wallet that is no member",
      async () => ({ account: lib.Wallet.createRandom().address }),
      "KycRegistry_UnknownMember",
    ],
  ];
  for (const [name, change, error] of refused) {
    it(`refuses ${name}`, async () => {
      const s = await given(pending);
      const message = { ...(await attestation(s, s.alice.address, 1)), ...(await change()) };
      await expect(s.kyc.attest(message, s.deployer.address, await sign(s, message))).to.be.revertedWithCustomError(
        s.kyc,
        error,
      );
    });
  }

  it("refuses a signature by anybody else, and one that was changed afterwards", async () => {
    const s = await given(pending);
    const message = await attestation(s, s.alice.address, 1);
    await expect(
      s.kyc.attest(message, s.deployer.address, await sign(s, message, s.mallory)),
    ).to.be.revertedWithCustomError(s.kyc, "KycRegistry_BadSignature");
    await expect(
      s.kyc.attest({ ...message, level: 3 }, s.deployer.address, await sign(s, message)),
    ).to.be.revertedWithCustomError(s.kyc, "KycRegistry_BadSignature");
  });
});

describe("KycRegistry.revoke", () => {
  it("ends a level at once, and only once", async () => {
    const s = await given(pending);
    const uid = await attest(s, s.alice, 3);
    await expect(s.kyc.revoke(uid, 7)).to.emit(s.kyc, "KycRevoked").withArgs(s.memberNo, uid, 7);
    expect(await s.kyc.levelOf(s.memberNo)).to.equal(0);
    await expect(s.kyc.revoke(uid, 7)).to.be.revertedWithCustomError(s.kyc, "KycRegistry_Revoked").withArgs(uid);
  });

  it("stops an attestation that nobody has submitted yet", async () => {
    const s = await given(pending);
    const message = await attestation(s, s.alice.address, 1);
    await s.kyc.revoke(await s.kyc.digest(message), 1);
    await expect(s.kyc.attest(message, s.deployer.address, await sign(s, message))).to.be.revertedWithCustomError(
      s.kyc,
      "KycRegistry_Revoked",
    );
  });
});
