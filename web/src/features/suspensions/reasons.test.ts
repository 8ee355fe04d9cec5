import { describe, expect, it } from "vitest";
import { failedChecks } from "./reasons.ts";

describe("failedChecks", () => {
  it("names each bit of the contract's checklist", () => {
    expect(failedChecks(0n)).toEqual([]);
    expect(failedChecks(1n)).toEqual(["term"]);
    expect(failedChecks(0b1110n)).toEqual(["frozen", "kyc", "case"]);
  });
});
