import fc from "fast-check";
import { expect, it } from "vitest";
import { buildReport, type Duty, rewarded } from "./report.ts";

const duty = (validatorId: number, attested: number, missed: number, stake: bigint): Duty => ({
  validatorId,
  proposed: 0,
  attested,
  missed,
  stake,
});

it("shares a budget by stake and uptime, and never more than it", () => {
  const items = rewarded([duty(1, 100, 0, 300n), duty(2, 50, 50, 300n), duty(3, 0, 100, 300n)], 1_000n);
  expect(items.map(({ amount }) => amount)).toEqual([666n, 333n, 0n]);
});

it("gives nothing to whoever had no duty or earns nothing", () => {
  const items = rewarded([duty(1, 0, 0, 300n), duty(2, 10, 0, 0n), duty(3, 10, 0, 1n)], 1_000n);
  expect(items.map(({ amount }) => amount)).toEqual([0n, 0n, 1_000n]);
});

it("never credits more than the budget, whatever the duties", () => {
  const duties = fc.array(fc.tuple(fc.nat(1_000), fc.nat(1_000), fc.bigInt(0n, 10n ** 28n)), { maxLength: 100 });
  fc.assert(
    fc.property(duties, fc.bigInt(0n, 10n ** 24n), (given, budget) => {
      const items = rewarded(
        given.map(([attested, missed, stake], i) => duty(i + 1, attested, missed, stake)),
        budget,
      );
      return items.reduce((sum, { amount }) => sum + amount, 0n) <= budget;
    }),
  );
});

it("orders items by validator and cuts them into pages that name one another", () => {
  const items = rewarded(
    Array.from({ length: 120 }, (_, i) => duty(120 - i, 10, 0, 1n)),
    1_200n,
  );
  const report = buildReport(7, { from: 1n, to: 9n }, items);
  expect(report.pages.map((page) => page.items.length)).toEqual([50, 50, 20]);
  expect(report.pages.flatMap((page) => page.items.map(({ validatorId }) => validatorId))).toEqual(
    Array.from({ length: 120 }, (_, i) => i + 1),
  );
  expect(BigInt(report.pages.at(-1)?.nextHash ?? 1)).toBe(0n);
  expect(report.header).toEqual({ fromBlock: 1n, toBlock: 9n, count: 120, totalAmount: 1_200n });
});
