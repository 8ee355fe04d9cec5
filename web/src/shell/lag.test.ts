import { describe, expect, it } from "vitest";
import { lagOf } from "./lag.ts";

const at = (headTime: number, isIndexerSilent = false) =>
  lagOf({
    head: { number: 10n, timestamp: headTime },
    indexed: { number: 8, timestamp: 0 },
    isIndexerSilent,
  }).stage;

describe("lagOf", () => {
  it("tells 15 seconds quietly, a minute in amber, a quarter of an hour in red", () => {
    expect([at(10), at(16), at(61), at(901)]).toEqual(["fresh", "quiet", "amber", "red"]);
  });
  it("does not trust an indexer that does not answer", () => expect(at(1, true)).toBe("amber"));
  it("is fresh when both stand at the same block, however old it is", () => {
    const block = { number: 5, timestamp: 5 };
    expect(lagOf({ head: { ...block, timestamp: 5_000 }, indexed: block, isIndexerSilent: false }).stage).toBe("fresh");
  });
});
