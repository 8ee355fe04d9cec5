import { expect } from "chai";
import { buildReport } from "../../fixtures/report.ts";
import { agree, confirm, item, nextEpoch, pages, reported, reveal } from "../../fixtures/reports.ts";
import { given, networkHelpers, validatorOf } from "../../fixtures/system.ts";

/** A report that takes one of three validators down, agreed by A, B and C. */
async function agreed() {
  const s = await reported();
  const epoch = await nextEpoch();
  const items = [item(s.first), item(s.second, { attested: 0n, missed: 50n })];
  const report = buildReport(epoch, { from: 1n, to: 9n }, items, 1);
  await agree(s, report);
  const reachedAt = await networkHelpers.time.latest();
  return { ...s, epoch, report, reachedAt };
}

describe("PerformanceOracle.confirmReport", () => {
  describe("given a report that takes more than a fifth of the active validators down", () => {
    it("holds the page until as many members as the quorum said it again", async () => {
      const s = await given(agreed);
      await expect(reveal(s, s.report))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_NeedsConfirmation")
        .withArgs(s.epoch, 1, 0);
      // The page before it was read.
      expect((await s.oracle.progress()).seen).to.equal(1);
      await networkHelpers.time.increase(10);
      const last = s.report.pages[1];
      if (!last) throw new Error("there are two pages");
      for (const [i, member] of [s.a, s.d].entries()) {
        await expect(s.oracle.connect(member).confirmReport(s.epoch, s.report.hash))
          .to.emit(s.oracle, "ReportConfirmed")
          .withArgs(s.epoch, member, s.report.hash, i + 1);
      }
      await expect(s.oracle.submitData(s.epoch, last.items, last.nextHash)).to.be.revertedWithCustomError(
        s.oracle,
        "PerformanceOracle_NeedsConfirmation",
      );
      await s.oracle.connect(s.e).confirmReport(s.epoch, s.report.hash);
      await s.oracle.submitData(s.epoch, last.items, last.nextHash);
      expect(await s.oracle.lastProcessedEpoch()).to.equal(s.epoch);
      expect((await s.oracle.reportOf(s.epoch)).confirmations).to.equal(3);
    });

    it("waits for the delay, to the second", async () => {
      const s = await given(agreed);
      await networkHelpers.time.setNextBlockTimestamp(s.reachedAt + 9);
      await expect(s.oracle.connect(s.a).confirmReport(s.epoch, s.report.hash))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_NotYet")
        .withArgs(s.reachedAt + 10);
      await networkHelpers.time.setNextBlockTimestamp(s.reachedAt + 10);
      await s.oracle.connect(s.a).confirmReport(s.epoch, s.report.hash);
      await expect(s.oracle.connect(s.a).confirmReport(s.epoch, s.report.hash))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_AlreadyConfirmed")
        .withArgs(s.epoch, s.report.hash);
    });

    it("refuses strangers, and hashes without an agreement", async () => {
      const s = await given(agreed);
      await networkHelpers.time.increase(10);
      await expect(s.oracle.connect(s.mallory).confirmReport(s.epoch, s.report.hash))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_NotMember")
        .withArgs(s.mallory);
      const other = `0x${"99".repeat(32)}`;
      await expect(s.oracle.connect(s.a).confirmReport(s.epoch, other))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_NoConsensus")
        .withArgs(s.epoch, other);
    });

    it("takes a confirmation back with the member, and with its vote", async () => {
      const s = await given(agreed);
      await networkHelpers.time.increase(10);
      for (const member of [s.a, s.b]) await s.oracle.connect(member).confirmReport(s.epoch, s.report.hash);
      await s.oracle.connect(s.d).submitReport(s.epoch, s.report.hash, 1);
      await s.oracle.connect(s.b).submitReport(s.epoch, `0x${"99".repeat(32)}`, 1);
      expect((await s.oracle.reportOf(s.epoch)).confirmations).to.equal(1);
      await s.oracle.submitHeader(s.epoch, 1, s.report.header, s.report.firstPageHash);
      await s.oracle.removeMember(s.a, 3);
      expect((await s.oracle.reportOf(s.epoch)).confirmations).to.equal(0);
    });
  });

  describe("given five active validators", () => {
    async function fifth() {
      const s = await reported();
      const ids = [s.first, s.second, s.third, await validatorOf(s, s.dave), await validatorOf(s, s.erin)];
      return { ...s, ids };
    }

    it("lets one of them go down by the first quorum, and one more in the next epoch", async () => {
      const s = await given(fifth);
      for (const down of [1, 2]) {
        const items = s.ids.map((id, i) => (i < down ? item(id, { attested: 0n, missed: 9n }) : item(id)));
        const report = buildReport(await nextEpoch(), { from: 1n, to: 9n }, items, 5);
        await agree(s, report);
        await reveal(s, report);
      }
      expect((await s.oracle.progress()).downs).to.equal(1);
    });

    it("asks for the second quorum for two at once", async () => {
      const s = await given(fifth);
      const items = s.ids.map((id, i) => (i < 2 ? item(id, { attested: 4n, missed: 5n }) : item(id)));
      const report = buildReport(await nextEpoch(), { from: 1n, to: 9n }, items, 5);
      await agree(s, report);
      await expect(reveal(s, report))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_NeedsConfirmation")
        .withArgs(report.epoch, 2, 1);
      await confirm(s, report);
      await pages(s, report);
      expect(await s.oracle.downtimeOf(s.first)).to.deep.equal([1n, report.epoch]);
    });
  });
});
