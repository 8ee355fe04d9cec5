import { describe, expect, it } from "vitest";
import { parseIds, toggle, writeIds } from "./chosen.ts";

describe("parseIds", () => {
  it("takes numbers once, four at most, and nothing else", () => {
    expect(parseIds("3,1,3,x,-2,0,7,8,9")).toEqual([3, 1, 7, 8]);
    expect([parseIds(undefined), parseIds(5), parseIds("")]).toEqual([[], [5], []]);
  });
});

describe("toggle", () => {
  it("lets the first go when a fifth is chosen", () => {
    expect(toggle([1, 2], 2)).toEqual([1]);
    expect(toggle([1, 2, 3, 4], 5)).toEqual([2, 3, 4, 5]);
  });
});

describe("writeIds", () => {
  it("writes what parseIds reads, and nothing for none", () => {
    expect(parseIds(writeIds([4, 2]))).toEqual([4, 2]);
    expect(writeIds([])).toBeUndefined();
  });
});
