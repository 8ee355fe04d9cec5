import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compactAmount, formatAmount, parseAmount, writtenAmount } from "./amount.ts";

const base = fc.bigInt({ min: 1n, max: 10n ** 30n });
const value = (text: string) => {
  const parsed = parseAmount(text);
  return parsed.ok ? parsed.value : parsed.problem;
};

describe("parseAmount", () => {
  it("reads back every amount that formatAmount writes", () => {
    fc.assert(
      fc.property(base, (amount) => {
        expect(value(formatAmount(amount))).toBe(amount);
      }),
    );
  });
  it("reads back every amount without commas", () => {
    fc.assert(
      fc.property(base, (amount) => {
        expect(value(writtenAmount(amount))).toBe(amount);
      }),
    );
  });
  it("never throws, whatever is written", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseAmount(text)).not.toThrow();
      }),
    );
  });
  it("accepts thousands and decimals", () => {
    expect(value("1,000.5")).toBe(1_000_500_000_000_000_000_000n);
    expect(value(" 0.000000000000000001 ")).toBe(1n);
    expect(value(".5")).toBe(5n * 10n ** 17n);
    expect(value("7.")).toBe(7n * 10n ** 18n);
  });
  it("refuses in words", () => {
    expect(value("1e3")).toBe("exponent");
    expect(value("1E-3")).toBe("exponent");
    expect(value("-0")).toBe("negative");
    expect(value("-5")).toBe("negative");
    expect(value("0")).toBe("zero");
    expect(value("0.0")).toBe("zero");
    expect(value("")).toBe("empty");
    expect(value("abc")).toBe("not-a-number");
    expect(value("1,00")).toBe("not-a-number");
    expect(value("1.2.3")).toBe("not-a-number");
    expect(value("0x10")).toBe("not-a-number");
    expect(value(".")).toBe("not-a-number");
    expect(value("1.0000000000000000001")).toBe("too-precise");
  });
});

describe("formatAmount", () => {
  it("cuts, never rounds up", () => {
    expect(formatAmount(1_999_999_999_999_999_999n, 2)).toBe("1.99");
    fc.assert(
      fc.property(base, (amount) => {
        const shown = parseAmount(formatAmount(amount, 4));
        return shown.ok ? shown.value <= amount : amount < 10n ** 14n;
      }),
    );
  });
  it("shortens by the language's own steps", () => {
    expect(compactAmount(12_346_000n * 10n ** 18n, "ko")).toBe("1234.6만");
    expect(compactAmount(12_346_000n * 10n ** 18n, "en")).toBe("12.3M");
  });
});
