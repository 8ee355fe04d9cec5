import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance, type Entry, type Happening, isRunning } from "./machine.ts";

const block = { number: 7, hash: "0xaa" };
const refusal = { name: "StakingCore_ZeroAmount", values: {} };
const fresh: Entry = {
  id: "1",
  action: "delegate",
  values: {},
  state: "preflight",
  path: [{ state: "preflight", at: 0 }],
};
const after = (...happenings: Happening[]) => happenings.reduce((entry, one, at) => advance(entry, one, at), fresh);
const sent: Happening[] = [{ type: "checked" }, { type: "sent", hash: "0x1", sentAt: 6 }];
const included: Happening = { type: "included", block };

describe("advance", () => {
  it("walks from preflight to final", () => {
    const entry = after(...sent, included, { type: "indexed" }, { type: "final" });
    expect(entry.path.map(({ state }) => state)).toEqual([
      "preflight",
      "sign",
      "broadcast",
      "in-block",
      "indexed",
      "final",
    ]);
  });
  it("ends where the owner or the contract says no", () => {
    expect(after({ type: "checked" }, { type: "declined" }).state).toBe("rejected");
    expect(after({ type: "refused", refusal })).toMatchObject({ state: "would-revert", refusal });
    expect(after(...sent, { type: "reverted", block, refusal }).state).toBe("reverted");
  });
  it("waits for other signers", () => {
    const entry = after(
      { type: "checked" },
      { type: "handed-over", callsId: "0xc", sentAt: 6 },
      { ...included, hash: "0x9" },
    );
    expect(entry).toMatchObject({ state: "in-block", hash: "0x9" });
  });
  it("names what took its place", () => {
    for (const by of ["repriced", "cancelled", "replaced"] as const)
      expect(after(...sent, { type: "taken", by, successor: "0x2" })).toMatchObject({ state: by, successor: "0x2" });
  });
  it("goes back to broadcast when its block vanishes, and comes back", () => {
    const gone = after(...sent, included, { type: "indexed" }, { type: "vanished" });
    expect(gone).toMatchObject({ state: "broadcast", wasReorged: true, block: undefined });
    expect(advance(gone, included, 9).state).toBe("in-block");
  });
  it("shows a dismissed entry again when something happens to it", () => {
    const dismissed = { ...after(...sent, included), isDismissed: true };
    expect(advance(dismissed, { type: "vanished" }, 9).isDismissed).toBeUndefined();
  });
  it("ignores what cannot happen, in any order", () => {
    const happenings: Happening[] = [
      ...sent,
      included,
      { type: "indexed" },
      { type: "vanished" },
      { type: "declined" },
      { type: "dropped" },
      { type: "taken", by: "repriced", successor: "0x2" },
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...happenings)), (story) => {
        const final = advance({ ...fresh, state: "final" }, story[0] ?? included, 1);
        const entry = after(...story);
        return final.state === "final" && (isRunning(entry) || entry.path.at(-1)?.state === entry.state);
      }),
    );
  });
});
