import { expect } from "chai";
import { ethers as lib } from "ethers";
import {
  attest,
  delegation,
  deployed,
  ethers,
  exit,
  given,
  join,
  networkHelpers,
  slash,
  staked,
  tburn,
  validatorOf,
  WAD,
} from "../../fixtures/system.ts";

async function voting() {
  const s = await staked();
  const position = await delegation(s, s.bob, s.validatorId, tburn(1_000));
  const bobNo = await s.members.memberNoOf(s.bob.address);
  const aliceNo = await s.members.memberNoOf(s.alice.address);
  return { ...s, position, bobNo, aliceNo };
}

describe("StakeVotes.touchPosition", () => {
  describe("given a member's first stake", () => {
    it("counts it for the owner's wallet, which speaks for itself", async () => {
      const s = await given(voting);
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(1_000));
      expect(await s.votes.getVotes(s.bob)).to.equal(tburn(1_000));
      expect(await s.votes.delegates(s.bob)).to.equal(s.bob.address);
      expect(await s.votes.positionUnits(s.position)).to.equal(tburn(1_000));
      expect(await s.votes.totalSupply()).to.equal(tburn(101_000));
      expect([...(await s.votes.holding(s.bobNo))]).to.deep.equal([s.bob.address, tburn(1_000), 0n, tburn(1_000)]);
    });

    it("says so", async () => {
      const s = await given(staked);
      const act = s.core.connect(s.bob).delegate(s.validatorId, tburn(1_000), 0);
      const bobNo = await s.members.memberNoOf(s.bob.address);
      await expect(act).to.emit(s.votes, "HolderChanged").withArgs(bobNo, lib.ZeroAddress, s.bob.address);
      await expect(act).to.emit(s.votes, "UnitsCounted").withArgs(bobNo, s.bob.address, 0, tburn(1_000));
      await expect(act).to.emit(s.votes, "DelegateChanged").withArgs(s.bob.address, lib.ZeroAddress, s.bob.address);
      await expect(act).to.emit(s.votes, "DelegateVotesChanged").withArgs(s.bob.address, 0, tburn(1_000));
      await expect(act).not.to.emit(s.core, "VotesNotTold");
    });
  });

  describe("given a wallet that chose a delegate before its first stake", () => {
    it("leaves the choice alone", async () => {
      const s = await given(staked);
      await s.votes.connect(s.bob).delegate(s.alice);
      await delegation(s, s.bob, s.validatorId, tburn(1_000));
      expect(await s.votes.delegates(s.bob)).to.equal(s.alice.address);
      expect(await s.votes.getVotes(s.alice)).to.equal(tburn(101_000));
      expect(await s.votes.getVotes(s.bob)).to.equal(0);
    });
  });

  describe("given more stake, a partial and a whole exit", () => {
    it("counts unbonding tokens no more, from the request on", async () => {
      const s = await given(voting);
      await delegation(s, s.bob, s.validatorId, tburn(500));
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(1_500));
      await exit(s, s.bob, s.position, tburn(400));
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(1_100));
      await exit(s, s.bob, s.position);
      expect(await s.votes.balanceOf(s.bob)).to.equal(0);
      expect(await s.votes.totalSupply()).to.equal(tburn(100_000));
    });
  });

  describe("given a redelegation", () => {
    it("moves nothing", async () => {
      const s = await given(voting);
      const dst = await validatorOf(s, s.erin);
      await s.core.connect(s.bob).redelegate(s.position, dst, 0);
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(1_000));
      expect(await s.votes.positionUnits(s.position)).to.equal(0);
    });
  });

  describe("given a caller that is not the core", () => {
    it("is refused", async () => {
      const s = await given(voting);
      const votes = s.votes.connect(s.mallory);
      await expect(votes.touchPosition(s.position, s.bobNo, 1))
        .to.be.revertedWithCustomError(s.votes, "StakeVotes_OnlyCore")
        .withArgs(s.mallory.address);
      await expect(votes.touchSelf(s.bobNo, 1))
        .to.be.revertedWithCustomError(s.votes, "StakeVotes_OnlyCore")
        .withArgs(s.mallory.address);
    });
  });
});

describe("StakeVotes.touchSelf", () => {
  describe("given a validator", () => {
    it("counts own stake by the weight of its tier", async () => {
      const s = await given(voting);
      const weight = await s.tiers.ownStakeWeightBps(s.validatorId);
      expect(await s.votes.balanceOf(s.alice)).to.equal((tburn(100_000) * weight) / 10_000n);
      await s.core.connect(s.alice).requestSelfExit(s.validatorId, tburn(40_000));
      expect((await s.votes.holding(s.aliceNo)).self).to.equal(tburn(60_000));
    });

    it("follows a slash of own stake at once", async () => {
      const s = await given(voting);
      await slash(s, s.validatorId, (WAD * 9n) / 10n);
      expect((await s.votes.holding(s.aliceNo)).self).to.equal(tburn(90_000));
    });
  });
});

describe("StakeVotes.sync", () => {
  describe("given a slash", () => {
    it("brings a delegator's units to the position's value, for anyone", async () => {
      const s = await given(voting);
      await slash(s, s.validatorId, (WAD * 9n) / 10n);
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(1_000));
      await expect(s.votes.connect(s.mallory).sync([s.position]))
        .to.emit(s.votes, "PositionSynced")
        .withArgs(s.position, s.bobNo, tburn(1_000), tburn(900));
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(900));
      await expect(s.votes.sync([s.position, s.position])).not.to.emit(s.votes, "PositionSynced");
    });
  });

  describe("given a position that never was", () => {
    it("is refused", async () => {
      const s = await given(voting);
      await expect(s.votes.sync([s.position, 99]))
        .to.be.revertedWithCustomError(s.votes, "StakeVotes_NoSuchPosition")
        .withArgs(99);
    });
  });
});

describe("StakeVotes.refresh", () => {
  describe("given KYC that ends", () => {
    it("counts until somebody looks, from the second of expiry, and counts again once renewed", async () => {
      const s = await given(voting);
      const { validUntil } = await s.kyc.record(s.bobNo);
      await networkHelpers.time.increaseTo(validUntil - 2n);
      await s.votes.refresh(s.bobNo);
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(1_000));
      await networkHelpers.time.increaseTo(validUntil);
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(1_000));
      await expect(s.votes.connect(s.mallory).refresh(s.bobNo))
        .to.emit(s.votes, "UnitsCounted")
        .withArgs(s.bobNo, s.bob.address, tburn(1_000), 0);
      await attest(s, s.bob, 1);
      await s.votes.refresh(s.bobNo);
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(1_000));
    });
  });

  describe("given a member under sanction", () => {
    for (const [name, status] of [
      ["Inactive", 3],
      ["Suspended", 4],
      ["Terminated", 5],
      ["Blacklisted", 6],
    ] as const) {
      it(`counts nothing while ${name}, and the exit goes on`, async () => {
        const s = await given(voting);
        await s.members.connect(s.deployer).setStatus(s.bobNo, status);
        await s.votes.refresh(s.bobNo);
        expect(await s.votes.balanceOf(s.bob)).to.equal(0);
        expect((await s.votes.holding(s.bobNo)).delegated).to.equal(tburn(1_000));
        await exit(s, s.bob, s.position, tburn(500));
        await s.members.connect(s.deployer).setStatus(s.bobNo, 2);
        await s.votes.refresh(s.bobNo);
        expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(500));
      });
    }
  });

  describe("given nobody by that number", () => {
    it("is refused", async () => {
      const s = await given(voting);
      await expect(s.votes.refresh(99)).to.be.revertedWithCustomError(s.votes, "StakeVotes_NoSuchMember").withArgs(99);
    });
  });

  describe("given a membership that moved to another wallet", () => {
    it("moves the units in one step, and the new wallet speaks for itself", async () => {
      const s = await given(voting);
      await s.members.connect(s.bob).proposeOwner(s.dave);
      await s.members.connect(s.dave).acceptOwner(s.bobNo);
      const act = s.votes.refresh(s.bobNo);
      await expect(act).to.emit(s.votes, "HolderChanged").withArgs(s.bobNo, s.bob.address, s.dave.address);
      await expect(act).to.emit(s.votes, "DelegateVotesChanged").withArgs(s.bob.address, tburn(1_000), 0);
      await expect(act).to.emit(s.votes, "DelegateVotesChanged").withArgs(s.dave.address, 0, tburn(1_000));
      expect(await s.votes.balanceOf(s.bob)).to.equal(0);
      expect(await s.votes.getVotes(s.dave)).to.equal(tburn(1_000));
      expect(await s.votes.totalSupply()).to.equal(tburn(101_000));
    });

    it("keeps past balances and past delegates", async () => {
      const s = await given(voting);
      const before = await networkHelpers.time.latest();
      await s.members.connect(s.bob).proposeOwner(s.dave);
      await s.members.connect(s.dave).acceptOwner(s.bobNo);
      await s.votes.refresh(s.bobNo);
      await networkHelpers.time.increase(2);
      expect(await s.votes.getPastBalanceOf(s.bob, before)).to.equal(tburn(1_000));
      expect(await s.votes.getPastDelegate(s.bob, before)).to.equal(s.bob.address);
      expect(await s.votes.getPastBalanceOf(s.dave, before)).to.equal(0);
      const now = (await networkHelpers.time.latest()) - 1;
      expect(await s.votes.getPastBalanceOf(s.bob, now)).to.equal(0);
      expect(await s.votes.getPastBalanceOf(s.dave, now)).to.equal(tburn(1_000));
    });

    it("leaves the units without a wallet if the old one took another membership first", async () => {
      const s = await given(voting);
      await s.members.connect(s.bob).proposeOwner(s.dave);
      await s.members.connect(s.dave).acceptOwner(s.bobNo);
      await s.members.connect(s.bob).register(lib.id("another"));
      await attest(s, s.bob, 1);
      const act = s.core.connect(s.bob).delegate(s.validatorId, tburn(200), 0);
      await expect(act).to.emit(s.votes, "HolderChanged").withArgs(s.bobNo, s.bob.address, lib.ZeroAddress);
      await expect(act).to.emit(s.votes, "UnitsCounted").withArgs(s.bobNo, s.bob.address, tburn(1_000), 0);
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(200));
      await s.votes.refresh(s.bobNo);
      expect(await s.votes.balanceOf(s.dave)).to.equal(tburn(1_000));
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(200));
      expect(await s.votes.totalSupply()).to.equal(tburn(101_200));
    });
  });
});

describe("StakeVotes.setExcluded", () => {
  describe("given a wallet whose stake is not its own", () => {
    it("counts nothing from then on, and all again afterwards", async () => {
      const s = await given(voting);
      const admin = await s.timelock.getAddress();
      await networkHelpers.impersonateAccount(admin);
      await networkHelpers.setBalance(admin, WAD);
      const votes = s.votes.connect(await ethers.getSigner(admin));
      await expect(votes.setExcluded(s.bob, true)).to.emit(s.votes, "ExclusionChanged").withArgs(s.bob.address, true);
      expect(await s.votes.balanceOf(s.bob)).to.equal(0);
      await delegation(s, s.bob, s.validatorId, tburn(100));
      expect(await s.votes.balanceOf(s.bob)).to.equal(0);
      await votes.setExcluded(s.bob, false);
      expect(await s.votes.balanceOf(s.bob)).to.equal(tburn(1_100));

      await votes.setExcluded(s.carol, true);
      await delegation(s, s.carol, s.validatorId, tburn(100));
      expect(await s.votes.balanceOf(s.carol)).to.equal(0);
      expect(await s.votes.isExcluded(s.carol)).to.equal(true);
    });

    it("is refused to everybody but the administrator", async () => {
      const s = await given(voting);
      await expect(s.votes.connect(s.mallory).setExcluded(s.bob, true)).to.be.revertedWithCustomError(
        s.votes,
        "AccessManagedUnauthorized",
      );
    });
  });

  describe("given the deployment", () => {
    it("has the liquid vault excluded", async () => {
      const s = await given(deployed);
      expect(await s.votes.isExcluded(s.liquid)).to.equal(true);
    });
  });
});

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

  it("is connected once", async () => {
    const s = await given(deployed);
    const admin = await s.timelock.getAddress();
    await networkHelpers.impersonateAccount(admin);
    await networkHelpers.setBalance(admin, WAD);
    const votes = s.votes.connect(await ethers.getSigner(admin));
    await expect(votes.getFunction("connect(address)").send(s.tiers)).to.be.revertedWithCustomError(
      s.votes,
      "StakeVotes_AlreadyConnected",
    );
  });

  it("refuses to look ahead", async () => {
    const s = await given(voting);
    const now = await networkHelpers.time.latest();
    await expect(s.votes.getPastVotes(s.bob, now)).to.be.revertedWithCustomError(s.votes, "ERC5805FutureLookup");
  });

  it("delegates by signature", async () => {
    const s = await given(voting);
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
