import { expect } from "chai";
import { ethers as lib } from "ethers";
import { deployed, ethers, given, join, networkHelpers, WAD } from "../../fixtures/system.ts";
import { holding } from "../holding.ts";

describe("StakeVotes", () => {
  it("shows wallets and explorers what they ask for, and cannot be transferred", async () => {
    const s = await given(deployed);
    expect(await s.votes.name()).to.equal("TBURN Voting Units");
    expect(await s.votes.symbol()).to.equal("vTBURN");
    expect(await s.votes.decimals()).to.equal(18);
    expect(await s.votes.clock()).to.equal(await networkHelpers.time.latest());
    expect(await s.votes.CLOCK_MODE()).to.equal("mode=timestamp");
    expect((await s.votes.eip712Domain()).name).to.equal("TBURN StakeVotes");
    expect(s.votes.interface.getFunction("transfer" as "delegate")).to.equal(null);
    expect(s.votes.interface.getFunction("approve" as "delegate")).to.equal(null);
  });

  it("is connected once, and by the administrator alone", async () => {
    const s = await given(deployed);
    const admin = await s.timelock.getAddress();
    await networkHelpers.impersonateAccount(admin);
    await networkHelpers.setBalance(admin, WAD);
    const votes = s.votes.connect(await ethers.getSigner(admin));
    await expect(votes.getFunction("connect(address)").send(s.tiers)).to.be.revertedWithCustomError(
      s.votes,
      "StakeVotes_AlreadyConnected",
    );
    await expect(s.votes.getFunction("connect(address)").send(s.tiers)).to.be.revertedWithCustomError(
      s.votes,
      "AccessManagedUnauthorized",
    );
  });

  it("refuses to look ahead", async () => {
    const s = await given(holding);
    const now = await networkHelpers.time.latest();
    await expect(s.votes.getPastVotes(s.bob, now)).to.be.revertedWithCustomError(s.votes, "ERC5805FutureLookup");
  });

  it("delegates by signature", async () => {
    const s = await given(holding);
    await join(s, s.dave);
    const domain = {
      name: "TBURN StakeVotes",
      version: "1",
      chainId: s.record.chainId,
      verifyingContract: await s.votes.getAddress(),
    };
    const types = {
      Delegation: [
        { name: "delegatee", type: "address" },
        { name: "nonce", type: "uint256" },
        { name: "expiry", type: "uint256" },
      ],
    };
    const expiry = (await networkHelpers.time.latest()) + 100;
    const message = { delegatee: s.alice.address, nonce: 0, expiry };
    const { v, r, s: half } = lib.Signature.from(await s.bob.signTypedData(domain, types, message));
    await s.votes.connect(s.mallory).delegateBySig(s.alice, 0, expiry, v, r, half);
    expect(await s.votes.delegates(s.bob)).to.equal(s.alice.address);
  });
});
