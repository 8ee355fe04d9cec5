import { expect } from "chai";
import { ethers as lib } from "ethers";
import { delegation, deployed, ethers, given, join, staked, tburn, validatorOf } from "../../fixtures/system.ts";
import { signed, termsOf } from "./signing.ts";

async function positioned() {
  const s = await staked();
  const positionId = await delegation(s, s.bob, s.validatorId, tburn(1_000));
  const elsewhere = await validatorOf(s, s.dave);
  return { ...s, positionId, elsewhere };
}

describe("SponsoredCalls", () => {
  it("makes a member of a wallet that has no coin of the chain", async () => {
    const s = await given(deployed);
    const wallet = lib.Wallet.createRandom();
    const terms = await termsOf(s, wallet.address);
    const signature = await signed(s, wallet, "Register", { ...terms, salt: lib.ZeroHash });
    await expect(s.sponsored.connect(s.mallory).register(terms, lib.ZeroHash, signature))
      .to.emit(s.sponsored, "CallSponsored")
      .withArgs(wallet.address, s.mallory.address, "0xe1fa8e84", 0);
    expect(await s.members.ownerOf(await s.members.memberNoOf(wallet.address))).to.equal(wallet.address);
    expect(await s.members.memberNoOf(s.mallory.address)).to.equal(0);
  });

  it("delegates the signer's tokens, not the sender's", async () => {
    const s = await given(staked);
    const terms = await termsOf(s, s.bob.address);
    const said = { validatorId: s.validatorId, tokens: tburn(500), minShares: 0n };
    const signature = await signed(s, s.bob, "Delegate", { ...terms, ...said });
    const brought = s.sponsored.connect(s.carol).delegate(terms, s.validatorId, tburn(500), 0, signature);
    await expect(brought).to.changeTokenBalances(ethers, s.token, [s.bob, s.carol], [-tburn(500), 0]);
    expect((await s.core.position(1)).owner).to.equal(await s.members.memberNoOf(s.bob.address));
  });

  it("lets a member leave without gas", async () => {
    const s = await given(positioned);
    const { shares } = await s.core.position(s.positionId);
    const terms = await termsOf(s, s.bob.address);
    const said = { positionId: s.positionId, shares, minTokens: 0n };
    const signature = await signed(s, s.bob, "Undelegate", { ...terms, ...said });
    await s.sponsored.connect(s.mallory).undelegate(terms, s.positionId, shares, 0, signature);
    expect((await s.core.request(1)).owner).to.equal(await s.members.memberNoOf(s.bob.address));
  });

  it("moves a position where the member signed it to go", async () => {
    const s = await given(positioned);
    const terms = await termsOf(s, s.bob.address);
    const said = { positionId: s.positionId, dst: s.elsewhere, minShares: 0n };
    const signature = await signed(s, s.bob, "Redelegate", { ...terms, ...said });
    await s.sponsored.connect(s.mallory).redelegate(terms, s.positionId, s.elsewhere, 0, signature);
    expect((await s.core.position(s.positionId + 1n)).val).to.equal(s.elsewhere);
  });

  it("takes the signature of a wallet that is a contract (ERC-1271)", async () => {
    const s = await given(deployed);
    const key = lib.Wallet.createRandom();
    const wallet = await ethers.deployContract("ContractWallet__Mock", [key.address]);
    const terms = await termsOf(s, await wallet.getAddress());
    const signature = await signed(s, key, "Register", { ...terms, salt: lib.ZeroHash });
    await s.sponsored.connect(s.mallory).register(terms, lib.ZeroHash, signature);
    expect(await s.members.memberNoOf(wallet)).to.equal(1);
  });

  it("carries a message out once", async () => {
    const s = await given(staked);
    const terms = await termsOf(s, s.bob.address);
    const said = { validatorId: s.validatorId, tokens: tburn(500), minShares: 0n };
    const signature = await signed(s, s.bob, "Delegate", { ...terms, ...said });
    await s.sponsored.delegate(terms, s.validatorId, tburn(500), 0, signature);
    await expect(s.sponsored.delegate(terms, s.validatorId, tburn(500), 0, signature))
      .to.be.revertedWithCustomError(s.sponsored, "InvalidAccountNonce")
      .withArgs(s.bob.address, 1);
  });

  it("refuses what was signed otherwise, or by somebody else", async () => {
    const s = await given(staked);
    const terms = await termsOf(s, s.bob.address);
    const said = { validatorId: s.validatorId, tokens: tburn(500), minShares: 0n };
    for (const [signer, tokens] of [
      [s.bob, tburn(501)],
      [s.carol, tburn(500)],
    ] as const) {
      const signature = await signed(s, signer, "Delegate", { ...terms, ...said });
      await expect(s.sponsored.delegate(terms, s.validatorId, tokens, 0, signature))
        .to.be.revertedWithCustomError(s.sponsored, "SponsoredCalls_BadSignature")
        .withArgs(s.bob.address);
    }
  });

  it("refuses a message after its deadline, naming it", async () => {
    const s = await given(staked);
    const terms = { ...(await termsOf(s, s.bob.address)), deadline: 1 };
    const signature = await signed(s, s.bob, "Register", { ...terms, salt: lib.ZeroHash });
    await expect(s.sponsored.register(terms, lib.ZeroHash, signature))
      .to.be.revertedWithCustomError(s.sponsored, "SponsoredCalls_Expired")
      .withArgs(1);
  });

  it("hands back the target's own refusal and keeps the nonce", async () => {
    const s = await given(staked);
    const terms = await termsOf(s, s.bob.address);
    const said = { validatorId: s.validatorId, tokens: 1n, minShares: 0n };
    const signature = await signed(s, s.bob, "Delegate", { ...terms, ...said });
    await expect(s.sponsored.delegate(terms, s.validatorId, 1, 0, signature)).to.be.revertedWithCustomError(
      s.core,
      "StakingCore_BelowMinimum",
    );
    expect(await s.sponsored.nonces(s.bob.address)).to.equal(0);
  });
});

describe("A sponsored contract", () => {
  it("believes the forwarder alone: an address behind anybody else's data is data", async () => {
    const s = await given(staked);
    await join(s, s.erin);
    const data = s.core.interface.encodeFunctionData("delegate", [s.validatorId, tburn(100), 0]);
    await s.erin.sendTransaction({ to: s.core, data: lib.concat([data, s.bob.address]) });
    expect((await s.core.position(1)).owner).to.equal(await s.members.memberNoOf(s.erin.address));
    expect(await s.core.isTrustedForwarder(s.sponsored)).to.equal(true);
    expect(await s.core.isTrustedForwarder(s.erin)).to.equal(false);
  });

  it("is named by the administrator alone", async () => {
    const s = await given(deployed);
    const connect = s.sponsored.getFunction("connect(address,address)");
    const again = connect.populateTransaction(s.members, s.core);
    await expect(s.mallory.sendTransaction(await again)).to.be.revertedWithCustomError(
      s.sponsored,
      "AccessManagedUnauthorized",
    );
  });
});
