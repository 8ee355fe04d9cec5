import { describe, expect, it } from "vitest";
import { glyphOf, meanBps, toneOf } from "./uptime.ts";

const at = (uptimeBps: number, down = false) => ({ uptimeBps, down });

describe("a cell of the uptime calendar", () => {
  it("carries a sign below 100 %, another for an outage", () => {
    expect([at(10_000), at(9_999), at(9_600), at(6_000), at(0, true)].map(glyphOf)).toEqual(["", "·", "–", "!", "✕"]);
  });
  it("is graver the less uptime it stands for", () => {
    expect([at(10_000), at(9_700), at(9_400), at(9_999, true)].map(toneOf)).toEqual(["good", "fair", "poor", "poor"]);
  });
});

describe("meanBps", () => {
  it("rounds down, and knows no mean of nothing", () => {
    expect(meanBps([at(10_000), at(9_999)])).toBe(9_999);
    expect(meanBps([])).toBeUndefined();
  });
});
