import { describe, expect, it } from "vitest";
import { medianInterval } from "./median.ts";

describe("medianInterval", () => {
  it("is not moved by one long pause, newest or oldest first", () => {
    expect(medianInterval([0, 2, 4, 6, 10_000, 10_002])).toBe(2);
    expect(medianInterval([10_002, 10_000, 6, 4, 2, 0])).toBe(2);
  });
  it("lies between the two in the middle", () => {
    expect(medianInterval([0, 1, 4])).toBe(2);
  });
  it("says nothing of a single block", () => {
    expect([medianInterval([7]), medianInterval([])]).toEqual([undefined, undefined]);
  });
});
