import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { earned, maturityOf, owed, tokensBehind } from "./rules.ts";

const RAY = 10n ** 27n;
const amount = fc.bigInt({ min: 1n, max: 10n ** 28n });
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
console.log(`fast-check seed ${seed}`);
const holds = <T extends [unknown, ...unknown[]]>(property: fc.IProperty<T>) => fc.assert(property, { seed });

describe("tokensBehind", () => {
  it("never gives holders more than the pool has", () =>
    holds(
      fc.property(amount, amount, amount, (tokens, a, b) => {
        const pool = { tokens, shares: a + b, gen: 1 };
        expect(tokensBehind(pool, a, 1) + tokensBehind(pool, b, 1)).toBeLessThanOrEqual(tokens);
      }),
    ));
  it("gives the last holder everything", () =>
    holds(
      fc.property(amount, amount, (tokens, shares) => {
        expect(tokensBehind({ tokens, shares, gen: 3 }, shares, 3)).toBe(tokens);
      }),
    ));
  it("gives nothing for another generation, for no shares, or from no pool", () => {
    const pool = { tokens: 10n, shares: 10n, gen: 2 };
    expect([
      tokensBehind(pool, 5n, 1),
      tokensBehind(pool, 0n, 2),
      tokensBehind({ ...pool, shares: 0n }, 5n, 2),
    ]).toEqual([0n, 0n, 0n]);
  });
});

describe("earned", () => {
  it("in two steps never gives more than in one", () =>
    holds(
      fc.property(amount, amount, amount, (shares, a, b) => {
        const [low, high] = a < b ? [a, a + b] : [b, a + b];
        expect(earned(shares, low, 0n) + earned(shares, high, low)).toBeLessThanOrEqual(earned(shares, high, 0n));
      }),
    ));
  it("gives what a whole token of accumulator is worth", () => expect(earned(7n, 3n * RAY, RAY)).toBe(14n));
});

describe("owed", () => {
  it("is what the slash took of the redelegated tokens, never more than all", () =>
    holds(
      fc.property(amount, fc.integer({ min: 0, max: 1_000 }), (base, permille) => {
        const tokens = (base * BigInt(permille)) / 1_000n;
        expect(owed({ base, redelShares: base, gen: 0 }, { tokens, shares: base, gen: 0 })).toBe(base - tokens);
      }),
    ));
  it("is everything once the generation was wiped", () =>
    expect(owed({ base: 9n, redelShares: 9n, gen: 0 }, { tokens: 5n, shares: 5n, gen: 1 })).toBe(9n));
});

it("a cohort matures after its end and the unbonding", () =>
  expect(maturityOf(10, { cohort: 86_400, unbonding: 100 })).toBe(11 * 86_400 + 100));
