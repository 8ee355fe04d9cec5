import { describe, expect, it } from "vitest";
import { type Grade, nextTier, stageOf } from "./stage.ts";

const settled: Grade = { tier: 2, supported: 2, staged: 0, effectiveAt: 0, restsUntil: 0, isOnProbation: false };
const at = (part: Partial<Grade>, now = 1_000) => stageOf({ ...settled, ...part }, now);

describe("stageOf", () => {
  it("is settled where the facts support what is in force", () => expect(at({})).toEqual({ kind: "settled" }));
  it("leads a promotion from open over waiting to ripe", () => {
    expect(at({ supported: 3 })).toEqual({ kind: "open", to: 3 });
    const announced = { supported: 3, staged: 3, effectiveAt: 1_010 };
    expect(at(announced)).toEqual({ kind: "waiting", to: 3, at: 1_010 });
    expect(at(announced, 1_010)).toEqual({ kind: "ripe", to: 3 });
  });
  it("does not let a promotion reach above what was announced", () =>
    expect(at({ tier: 0, supported: 3, staged: 2, effectiveAt: 900 })).toEqual({ kind: "ripe", to: 2 }));
  it("lets a demotion go to what the facts support", () =>
    expect(at({ tier: 5, supported: 2, staged: 3, effectiveAt: 900 })).toEqual({ kind: "ripe", to: 2 }));
  it("tells that an announced change is void", () =>
    expect(at({ staged: 0, effectiveAt: 1_500 })).toEqual({ kind: "void", to: 2 }));
  it("rests after a change, and on probation", () => {
    expect(at({ supported: 3, restsUntil: 1_200 })).toEqual({ kind: "resting", until: 1_200 });
    expect(at({ supported: 3, isOnProbation: true })).toEqual({ kind: "barred" });
    expect(at({ supported: 0, isOnProbation: true, restsUntil: 1_200 })).toEqual({ kind: "open", to: 0 });
  });
});

describe("nextTier", () => {
  it("skips what needs an appointment", () =>
    expect([0, 1, 2, 3, 4, 5].map(nextTier)).toEqual([1, 2, 3, 5, 5, undefined]));
});
