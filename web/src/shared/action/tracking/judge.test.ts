import { describe, expect, it } from "vitest";
import type { Entry } from "../machine.ts";
import { type Evidence, judge } from "./judge.ts";

const sent: Entry = { id: "1", action: "delegate", values: {}, state: "broadcast", path: [], hash: "0x1", nonce: 4 };
const quiet: Evidence = { isKnown: true, missingMs: 0, head: 100, finalityDepth: 64 };
const receipt = { number: 90, hash: "0xaa", hasFailed: false };
const mined: Entry = { ...sent, state: "in-block", block: { number: 90, hash: "0xaa" } };

describe("judge", () => {
  it("waits while nothing is known to have happened", () => {
    expect(judge(sent, quiet)).toBeUndefined();
    expect(judge(mined, { ...quiet, receipt })).toBeUndefined();
  });
  it("sees inclusion and failure", () => {
    expect(judge(sent, { ...quiet, receipt })?.type).toBe("included");
    expect(judge(sent, { ...quiet, receipt: { ...receipt, hasFailed: true } })?.type).toBe("reverted");
  });
  it("tells a raised fee from a cancellation from another transaction", () => {
    const by = (isSame: boolean, isEmpty: boolean) =>
      judge(sent, { ...quiet, successor: { hash: "0x2", isSame, isEmpty } });
    expect(by(true, false)).toMatchObject({ by: "repriced" });
    expect(by(false, true)).toMatchObject({ by: "cancelled" });
    expect(by(false, false)).toMatchObject({ by: "replaced" });
  });
  it("gives a transaction up only after it was missing for a while, longer after a reorganisation", () => {
    const missing = { ...quiet, isKnown: false };
    expect(judge(sent, { ...missing, missingMs: 20_000 })).toBeUndefined();
    expect(judge(sent, { ...missing, missingMs: 31_000 })?.type).toBe("dropped");
    expect(judge({ ...sent, wasReorged: true }, { ...missing, missingMs: 31_000 })).toBeUndefined();
  });
  it("notices that a block vanished or changed", () => {
    expect(judge(mined, quiet)?.type).toBe("vanished");
    expect(judge(mined, { ...quiet, receipt: { ...receipt, hash: "0xbb" } })?.type).toBe("included");
  });
  it("is indexed, then final, never final first", () => {
    const deep = { ...quiet, head: 200, receipt };
    expect(judge(mined, deep)).toBeUndefined();
    expect(judge(mined, { ...deep, indexed: 90 })?.type).toBe("indexed");
    expect(judge({ ...mined, state: "indexed" }, { ...deep, indexed: 90 })?.type).toBe("final");
    expect(judge({ ...mined, state: "indexed" }, { ...deep, head: 120, indexed: 90 })).toBeUndefined();
  });
});
