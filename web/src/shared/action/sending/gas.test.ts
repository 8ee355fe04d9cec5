import { describe, expect, it } from "vitest";
import { withMargin } from "./gas.ts";

describe("withMargin", () => {
  it("adds a fifth and what a new second's checkpoints cost", () =>
    expect(withMargin(300_000n, 30_000_000n)).toBe(440_000n));
  it("stays within a block", () => expect(withMargin(29_000_000n, 30_000_000n)).toBe(30_000_000n));
});
