import { describe, expect, it } from "vitest";
import { type Bucket, stretchesOf, unitsOf } from "./rules.ts";

const at = (text: string) => Date.parse(text) / 1_000;
const told = (bucket: Bucket, count: number, until: string) =>
  stretchesOf(bucket, count, at(until)).map(({ from, to }) =>
    [from, to].map((second) => new Date(second * 1_000).toISOString().slice(0, 16)),
  );

describe("stretches of time", () => {
  it.each<[Bucket, string, string[][]]>([
    [
      "HOUR",
      "2026-03-01T00:59:59Z",
      [
        ["2026-02-28T23:00", "2026-03-01T00:00"],
        ["2026-03-01T00:00", "2026-03-01T01:00"],
      ],
    ],
    [
      "DAY",
      "2024-03-01T00:00:00Z",
      [
        ["2024-02-29T00:00", "2024-03-01T00:00"],
        ["2024-03-01T00:00", "2024-03-02T00:00"],
      ],
    ],
    // 2026-03-01 is a Sunday.
    [
      "WEEK",
      "2026-03-01T23:59:59Z",
      [
        ["2026-02-16T00:00", "2026-02-23T00:00"],
        ["2026-02-23T00:00", "2026-03-02T00:00"],
      ],
    ],
    [
      "WEEK",
      "2026-03-02T00:00:00Z",
      [
        ["2026-02-23T00:00", "2026-03-02T00:00"],
        ["2026-03-02T00:00", "2026-03-09T00:00"],
      ],
    ],
    [
      "MONTH",
      "2026-01-31T12:00:00Z",
      [
        ["2025-12-01T00:00", "2026-01-01T00:00"],
        ["2026-01-01T00:00", "2026-02-01T00:00"],
      ],
    ],
  ])("by the %s, up to the one that holds %s", (bucket, until, expected) => {
    expect(told(bucket, 2, until)).toEqual(expected);
  });

  it.each<Bucket>(["HOUR", "DAY", "WEEK", "MONTH"])("by the %s leave nothing out and overlap nowhere", (bucket) => {
    for (const now of ["1970-01-01T00:00:00Z", "2000-02-29T11:11:11Z", "2026-11-26T13:37:00Z"]) {
      const all = stretchesOf(bucket, 366, at(now));
      expect(all).toHaveLength(366);
      for (const [i, one] of all.entries()) expect(one.from).toBe(all[i - 1]?.to ?? one.from);
      const newest = all.at(-1);
      expect((newest?.from ?? 1) <= at(now) && at(now) < (newest?.to ?? 0)).toBe(true);
    }
  });

  it("are whole numbers of days and hours", () => {
    const days = unitsOf(stretchesOf("MONTH", 2, at("2026-03-15T00:00:00Z")), "day");
    expect(days.last.map((last, i) => last - (days.first[i] ?? 0) + 1)).toEqual([28, 31]);
    const hours = unitsOf(stretchesOf("WEEK", 1, at("2026-03-15T00:00:00Z")), "hour");
    expect((hours.last[0] ?? 0) - (hours.first[0] ?? 0) + 1).toBe(168);
  });
});
