import { describe, expect, it } from "vitest";
import { waysToVote, whyPowerless } from "./power.ts";

const me = "0x00000000000000000000000000000000000000Aa";
const other = "0x00000000000000000000000000000000000000bb";
const view = {
  state: "active",
  units: 5n,
  votes: 5n,
  delegate: me,
  hasVoted: false,
  hasOverridden: false,
} as const;
const nothing = { ...view, units: 0n, votes: 0n } as const;
const good = { memberNo: 1n, status: "active", kycLevel: 1 } as const;
const now = { units: 0n, counted: 0n, isExcluded: false };

describe("waysToVote", () => {
  it("lets votes be cast once, and the own share be moved once after", () => {
    expect(waysToVote(view, me.toLowerCase())).toEqual({ cast: true, override: false });
    expect(waysToVote({ ...view, hasVoted: true }, me)).toEqual({ cast: false, override: true });
    expect(waysToVote({ ...view, hasVoted: true, hasOverridden: true }, me)).toEqual({ cast: false, override: false });
  });
  it("lets a delegator override", () => {
    expect(waysToVote({ ...view, votes: 0n, delegate: other }, me)).toEqual({ cast: false, override: true });
  });
  it("closes outside of the vote", () => {
    expect(waysToVote({ ...view, state: "pending" }, me)).toEqual({ cast: false, override: false });
  });
});

describe("whyPowerless", () => {
  it("finds no reason where something speaks", () => expect(whyPowerless(view, good, now)).toBeUndefined());
  it("names the first reason", () => {
    expect(whyPowerless({ ...nothing, state: "pending" }, good, now)).toBe("pending");
    expect(whyPowerless({ ...nothing, units: 5n }, good, now)).toBe("delegated");
    expect(whyPowerless(nothing, { ...good, memberNo: 0n }, now)).toBe("not-member");
    expect(whyPowerless(nothing, { ...good, status: "suspended", kycLevel: 0 }, now)).toBe("suspended");
    expect(whyPowerless(nothing, { ...good, kycLevel: 0 }, now)).toBe("kyc");
    expect(whyPowerless(nothing, good, { ...now, isExcluded: true })).toBe("excluded");
    expect(whyPowerless(nothing, good, { ...now, units: 5n, counted: 5n })).toBe("late-stake");
    expect(whyPowerless(nothing, good, { ...now, counted: 5n })).toBe("stale");
    expect(whyPowerless(nothing, good, now)).toBe("no-stake");
  });
});
