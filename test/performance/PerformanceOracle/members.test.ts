import { expect } from "chai";
import { ZeroAddress, ZeroHash } from "ethers";
import { buildReport } from "../../fixtures/report.ts";
import { agree, item, nextEpoch, type Reported, reported, reveal } from "../../fixtures/reports.ts";
import { given } from "../../fixtures/system.ts";

const h1 = `0x${"11".repeat(32)}`;
const h2 = `0x${"22".repeat(32)}`;

const vote = (s: Reported, who: Reported["a"], epoch: bigint, hash: string) =>
  s.oracle.connect(who).submitReport(epoch, hash, 1);

async function voting() {
  const s = await reported();
  return { ...s, epoch: await nextEpoch() };
}

/** Design scenario 6 up to its agreement: A says h1, B and C h2, then A changes its mind. */
async function agreed() {
  const s = await voting();
  await vote(s, s.a, s.epoch, h1);
  await vote(s, s.b, s.epoch, h2);
  await vote(s, s.c, s.epoch, h2);
  await vote(s, s.a, s.epoch, h2);
  return s;
}

describe("PerformanceOracle members", () => {
  describe("given five members and a quorum of three", () => {
    it("names them", async () => {
      const s = await given(voting);
      expect(await s.oracle.members()).to.deep.equal(s.reporters.map(({ address }) => address));
      expect(await s.oracle.quorum()).to.equal(3);
      expect(await s.oracle.confirmDelay()).to.equal(10);
    });

    it("refuses a quorum of half or less, and one of more than all", async () => {
      const s = await given(voting);
      await expect(s.oracle.setQuorum(2))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_QuorumTooSmall")
        .withArgs(3, 2);
      await expect(s.oracle.setQuorum(6))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_QuorumTooLarge")
        .withArgs(5, 6);
      await expect(s.oracle.addMember(s.dave, 3))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_QuorumTooSmall")
        .withArgs(4, 3);
      await expect(s.oracle.setQuorum(4)).to.emit(s.oracle, "QuorumChanged").withArgs(4);
      await expect(s.oracle.removeMember(s.e, 5))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_QuorumTooLarge")
        .withArgs(4, 5);
    });

    it("adds and removes with the quorum of the new set", async () => {
      const s = await given(voting);
      await expect(s.oracle.addMember(s.dave, 4)).to.emit(s.oracle, "MemberAdded").withArgs(s.dave, 6, 4);
      await expect(s.oracle.removeMember(s.a, 3)).to.emit(s.oracle, "MemberRemoved").withArgs(s.a, 5, 3);
      expect(await s.oracle.members()).to.deep.equal([s.dave, s.b, s.c, s.d, s.e].map(({ address }) => address));
      await vote(s, s.dave, s.epoch, h1);
      await expect(vote(s, s.a, s.epoch, h1))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_NotMember")
        .withArgs(s.a);
    });

    it("refuses nobody, members twice, strangers, the last one's removal and too many", async () => {
      const s = await given(voting);
      await expect(s.oracle.addMember(ZeroAddress, 3)).to.be.revertedWithCustomError(
        s.oracle,
        "PerformanceOracle_ZeroAddress",
      );
      await expect(s.oracle.addMember(s.a, 3))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_AlreadyMember")
        .withArgs(s.a);
      await expect(s.oracle.removeMember(s.mallory, 3))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_NotMember")
        .withArgs(s.mallory);
      for (const [i, member] of s.reporters.slice(0, 4).entries()) {
        await s.oracle.removeMember(member, Math.floor((4 - i) / 2) + 1);
      }
      await expect(s.oracle.removeMember(s.e, 1))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_QuorumTooLarge")
        .withArgs(0, 1);
      for (let n = 2; n <= 32; ++n) {
        await s.oracle.addMember(`0x${n.toString(16).padStart(40, "a")}`, Math.floor(n / 2) + 1);
      }
      await expect(s.oracle.addMember(s.a, 17))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_TooManyMembers")
        .withArgs(32);
    });

    it("lets only the parameter role change them", async () => {
      const s = await given(voting);
      const outsider = s.oracle.connect(s.mallory);
      for (const call of [
        () => outsider.addMember(s.dave, 4),
        () => outsider.removeMember(s.a, 3),
        () => outsider.setQuorum(4),
        () => outsider.setConfirmDelay(1),
      ]) {
        await expect(call()).to.be.revertedWithCustomError(s.oracle, "AccessManagedUnauthorized").withArgs(s.mallory);
      }
    });

    it("keeps the delay of a confirmation within 7 days", async () => {
      const s = await given(voting);
      const week = 7 * 86_400;
      await expect(s.oracle.setConfirmDelay(week + 1))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_DelayTooLong")
        .withArgs(week + 1, week);
      await expect(s.oracle.setConfirmDelay(week)).to.emit(s.oracle, "ConfirmDelayChanged").withArgs(week);
    });
  });

  describe("given an agreement (design scenario 6)", () => {
    it("was reached when A came over to h2", async () => {
      const s = await given(voting);
      await vote(s, s.a, s.epoch, h1);
      await vote(s, s.b, s.epoch, h2);
      await expect(vote(s, s.c, s.epoch, h2)).not.to.emit(s.oracle, "ConsensusReached");
      await expect(vote(s, s.a, s.epoch, h2))
        .to.emit(s.oracle, "ConsensusReached")
        .withArgs(s.epoch, h2, 3);
    });

    it("loses it with the removal of C, and finds it again with D (protocol §10.6)", async () => {
      const s = await given(agreed);
      await expect(s.oracle.removeMember(s.c, 3)).to.emit(s.oracle, "ConsensusLost").withArgs(s.epoch, h2);
      expect(await s.oracle.voteOf(s.epoch, s.c)).to.equal(ZeroHash);
      expect((await s.oracle.reportOf(s.epoch)).state).to.equal(1);
      await expect(vote(s, s.d, s.epoch, h2))
        .to.emit(s.oracle, "ConsensusReached")
        .withArgs(s.epoch, h2, 3);
    });

    it("loses it when a member changes its vote", async () => {
      const s = await given(agreed);
      await expect(vote(s, s.b, s.epoch, h1))
        .to.emit(s.oracle, "ConsensusLost")
        .withArgs(s.epoch, h2);
    });

    it("loses it to a larger quorum and finds it again in a smaller one", async () => {
      const s = await given(agreed);
      await expect(s.oracle.setQuorum(4)).to.emit(s.oracle, "ConsensusLost").withArgs(s.epoch, h2);
      await expect(s.oracle.setQuorum(3)).to.emit(s.oracle, "ConsensusReached").withArgs(s.epoch, h2, 3);
      await expect(s.oracle.addMember(s.dave, 4)).to.emit(s.oracle, "ConsensusLost").withArgs(s.epoch, h2);
      await expect(s.oracle.removeMember(s.e, 3)).to.emit(s.oracle, "ConsensusReached").withArgs(s.epoch, h2, 3);
    });

    it("keeps it when someone goes who stood for something else", async () => {
      const s = await given(agreed);
      await expect(s.oracle.removeMember(s.d, 3)).not.to.emit(s.oracle, "ConsensusLost");
      expect((await s.oracle.reportOf(s.epoch)).hash).to.equal(h2);
    });
  });

  describe("given an agreement that is too old to be revealed", () => {
    it("says nothing of it when members go or the quorum changes", async () => {
      const s = await given(agreed);
      for (let epochs = 0; epochs < 9; epochs++) await nextEpoch();
      await expect(s.oracle.setQuorum(4)).not.to.emit(s.oracle, "ConsensusLost");
      await expect(s.oracle.removeMember(s.c, 3)).not.to.emit(s.oracle, "ConsensusLost");
      const { header, firstPageHash } = buildReport(s.epoch, { from: 1n, to: 9n }, []);
      await expect(s.oracle.submitHeader(s.epoch, 1, header, firstPageHash)).to.be.revertedWithCustomError(
        s.oracle,
        "PerformanceOracle_EpochTooOld",
      );
    });
  });

  describe("given a report that lost its agreement (invariant 25)", () => {
    it("is not processed before more than half of the members stand behind it again", async () => {
      const s = await given(voting);
      const report = buildReport(s.epoch, { from: 1n, to: 9n }, [item(s.first)]);
      await agree(s, report);
      await s.oracle.removeMember(s.a, 3);
      await expect(reveal(s, report))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_NoConsensus")
        .withArgs(s.epoch, report.hash);
      await vote(s, s.e, s.epoch, report.hash);
      await reveal(s, report);
      expect((await s.oracle.reportOf(s.epoch)).state).to.equal(4);
    });
  });
});
