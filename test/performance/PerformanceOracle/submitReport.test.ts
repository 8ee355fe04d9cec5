import { expect } from "chai";
import { ZeroHash } from "ethers";
import { item, nextEpoch, reportEpoch, reported } from "../../fixtures/reports.ts";
import { EPOCH, given, networkHelpers } from "../../fixtures/system.ts";

const hash = `0x${"ab".repeat(32)}`;
const other = `0x${"cd".repeat(32)}`;

async function ended() {
  const s = await reported();
  return { ...s, epoch: await nextEpoch() };
}

describe("PerformanceOracle.submitReport", () => {
  describe("given an epoch that has ended", () => {
    it("takes one vote per member and says where it stands", async () => {
      const s = await given(ended);
      expect((await s.oracle.reportOf(s.epoch)).state).to.equal(0);
      await expect(s.oracle.connect(s.a).submitReport(s.epoch, hash, 1))
        .to.emit(s.oracle, "ReportSubmitted")
        .withArgs(s.epoch, s.a, hash, 1);
      expect(await s.oracle.voteOf(s.epoch, s.a)).to.equal(hash);
      const report = await s.oracle.reportOf(s.epoch);
      expect([report.state, report.hash]).to.deep.equal([1n, ZeroHash]);
      await expect(s.oracle.connect(s.a).submitReport(s.epoch, hash, 1))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_SameReport")
        .withArgs(s.epoch, hash);
    });

    it("agrees at the quorum, once", async () => {
      const s = await given(ended);
      for (const member of [s.a, s.b]) {
        await expect(s.oracle.connect(member).submitReport(s.epoch, hash, 1)).not.to.emit(s.oracle, "ConsensusReached");
      }
      await s.oracle.connect(s.d).submitReport(s.epoch, other, 1);
      await s.oracle.connect(s.c).submitReport(s.epoch, hash, 1);
      const at = await networkHelpers.time.latest();
      await expect(s.oracle.connect(s.e).submitReport(s.epoch, hash, 1)).not.to.emit(s.oracle, "ConsensusReached");
      const report = await s.oracle.reportOf(s.epoch);
      expect([...report]).to.deep.equal([2n, hash, 4n, 0n, BigInt(at)]);
    });

    it("stays within 110,000 gas a vote", async () => {
      const s = await given(ended);
      for (const member of [s.a, s.b, s.c]) {
        const sent = await s.oracle.connect(member).submitReport(s.epoch, hash, 1);
        expect((await sent.wait())?.gasUsed).to.be.lessThanOrEqual(110_000n);
      }
    });

    it("refuses strangers, other versions and no hash", async () => {
      const s = await given(ended);
      await expect(s.oracle.connect(s.mallory).submitReport(s.epoch, hash, 1))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_NotMember")
        .withArgs(s.mallory);
      await expect(s.oracle.connect(s.a).submitReport(s.epoch, hash, 2))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_WrongVersion")
        .withArgs(2, 1);
      await expect(s.oracle.connect(s.a).submitReport(s.epoch, ZeroHash, 1)).to.be.revertedWithCustomError(
        s.oracle,
        "PerformanceOracle_ZeroHash",
      );
      expect(await s.oracle.reportVersion()).to.equal(1);
    });
  });

  describe("given epochs around it", () => {
    it("opens an epoch with the second after its end", async () => {
      const s = await given(ended);
      const start = Number(s.epoch + 2n) * EPOCH;
      await networkHelpers.time.setNextBlockTimestamp(start - 1);
      await expect(s.oracle.connect(s.a).submitReport(s.epoch + 1n, hash, 1))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_EpochNotEnded")
        .withArgs(s.epoch + 1n, s.epoch + 1n);
      await networkHelpers.time.setNextBlockTimestamp(start);
      await s.oracle.connect(s.a).submitReport(s.epoch + 1n, hash, 1);
    });

    it("closes an epoch seven epochs after it", async () => {
      const s = await given(ended);
      const late = Number(s.epoch + 8n) * EPOCH;
      await networkHelpers.time.setNextBlockTimestamp(late - 1);
      await s.oracle.connect(s.a).submitReport(s.epoch, hash, 1);
      await networkHelpers.time.setNextBlockTimestamp(late);
      await expect(s.oracle.connect(s.b).submitReport(s.epoch, hash, 1))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_EpochTooOld")
        .withArgs(s.epoch, s.epoch + 1n);
    });

    it("closes an epoch with the processing of a later one, for the votes on it too", async () => {
      const s = await given(ended);
      await s.oracle.connect(s.a).submitReport(s.epoch, hash, 1);
      const report = await reportEpoch(s, [item(s.first)]);
      for (const epoch of [s.epoch, report.epoch]) {
        await expect(s.oracle.connect(s.a).submitReport(epoch, other, 1))
          .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_EpochPassed")
          .withArgs(epoch, report.epoch);
      }
      expect((await s.oracle.reportOf(s.epoch)).state).to.equal(5);
      expect(await s.oracle.lastProcessedEpoch()).to.equal(report.epoch);
    });
  });
});
