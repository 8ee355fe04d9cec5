import { describe, expect, it } from "vitest";
import {
  commissionBand,
  LIFE_MS,
  restoreObstacles,
  type Seen,
  sharesFor,
  stateOf,
  TOLD_MS,
  withTolerance,
} from "./rules.ts";

const now = new Date("2026-11-26T00:00:00Z");
const later = (ms: number) => new Date(now.getTime() + ms);
const seen: Seen = { block: 7, hash: "0x1", logIndex: 0, tx: "0x2", isFinal: false };
const silent = { state: "PENDING" as const, expiresAt: later(LIFE_MS), submittedAt: null };
const told = { ...silent, state: "SUBMITTED" as const, submittedAt: now };

describe("where an intent stands", () => {
  it("follows from what was seen before what was told, and from that before the time", () => {
    expect(stateOf(silent, { ...seen, isFinal: true }, later(TOLD_MS * 9))).toBe("CONFIRMED");
    expect(stateOf(silent, seen, later(TOLD_MS * 9))).toBe("SUBMITTED");
    expect([stateOf(silent, undefined, now), stateOf(told, undefined, now)]).toEqual(["PENDING", "SUBMITTED"]);
  });

  it("ends by itself: half an hour after its preparation, a day after it was told of", () => {
    expect([stateOf(silent, undefined, later(LIFE_MS - 1)), stateOf(silent, undefined, later(LIFE_MS))]).toEqual([
      "PENDING",
      "EXPIRED",
    ]);
    expect([stateOf(told, undefined, later(TOLD_MS - 1)), stateOf(told, undefined, later(TOLD_MS))]).toEqual([
      "SUBMITTED",
      "EXPIRED",
    ]);
  });
});

it("takes all shares for all tokens, and never more than their part", () => {
  expect([sharesFor(100n, 300n, 100n), sharesFor(101n, 300n, 100n), sharesFor(1n, 300n, 100n)]).toEqual([
    300n,
    300n,
    3n,
  ]);
  expect(sharesFor(1n, 1n, 3n)).toBe(0n);
  expect(withTolerance(1_000n)).toBe(995n);
});

it("lets a commission rise by one step at most, down to the tier's floor, below the validator's own limit", () => {
  const active = { lowest: 300, highest: 1_000 };
  expect(commissionBand(active, 500, 2_000)).toEqual({ lowest: 300, highest: 800 });
  expect(commissionBand(active, 900, 950)).toEqual({ lowest: 300, highest: 950 });
  // After a demotion from a tier without such a floor.
  expect(commissionBand({ lowest: 500, highest: 1_500 }, 100, 2_000)).toEqual({ lowest: 400, highest: 400 });
});

it("names all that keeps a member from being restored", () => {
  const clear = { now: 10, endsAt: 10, frozenUntil: null, needsKyc: false, hasOpenCase: false };
  expect(restoreObstacles(clear)).toEqual([]);
  const barred = { now: 9, endsAt: 10, frozenUntil: 10, needsKyc: true, hasOpenCase: true };
  expect(restoreObstacles(barred)).toEqual(["term", "frozen", "kyc", "case"]);
});
