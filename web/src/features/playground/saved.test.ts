import { describe, expect, it } from "vitest";
import { hashOf, MOST_KEPT, parseKept, queryIn, variablesIn, withKept } from "./saved.ts";

const one = { name: "회원 🌊", query: "{ networkStats { supply } }", variables: '{"a": "+/="}' };

describe("a link to a query", () => {
  it("brings back what was written, in any script", () => {
    expect(queryIn(hashOf(one))).toEqual(one);
    expect(hashOf(one)).toMatch(/^#q=[\w-]+$/);
  });
  it("that is broken, or not of ours, is none", () => {
    const other = `#q=${btoa(JSON.stringify({ name: 1, query: "{}" })).replaceAll("=", "")}`;
    for (const hash of ["", "#q=", "#q=%%%", `${hashOf(one).slice(0, -9)}`, other, "#p=e30"]) {
      expect(queryIn(hash)).toBeUndefined();
    }
  });
});

describe("kept queries", () => {
  it("are as if they were not there where the browser's note is broken", () => {
    expect([null, "", "{", "{}", '[{"name":"x"}, 7, null]'].map(parseKept)).toEqual([[], [], [], [], []]);
  });
  it("are one per name, the last one first", () => {
    const other = { ...one, name: "b" };
    const changed = { ...one, query: "{ blocks { nodes { number } } }" };
    expect(withKept([other, one], changed)).toEqual([changed, other]);
  });
  it("are fifty at most, and one of them can still be changed", () => {
    const many = Array.from({ length: MOST_KEPT }, (_, index) => ({ ...one, name: String(index) }));
    expect(withKept(many, one)).toBeUndefined();
    expect(withKept(many, { ...one, name: "7" })).toHaveLength(MOST_KEPT);
  });
});

describe("variables", () => {
  it("are a JSON object, or nothing", () => {
    expect(["", " {} ", '{"a":1}', "[]", "7", "{", "null"].map(variablesIn)).toEqual([
      {},
      {},
      { a: 1 },
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
