import { expect } from "chai";
import { ethers as lib } from "ethers";
import { local } from "../../../scripts/deploy/config.ts";
import { deployed, given, join, networkHelpers } from "../../fixtures/system.ts";

async function member() {
  const s = await deployed();
  const memberNo = await join(s, s.alice, 1);
  return { ...s, memberNo, mine: s.members.connect(s.alice) };
}

describe("MemberRegistry.register", () => {
  it("gives the next number and an id bound to the wallet", async () => {
    const s = await given(deployed);
    const salt = lib.id("salt");
    const memberId = lib.keccak256(
      lib.AbiCoder.defaultAbiCoder().encode(["address", "bytes32"], [s.alice.address, salt]),
    );
    await expect(s.members.connect(s.alice).register(salt))
      .to.emit(s.members, "MemberRegistered")
      .withArgs(1, s.alice.address, memberId);
    const m = await s.members.member(1);
    expect([m.owner, m.status, m.payout, m.memberId]).to.deep.equal([s.alice.address, 1n, s.alice.address, memberId]);
    expect(await s.members.memberCount()).to.equal(1);
    expect(await s.members.ownerOf(1)).to.equal(s.alice.address);
  });

  it("finds a number by its id, and gives an id out once for ever", async () => {
    const s = await given(member);
    const { memberId } = await s.members.member(1);
    expect(await s.members.memberNoOfId(memberId)).to.equal(1);
    await s.members.connect(s.alice).proposeOwner(s.bob.address);
    await s.members.connect(s.bob).acceptOwner(1);
    await expect(s.members.connect(s.alice).register(lib.id(s.alice.address)))
      .to.be.revertedWithCustomError(s.members, "MemberRegistry_IdTaken")
      .withArgs(memberId);
    await s.members.connect(s.alice).register(lib.id("another salt"));
    expect(await s.members.memberNoOf(s.alice.address)).to.equal(2);
  });

  it("refuses a second membership of a wallet", async () => {
    const s = await given(member);
    await expect(s.mine.register(lib.ZeroHash))
      .to.be.revertedWithCustomError(s.members, "MemberRegistry_AlreadyMember")
      .withArgs(s.alice.address, s.memberNo);
  });
});

describe("MemberRegistry payout", () => {
  const delay = local.parameters.payoutDelaySeconds;

  it("changes in two steps with a delay between them", async () => {
    const s = await given(member);
    const sent = s.mine.proposePayout(s.bob.address);
    await expect(sent)
      .to.emit(s.members, "PayoutChangeProposed")
      .withArgs(s.memberNo, s.bob.address, (t: bigint) => t > 0n);
    expect((await s.members.pendingPayout(s.memberNo)).to).to.equal(s.bob.address);
    await expect(s.mine.confirmPayout()).to.be.revertedWithCustomError(s.members, "MemberRegistry_NotReady");
    await networkHelpers.time.increase(delay);
    await expect(s.mine.confirmPayout()).to.emit(s.members, "PayoutChanged").withArgs(s.memberNo, s.bob.address);
    expect(await s.members.payoutOf(s.memberNo)).to.equal(s.bob.address);
  });

  it("can be cancelled, and refuses nothing, nobody and strangers", async () => {
    const s = await given(member);
    await s.mine.proposePayout(s.bob.address);
    await expect(s.mine.cancelPayout()).to.emit(s.members, "PayoutChangeCancelled");
    await expect(s.mine.confirmPayout()).to.be.revertedWithCustomError(s.members, "MemberRegistry_NothingPending");
    await expect(s.mine.proposePayout(lib.ZeroAddress)).to.be.revertedWithCustomError(
      s.members,
      "MemberRegistry_ZeroAddress",
    );
    await expect(s.members.connect(s.mallory).proposePayout(s.bob.address)).to.be.revertedWithCustomError(
      s.members,
      "MemberRegistry_NotMember",
    );
  });
});

describe("MemberRegistry owner", () => {
  it("moves to who was named and accepts, with its number", async () => {
    const s = await given(member);
    await s.mine.proposeOwner(s.bob.address);
    expect(await s.members.pendingOwner(s.memberNo)).to.equal(s.bob.address);
    await expect(s.members.connect(s.carol).acceptOwner(s.memberNo)).to.be.revertedWithCustomError(
      s.members,
      "MemberRegistry_NotOwner",
    );
    await expect(s.members.connect(s.bob).acceptOwner(s.memberNo))
      .to.emit(s.members, "OwnerChanged")
      .withArgs(s.memberNo, s.alice.address, s.bob.address);
    expect(await s.members.memberNoOf(s.alice.address)).to.equal(0);
    expect(await s.members.isOperator(s.memberNo, s.bob.address)).to.equal(true);
  });

  it("never moves to another member; the offer can be taken back", async () => {
    const s = await given(member);
    await join(s, s.bob);
    await expect(s.mine.proposeOwner(s.bob.address)).to.be.revertedWithCustomError(
      s.members,
      "MemberRegistry_AlreadyMember",
    );
    await s.mine.proposeOwner(s.carol.address);
    await s.mine.proposeOwner(lib.ZeroAddress);
    await expect(s.members.connect(s.carol).acceptOwner(s.memberNo)).to.be.revertedWithCustomError(
      s.members,
      "MemberRegistry_NotOwner",
    );
  });
});

describe("MemberRegistry recovery", () => {
  it("gives a lost membership to a new wallet after the delay, with a clean payout address", async () => {
    const s = await given(member);
    await s.mine.proposePayout(s.mallory.address);
    await s.members.proposeRecovery(s.memberNo, s.bob.address);
    expect((await s.members.pendingRecovery(s.memberNo)).to).to.equal(s.bob.address);
    await expect(s.members.executeRecovery(s.memberNo)).to.be.revertedWithCustomError(
      s.members,
      "MemberRegistry_NotReady",
    );
    await networkHelpers.time.increase(local.parameters.recoveryDelaySeconds);
    await s.members.connect(s.mallory).executeRecovery(s.memberNo);
    expect(await s.members.ownerOf(s.memberNo)).to.equal(s.bob.address);
    expect(await s.members.payoutOf(s.memberNo)).to.equal(s.bob.address);
    expect((await s.members.pendingPayout(s.memberNo)).to).to.equal(lib.ZeroAddress);
  });

  it("can be cancelled by the owner", async () => {
    const s = await given(member);
    await s.members.proposeRecovery(s.memberNo, s.bob.address);
    await expect(s.mine.cancelRecovery()).to.emit(s.members, "RecoveryCancelled").withArgs(s.memberNo);
    await expect(s.members.executeRecovery(s.memberNo)).to.be.revertedWithCustomError(
      s.members,
      "MemberRegistry_NothingPending",
    );
  });

  it("is refused to others, for nobody, and for members that do not exist", async () => {
    const s = await given(member);
    await expect(s.mine.proposeRecovery(s.memberNo, s.bob.address)).to.be.revertedWithCustomError(
      s.members,
      "AccessManagedUnauthorized",
    );
    await expect(s.members.proposeRecovery(s.memberNo, lib.ZeroAddress)).to.be.revertedWithCustomError(
      s.members,
      "MemberRegistry_ZeroAddress",
    );
    await expect(s.members.proposeRecovery(99, s.bob.address)).to.be.revertedWithCustomError(
      s.members,
      "MemberRegistry_NoSuchMember",
    );
  });
});

describe("MemberRegistry.setStatus", () => {
  it("changes a member's standing", async () => {
    const s = await given(member);
    await expect(s.members.setStatus(s.memberNo, 4))
      .to.emit(s.members, "MemberStatusChanged")
      .withArgs(s.memberNo, 2, 4);
    expect(await s.members.statusOf(s.memberNo)).to.equal(4);
  });

  it("refuses the same status, none, strangers and callers without the role", async () => {
    const s = await given(member);
    await expect(s.members.setStatus(s.memberNo, 2)).to.be.revertedWithCustomError(
      s.members,
      "MemberRegistry_StatusUnchanged",
    );
    await expect(s.members.setStatus(s.memberNo, 0)).to.be.revertedWithCustomError(
      s.members,
      "MemberRegistry_StatusUnchanged",
    );
    await expect(s.members.setStatus(99, 4)).to.be.revertedWithCustomError(s.members, "MemberRegistry_NoSuchMember");
    await expect(s.mine.setStatus(s.memberNo, 4)).to.be.revertedWithCustomError(s.members, "AccessManagedUnauthorized");
    await expect(s.mine.activate(s.memberNo)).to.be.revertedWithCustomError(s.members, "AccessManagedUnauthorized");
  });
});
