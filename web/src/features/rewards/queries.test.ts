import { describe, expect, it } from "vitest";
import { byMonth } from "./queries.ts";

describe("byMonth", () => {
  it("adds payments by month and kind, oldest first", () => {
    const at = (iso: string) => Date.parse(iso) / 1000;
    expect(
      byMonth([
        { at: at("2026-02-01T00:00:00Z"), amount: "5", kind: "COMMISSION" },
        { at: at("2026-01-31T23:59:59Z"), amount: "2", kind: "CLAIM" },
        { at: at("2026-01-01T00:00:00Z"), amount: "3", kind: "CLAIM" },
      ]),
    ).toEqual([
      { month: "2026-01", totals: [5n, 0n, 0n] },
      { month: "2026-02", totals: [0n, 0n, 5n] },
    ]);
  });
});
