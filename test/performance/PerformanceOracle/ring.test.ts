import { expect } from "chai";
import { AbiCoder, keccak256, toBeHex } from "ethers";
import { item, reportEpoch, reported } from "../../fixtures/reports.ts";
import { given, networkHelpers } from "../../fixtures/system.ts";

const STORAGE = 0x696930f0297f5f97b2d8a7353b547ab5095126a4f0e4bd2bdca6c4b449772e00n;
/** Place of `rings` in the storage layout. */
const RINGS = 11n;
const TURNS = 65_520n;

/** The oracle as if `first` had been reported `count` times, 90 % each. */
async function after(count: bigint) {
  const s = await reported();
  const ring = BigInt(keccak256(AbiCoder.defaultAbiCoder().encode(["uint32", "uint256"], [s.first, STORAGE + RINGS])));
  const half = Array.from({ length: 15 }, (_, i) => 9_001n << BigInt(16 * i)).reduce((sum, cell) => sum + cell, 0n);
  await networkHelpers.setStorageAt(s.oracle.target as string, ring + 1n, toBeHex(half | (count << 240n), 32));
  await networkHelpers.setStorageAt(s.oracle.target as string, ring + 2n, toBeHex(half, 32));
  return s;
}
const beforeWrap = () => after(TURNS - 1n);

describe("PerformanceOracle ring", () => {
  describe("given a count of reports about to wrap", () => {
    it("goes on without losing its place, and the tier engine without losing count", async () => {
      const s = await given(beforeWrap);
      await s.tiers.evaluate(1);
      expect((await s.tiers.gradeOf(1)).reports).to.equal(TURNS - 1n);
      for (const attested of [9_800n, 10_000n]) {
        await reportEpoch(s, [item(s.first, { attested, missed: 10_000n - attested })]);
      }
      const record = await s.oracle.recordOf(s.first);
      expect(record.reports).to.equal(1);
      expect([...record.uptimes]).to.deep.equal([10_000n, 9_800n, ...Array(28).fill(9_000n)]);
      await s.tiers.evaluate(1);
      expect((await s.tiers.gradeOf(1)).reports).to.equal(1);
    });
  });
});

describe("PerformanceOracle gas", () => {
  describe("given three validators, reported before", () => {
    it("records one more within 25,000 gas, and credits it too within 60,000", async () => {
      const s = await given(reported);
      const perItem = async (amount: bigint) => {
        const used: bigint[] = [];
        for (const ids of [[s.first], [s.first, s.second, s.third]]) {
          await reportEpoch(
            s,
            [s.first, s.second, s.third].map((id) => item(id, { amount })),
          );
          await reportEpoch(
            s,
            ids.map((id) => item(id, { amount })),
          );
          const [event] = (await s.oracle.queryFilter(s.oracle.filters.ReportProcessed())).slice(-1);
          used.push((await event?.getTransactionReceipt())?.gasUsed ?? 0n);
        }
        return ((used[1] ?? 0n) - (used[0] ?? 0n)) / 2n;
      };
      const [record, credit] = [await perItem(0n), await perItem(10n ** 18n)];
      expect(record).to.be.lessThan(25_000n);
      expect(credit).to.be.lessThan(60_000n);
    });
  });
});
