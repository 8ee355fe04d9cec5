import { expect } from "chai";
import { item, reportEpoch, reported } from "../../fixtures/reports.ts";
import { EPOCH, given, networkHelpers, validatorOf } from "../../fixtures/system.ts";

/** Reports of epochs in which `first` did `attested` of a hundred duties. */
async function epochs(s: Awaited<ReturnType<typeof reported>>, attested: bigint[]) {
  for (const done of attested) await reportEpoch(s, [item(s.first, { attested: done, missed: 100n - done })]);
}

describe("PerformanceOracle.recordOf", () => {
  describe("given no report", () => {
    it("knows nothing", async () => {
      const s = await given(reported);
      expect(await s.oracle.uptimeOf(s.first)).to.deep.equal([0n, 0n]);
      expect(await s.oracle.downtimeOf(s.first)).to.deep.equal([0n, 0n]);
      expect((await s.oracle.recordOf(s.first)).uptimes).to.deep.equal([]);
    });
  });

  describe("given a few reports", () => {
    it("adds the counts up and takes the mean, newest first", async () => {
      const s = await given(reported);
      await epochs(s, [100n, 98n, 99n]);
      const record = await s.oracle.recordOf(s.first);
      expect([record.proposed, record.attested, record.missed]).to.deep.equal([3n, 297n, 3n]);
      expect([...record.uptimes]).to.deep.equal([9_900n, 9_800n, 10_000n]);
      expect(record.reports).to.equal(3);
      expect(await s.oracle.uptimeOf(s.first)).to.deep.equal([9_900n, 3n]);
    });

    it("passes over an epoch without duties", async () => {
      const s = await given(reported);
      await epochs(s, [90n]);
      const { latest } = await s.oracle.recordOf(s.first);
      await reportEpoch(s, [item(s.first, { attested: 0n, missed: 0n, proposed: 2n })]);
      const record = await s.oracle.recordOf(s.first);
      expect([record.latest, record.reports, record.proposed]).to.deep.equal([latest, 1n, 3n]);
      expect(await s.oracle.uptimeOf(s.first)).to.deep.equal([9_000n, 1n]);
    });
  });

  describe("given more than thirty reports", () => {
    it("forgets the oldest uptime with each new one", async () => {
      const s = await given(reported);
      const done = Array.from({ length: 33 }, (_, i) => BigInt(60 + i));
      await epochs(s, done);
      const expected = done
        .slice(3)
        .reverse()
        .map((n) => n * 100n);
      const record = await s.oracle.recordOf(s.first);
      expect([...record.uptimes]).to.deep.equal(expected);
      expect(record.reports).to.equal(33);
      expect(record.attested).to.equal(done.reduce((sum, n) => sum + n, 0n));
      const mean = expected.reduce((sum, n) => sum + n, 0n) / 30n;
      expect(await s.oracle.uptimeOf(s.first)).to.deep.equal([mean, 30n]);
    });
  });
});

describe("PerformanceOracle.downtimeOf", () => {
  describe("given epochs below half of the duties", () => {
    async function watched() {
      const s = await reported();
      // Five active validators, so that one may go down without a second quorum.
      await validatorOf(s, s.dave);
      await validatorOf(s, s.erin);
      return s;
    }

    it("marks them; half is enough", async () => {
      const s = await given(watched);
      await epochs(s, [49n, 50n, 0n, 51n]);
      const [bitmap, latest] = await s.oracle.downtimeOf(s.first);
      expect(bitmap).to.equal(0b1010);
      expect(latest).to.equal(await s.oracle.lastProcessedEpoch());
    });

    it("counts epochs, not reports, and forgets after thirty", async () => {
      const s = await given(watched);
      await epochs(s, [0n]);
      const [, start] = await s.oracle.downtimeOf(s.first);
      await networkHelpers.time.increase(EPOCH * 3);
      await epochs(s, [0n]);
      const [bitmap, latest] = await s.oracle.downtimeOf(s.first);
      expect(bitmap).to.equal(1n | (1n << (latest - start)));
      await networkHelpers.time.increase(EPOCH * 40);
      await epochs(s, [100n]);
      expect((await s.oracle.downtimeOf(s.first)).bitmap).to.equal(0);
    });

    it("forgets the thirtieth epoch back, though one was reported since", async () => {
      const s = await given(watched);
      await epochs(s, [0n]);
      const [, start] = await s.oracle.downtimeOf(s.first);
      await epochs(s, [100n]);
      const [, second] = await s.oracle.downtimeOf(s.first);
      await networkHelpers.time.increase(EPOCH * (29 - Number(second - start)));
      await epochs(s, [100n]);
      const [bitmap, latest] = await s.oracle.downtimeOf(s.first);
      expect([latest - start, bitmap]).to.deep.equal([30n, 0n]);
    });
  });
});
