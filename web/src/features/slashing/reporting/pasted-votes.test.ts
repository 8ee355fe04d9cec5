import { describe, expect, it } from "vitest";
import { readVotes } from "./pasted-votes.ts";

const vote = (blockHash: string, key = `0x${"A".repeat(40)}`) => ({
  ...{ key, height: 7, round: 0, step: 2, blockHash },
  signature: `0x${"1".repeat(130)}`,
});
const two = [vote(`0x${"b".repeat(64)}`), vote(`0x${"C".repeat(64)}`)];
const read = (content: unknown) => readVotes(JSON.stringify(content), 31337);

describe("readVotes", () => {
  it("takes a list of two votes, and what nodes hand to the reporter", () => {
    const pair = {
      ...{ key: `0x${"a".repeat(40)}`, sigA: two[0]?.signature, sigB: two[1]?.signature },
      a: { chainId: 31337n, height: 7n, round: 0, step: 2, blockHash: `0x${"b".repeat(64)}` },
      b: { chainId: 31337n, height: 7n, round: 0, step: 2, blockHash: `0x${"c".repeat(64)}` },
    };
    expect(read(two)).toEqual({ pair });
    expect(read({ votes: two })).toEqual({ pair });
  });
  it("says what is wrong with a text that is no pair of votes", () => {
    expect(readVotes("two votes", 31337)).toEqual({ problem: "notJson" });
    expect(read([two[0]])).toEqual({ problem: "notVotes" });
    expect(read([two[0], { ...two[1], height: -1 }])).toEqual({ problem: "notVotes" });
    expect(read([two[0], { ...two[1], signature: "0x12" }])).toEqual({ problem: "notVotes" });
    expect(read([two[0], vote(`0x${"b".repeat(64)}`, `0x${"d".repeat(40)}`)])).toEqual({ problem: "notOneKey" });
  });
});
