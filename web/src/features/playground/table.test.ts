import { describe, expect, it } from "vitest";
import { toCsv } from "../../shared/format/file.ts";
import { blockOf, tableOf } from "./table.ts";

const answer = {
  members: {
    nodes: [
      { memberNo: 1, metadata: { displayName: "=HYPERLINK(1)" }, tags: ["a", "b"] },
      { memberNo: 2, metadata: null, extra: true },
    ],
    asOfBlock: { number: 77, hash: "0x1" },
  },
};

describe("an answer as a table", () => {
  it("is its outermost list, with dotted names and every column that any row has", () => {
    expect(tableOf(answer)).toEqual({
      columns: ["memberNo", "metadata.displayName", "tags", "metadata", "extra"],
      rows: [
        ["1", "=HYPERLINK(1)", '["a","b"]', "", ""],
        ["2", "", "", "", "true"],
      ],
    });
  });
  it("is one row where there is one thing and no list", () => {
    expect(tableOf({ networkStats: { supply: "7", asOfBlock: { number: 3 } } })).toEqual({
      columns: ["supply", "asOfBlock.number"],
      rows: [["7", "3"]],
    });
  });
  it("is none where there is nothing to tabulate", () => {
    expect([null, undefined, {}, { member: null }, { blocks: { nodes: [] } }].map(tableOf)).toEqual(
      Array(5).fill(undefined),
    );
  });
  it("becomes a CSV that no spreadsheet runs", () => {
    const table = tableOf(answer);
    expect(toCsv([table?.columns ?? [], ...(table?.rows ?? [])])).toContain("'=HYPERLINK(1)");
  });
});

describe("the block of an answer", () => {
  it("is where the answer says it", () => {
    expect(blockOf(answer)).toBe(77);
    expect(blockOf({ blocks: { nodes: [] } })).toBeUndefined();
  });
});
