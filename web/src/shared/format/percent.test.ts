import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBps, writtenBps } from "./percent.ts";

describe("parseBps", () => {
  it("reads back what writtenBps writes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (bps) => {
        expect(parseBps(writtenBps(bps))).toBe(bps);
      }),
    );
  });
  it("refuses what is no percentage", () => {
    expect(["", "-1", "1e1", "5.255", "100.01", "abc"].map(parseBps)).toEqual(Array(6).fill(undefined));
  });
});
