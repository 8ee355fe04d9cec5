import { describe, expect, it } from "vitest";
import { closedBecause, hasRisenFast, recentSlash, type ValidatorTerms } from "./validator-terms.ts";

const open: ValidatorTerms = {
  exists: true,
  isActive: true,
  isTombstoned: false,
  jailedUntil: 0,
  openCases: 0,
  isOnProbation: false,
  commissionBps: 500,
  pendingBps: undefined,
  executableAt: 0,
  minimum: 1n,
  room: 5n,
  isFull: false,
  self: 1n,
  delegated: 1n,
};

describe("closedBecause", () => {
  it("lets an open validator be chosen", () => expect(closedBecause(open, false)).toBeUndefined());
  it("names the first reason", () => {
    expect(closedBecause({ ...open, exists: false }, false)).toBe("missing");
    expect(closedBecause({ ...open, isTombstoned: true, jailedUntil: 1 }, false)).toBe("tombstoned");
    expect(closedBecause({ ...open, jailedUntil: 1 }, false)).toBe("jailed");
    expect(closedBecause({ ...open, openCases: 1 }, false)).toBe("case");
    expect(closedBecause({ ...open, room: 0n }, true)).toBe("no-room");
  });
  it("lets those add who have a place already", () => {
    expect(closedBecause({ ...open, isFull: true }, false)).toBe("full");
    expect(closedBecause({ ...open, isFull: true }, true)).toBeUndefined();
  });
});

describe("hasRisenFast", () => {
  const day = 86_400;
  it("adds steps of one month up", () => {
    const steps = [
      { at: 0, fromBps: 500, toBps: 600 },
      { at: 20 * day, fromBps: 600, toBps: 700 },
    ];
    expect(hasRisenFast(steps, 30 * day)).toBe(true);
    expect(hasRisenFast(steps, 400 * day)).toBe(false);
    expect(hasRisenFast([{ at: 0, fromBps: 700, toBps: 500 }], day)).toBe(false);
  });
});

describe("recentSlash", () => {
  const day = 86_400;
  it("is the latest of 180 days", () => {
    const slashes = [
      { at: 10 * day, blockNumber: 1 },
      { at: 20 * day, blockNumber: 2 },
    ];
    expect(recentSlash(slashes, 199 * day)).toMatchObject({ blockNumber: 2 });
    expect(recentSlash(slashes, 200 * day)).toBeUndefined();
    expect(recentSlash([], 0)).toBeUndefined();
  });
});
