import { expect } from "chai";
import { credit, delegation, exit, given, mature, networkHelpers, staked, tburn } from "../../fixtures/system.ts";

const { time } = networkHelpers;
const LONGEST = 90 * 86_400;

describe("MemberRegistry.freeze", () => {
  async function frozen() {
    const s = await staked();
    const memberNo = await s.members.memberNoOf(s.bob.address);
    const positionId = await delegation(s, s.bob, s.validatorId, tburn(1_000));
    const until = (await time.latest()) + 86_400;
    await s.members.freeze(memberNo, until);
    return { ...s, memberNo, positionId, until };
  }

  it("holds every payment back until its end, and no longer", async () => {
    const s = await given(frozen);
    await credit(s, s.validatorId, tburn(10));
    const held = (act: Promise<unknown>) =>
      expect(act).to.be.revertedWithCustomError(s.members, "MemberRegistry_Frozen").withArgs(s.memberNo, s.until);
    await held(s.vault.claimRewards([s.positionId]));
    const requestId = await exit(s, s.bob, s.positionId);
    await mature();
    await held(s.core.claim([requestId]));
    await time.increaseTo(s.until);
    await s.core.claim([requestId]);
    await s.vault.claimRewards([s.positionId]);
  });

  it("lets exits be asked for, and touches nobody else", async () => {
    const s = await given(frozen);
    const other = await delegation(s, s.carol, s.validatorId, tburn(1_000));
    const mine = await exit(s, s.bob, s.positionId);
    const theirs = await exit(s, s.carol, other);
    await mature();
    await s.core.claim([theirs]);
    expect((await s.core.request(mine)).owner).to.equal(s.memberNo);
  });

  it("is lifted by a time that has passed", async () => {
    const s = await given(frozen);
    await expect(s.members.freeze(s.memberNo, 0)).to.emit(s.members, "PaymentsFrozen").withArgs(s.memberNo, 0);
    expect(await s.members.payableTo(s.memberNo)).to.equal(s.bob.address);
  });

  it("refuses more than 90 days, strangers, and callers without the role", async () => {
    const s = await given(frozen);
    const at = (await time.latest()) + 1;
    await time.setNextBlockTimestamp(at);
    await expect(s.members.freeze(s.memberNo, at + LONGEST + 1))
      .to.be.revertedWithCustomError(s.members, "MemberRegistry_FrozenTooLong")
      .withArgs(at + LONGEST + 1, at + LONGEST);
    await expect(s.members.freeze(99, 0)).to.be.revertedWithCustomError(s.members, "MemberRegistry_NoSuchMember");
    await expect(s.members.connect(s.mallory).freeze(s.memberNo, 0)).to.be.revertedWithCustomError(
      s.members,
      "AccessManagedUnauthorized",
    );
  });
});
