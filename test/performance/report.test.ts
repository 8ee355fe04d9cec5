import { expect } from "chai";
import { ZeroHash } from "ethers";
import { buildReport, pageHash, reportHash } from "../fixtures/report.ts";
import { item } from "../fixtures/reports.ts";

const blocks = { from: 1n, to: 9n };

describe("buildReport", () => {
  describe("given items in any order", () => {
    it("sorts them, cuts them into pages and chains those", () => {
      const items = [5n, 1n, 3n].map((id) => item(id, { amount: id }));
      const report = buildReport(7n, blocks, items, 2);
      expect(report.pages.map((page) => page.items.map(({ validatorId }) => validatorId))).to.deep.equal([
        [1n, 3n],
        [5n],
      ]);
      expect(report.header).to.deep.equal({ fromBlock: 1n, toBlock: 9n, count: 3n, totalAmount: 9n });
      const [one, two] = report.pages;
      if (!one || !two) throw new Error("there are two pages");
      expect(one.nextHash).to.equal(pageHash(two));
      expect(two.nextHash).to.equal(ZeroHash);
      expect(report.firstPageHash).to.equal(pageHash(one));
      expect(report.hash).to.equal(reportHash(7n, 1, report.header, pageHash(one)));
    });

    it("has no page without items", () => {
      const report = buildReport(7n, blocks, []);
      expect([report.pages, report.firstPageHash]).to.deep.equal([[], ZeroHash]);
    });

    it("refuses a validator twice and pages without room", () => {
      expect(() => buildReport(7n, blocks, [item(1n), item(1n)])).to.throw(RangeError, "validator 1 appears twice");
      for (const size of [0, 1.5]) expect(() => buildReport(7n, blocks, [item(1n)], size)).to.throw(RangeError);
    });
  });
});
