import { expect } from "chai";
import { ZeroHash } from "ethers";
import { buildReport, chain, type Report, type ReportItem } from "../../fixtures/report.ts";
import {
  agree,
  confirm,
  item,
  nextEpoch,
  pages,
  type Reported,
  reportEpoch,
  reported,
  reveal,
} from "../../fixtures/reports.ts";
import { given, tburn } from "../../fixtures/system.ts";

async function ended() {
  const s = await reported();
  return { ...s, epoch: await nextEpoch() };
}

const header = (items: ReportItem[], count = items.length, totalAmount = 0n) => ({
  fromBlock: 5n,
  toBlock: 9n,
  count: BigInt(count),
  totalAmount,
});

async function started(s: Reported, report: Report) {
  await agree(s, report);
  return s.oracle.submitHeader(report.epoch, report.version, report.header, report.firstPageHash);
}

describe("PerformanceOracle.submitHeader", () => {
  describe("given an agreed report", () => {
    it("begins its processing, for anyone", async () => {
      const s = await given(ended);
      const report = buildReport(s.epoch, { from: 5n, to: 9n }, [item(s.first, { amount: 7n })]);
      await agree(s, report);
      const begun = s.oracle.connect(s.mallory).submitHeader(s.epoch, 1, report.header, report.firstPageHash);
      await expect(begun).to.emit(s.oracle, "ReportStarted").withArgs(s.epoch, report.hash, 5, 9, 1, 7);
      await expect(begun).not.to.emit(s.oracle, "ReportSuperseded");
      const shown = await s.oracle.reportOf(s.epoch);
      expect([shown.state, shown.hash]).to.deep.equal([3n, report.hash]);
      expect(await s.oracle.lastProcessedEpoch()).to.be.lessThan(s.epoch);
    });

    it("is done with a report that has no items", async () => {
      const s = await given(ended);
      const report = buildReport(s.epoch, { from: 5n, to: 9n }, []);
      await expect(started(s, report)).to.emit(s.oracle, "ReportProcessed").withArgs(s.epoch, 0, 0);
      expect(await s.oracle.lastProcessedEpoch()).to.equal(s.epoch);
    });

    it("refuses what the hash does not stand for", async () => {
      const s = await given(ended);
      const report = buildReport(s.epoch, { from: 5n, to: 9n }, [item(s.first)]);
      await agree(s, report);
      const forged = { ...report.header, count: 2n };
      const hash = chain(s.epoch, forged, [item(s.first)], 1).hash;
      await expect(s.oracle.submitHeader(s.epoch, 1, forged, report.firstPageHash))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_NoConsensus")
        .withArgs(s.epoch, hash);
      await expect(
        s.oracle.submitHeader(s.epoch, 2, report.header, report.firstPageHash),
      ).to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_NoConsensus");
    });

    it("refuses more than the epoch's budget", async () => {
      const s = await given(ended);
      const budget = await s.vault.budgetFor(s.epoch);
      const report = buildReport(s.epoch, { from: 5n, to: 9n }, [item(s.first, { amount: budget + 1n })]);
      await expect(started(s, report))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_BudgetExceeded")
        .withArgs(budget + 1n, budget);
    });
  });
});

describe("PerformanceOracle.submitData", () => {
  describe("given a report of three validators in pages of two", () => {
    async function paged() {
      const s = await ended();
      const items = [
        item(s.first, { amount: tburn(30), proposed: 3n }),
        item(s.second, { attested: 1n, missed: 3n, amount: tburn(20) }),
        item(s.third, { attested: 199n, missed: 1n, amount: tburn(10) }),
      ];
      const report = buildReport(s.epoch, { from: 5n, to: 9n }, items, 2);
      // One validator of three goes down: more than a fifth.
      await agree(s, report);
      await confirm(s, report);
      await s.oracle.submitHeader(report.epoch, report.version, report.header, report.firstPageHash);
      const [one, two] = report.pages;
      if (!one || !two) throw new Error("there are two pages");
      return { ...s, report, one, two };
    }

    it("records and credits page by page", async () => {
      const s = await given(paged);
      const first = s.oracle.connect(s.mallory).submitData(s.epoch, s.one.items, s.one.nextHash);
      await expect(first)
        .to.emit(s.oracle, "ValidatorReported")
        .withArgs(s.epoch, s.first, 3, 100, 0, 10_000, false, tburn(30))
        .and.to.emit(s.oracle, "ValidatorReported")
        .withArgs(s.epoch, s.second, 1, 1, 3, 2_500, true, tburn(20));
      expect(await s.oracle.lastProcessedEpoch()).to.be.lessThan(s.epoch);
      await expect(s.oracle.submitData(s.epoch, s.two.items, ZeroHash))
        .to.emit(s.oracle, "ReportProcessed")
        .withArgs(s.epoch, 3, tburn(60));
      for (const [id, amount] of [
        [s.first, 30],
        [s.second, 20],
        [s.third, 10],
      ] as const) {
        expect((await s.vault.commissionOf(id)).selfRewards).to.equal(tburn(amount));
      }
      expect(await s.oracle.lastProcessedEpoch()).to.equal(s.epoch);
      expect(await s.oracle.uptimeOf(s.third)).to.deep.equal([9_950n, 1n]);
      const p = await s.oracle.progress();
      expect([p.epoch, p.seen, p.count, p.downs, p.downsAllowed]).to.deep.equal([s.epoch, 3n, 3n, 1n, 0n]);
    });

    it("refuses pages out of order, changed, empty, twice, and of other epochs", async () => {
      const s = await given(paged);
      await expect(s.oracle.submitData(s.epoch, s.two.items, ZeroHash))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_WrongPage")
        .withArgs(s.one.nextHash, s.report.firstPageHash);
      const forged = s.one.items.map((i) => ({ ...i, amount: 1n }));
      await expect(s.oracle.submitData(s.epoch, forged, s.one.nextHash)).to.be.revertedWithCustomError(
        s.oracle,
        "PerformanceOracle_WrongPage",
      );
      await expect(s.oracle.submitData(s.epoch, [], ZeroHash)).to.be.revertedWithCustomError(
        s.oracle,
        "PerformanceOracle_EmptyPage",
      );
      await expect(s.oracle.submitData(s.epoch - 1n, s.one.items, s.one.nextHash))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_NotProcessing")
        .withArgs(s.epoch - 1n);
      await s.oracle.submitData(s.epoch, s.one.items, s.one.nextHash);
      await expect(s.oracle.submitData(s.epoch, s.one.items, s.one.nextHash)).to.be.revertedWithCustomError(
        s.oracle,
        "PerformanceOracle_WrongPage",
      );
      await s.oracle.submitData(s.epoch, s.two.items, ZeroHash);
      await expect(s.oracle.submitData(s.epoch, s.two.items, ZeroHash))
        .to.be.revertedWithCustomError(s.oracle, "PerformanceOracle_NotProcessing")
        .withArgs(s.epoch);
    });

    it("is superseded by a later epoch's report if its pages do not come", async () => {
      const s = await given(paged);
      await s.oracle.submitData(s.epoch, s.one.items, s.one.nextHash);
      const later = buildReport(await nextEpoch(), { from: 10n, to: 19n }, [item(s.third, { amount: tburn(1) })]);
      await expect(started(s, later)).to.emit(s.oracle, "ReportSuperseded").withArgs(s.epoch, 2, 3);
      await pages(s, later);
      expect((await s.oracle.reportOf(s.epoch)).state).to.equal(5);
      await expect(s.oracle.submitData(s.epoch, s.two.items, ZeroHash)).to.be.revertedWithCustomError(
        s.oracle,
        "PerformanceOracle_NotProcessing",
      );
      expect((await s.vault.commissionOf(s.third)).selfRewards).to.equal(tburn(1));
    });
  });

  describe("given an agreed report that contradicts itself", () => {
    const refused = async (
      s: Reported,
      items: ReportItem[],
      error: string,
      values: unknown[],
      count?: number,
      sum?: bigint,
    ) => {
      const report = chain(await nextEpoch(), header(items, count, sum), items, 10);
      await agree(s, report);
      await expect(reveal(s, report))
        .to.be.revertedWithCustomError(s.oracle, error)
        .withArgs(...values);
    };

    it("refuses validators twice, out of order, or unknown (invariant 25)", async () => {
      const s = await given(ended);
      const [one, two] = [item(s.first), item(s.second)];
      await refused(s, [one, one], "PerformanceOracle_NotAscending", [s.first, s.first]);
      await refused(s, [two, one], "PerformanceOracle_NotAscending", [s.first, s.second]);
      await refused(s, [item(0n), one], "PerformanceOracle_NotAscending", [0, 0]);
      await refused(s, [one, item(4n)], "PerformanceOracle_NoSuchValidator", [4]);
    });

    it("refuses sums and counts that do not match", async () => {
      const s = await given(ended);
      const items = [item(s.first, { amount: 5n }), item(s.second, { amount: 5n })];
      await refused(s, items, "PerformanceOracle_CountMismatch", [2, 3], 3, 10n);
      await refused(s, items, "PerformanceOracle_CountMismatch", [2, 1], 1, 10n);
      await refused(s, items, "PerformanceOracle_AmountMismatch", [10, 9], 2, 9n);
      await refused(s, items, "PerformanceOracle_AmountMismatch", [10, 11], 2, 11n);
    });
  });

  describe("given validators that do not earn", () => {
    it("credits the others and leaves their part to the next epoch", async () => {
      const s = await given(ended);
      await s.validators.jail(s.second, 9_999_999_999n);
      await s.validators.connect(s.carol).deactivate(s.third);
      const before = await s.vault.uncredited();
      const items = [s.first, s.second, s.third].map((id) => item(id, { amount: tburn(10) }));
      const report = buildReport(s.epoch, { from: 5n, to: 9n }, items);
      await agree(s, report);
      await reveal(s, report);
      expect((await s.vault.commissionOf(s.first)).selfRewards).to.equal(tburn(10));
      expect((await s.vault.commissionOf(s.second)).selfRewards).to.equal(0);
      expect((await s.vault.commissionOf(s.third)).selfRewards).to.equal(0);
      expect(before - (await s.vault.uncredited())).to.equal(tburn(10));
    });

    it("is done when none of them earns", async () => {
      const s = await given(ended);
      await s.validators.jail(s.first, 9_999_999_999n);
      const report = buildReport(s.epoch, { from: 5n, to: 9n }, [item(s.first, { amount: tburn(10) })]);
      await agree(s, report);
      await reveal(s, report);
      expect(await s.oracle.lastProcessedEpoch()).to.equal(s.epoch);
    });

    it("says why if the vault refuses those that earn, too", async () => {
      const s = await given(ended);
      await s.vault.creditEpoch(s.epoch, [{ validatorId: s.first, amount: 1n }]);
      const report = buildReport(s.epoch, { from: 5n, to: 9n }, [item(s.first, { amount: tburn(10) })]);
      await agree(s, report);
      await expect(reveal(s, report))
        .to.be.revertedWithCustomError(s.vault, "RewardVault_AlreadyCredited")
        .withArgs(s.epoch, s.first);
    });
  });

  describe("given the report of the epoch before", () => {
    it("credits each validator once per epoch", async () => {
      const s = await given(reported);
      await reportEpoch(s, [item(s.first, { amount: tburn(1) })]);
      await reportEpoch(s, [item(s.first, { amount: tburn(2) })]);
      expect((await s.vault.commissionOf(s.first)).selfRewards).to.equal(tburn(3));
    });
  });
});
