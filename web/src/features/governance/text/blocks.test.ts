import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blocksOf, bodyOf, descriptionOf, runsOf } from "./blocks.ts";

describe("blocksOf", () => {
  it("tells headings, lists, quotes, code and paragraphs apart", () => {
    const kinds = blocksOf("# A\n\none\ntwo\n- x\n- y\n1. z\n> q\n```\n<b>\n```\n---").map(({ kind }) => kind);
    expect(kinds).toEqual(["heading", "paragraph", "list", "list", "quote", "code", "rule"]);
  });
  it("ends for whatever is written", () => {
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(blocksOf(text))));
    fc.assert(
      fc.property(fc.array(fc.constantFrom("#", "-", ">", "```", "\n", " ", "1.", "a")), (parts) =>
        Array.isArray(blocksOf(parts.join(""))),
      ),
    );
  });
});

describe("runsOf", () => {
  it("reads looks and links", () => {
    expect(runsOf("a **b** `c` *d* [e](https://x.y)")).toEqual([
      { text: "a " },
      { text: "b", look: "strong" },
      { text: " " },
      { text: "c", look: "code" },
      { text: " " },
      { text: "d", look: "emphasis" },
      { text: " " },
      { text: "e", href: "https://x.y" },
    ]);
  });
  it("leaves other links as they are written", () => {
    for (const text of ["[a](javascript:alert(1))", "[a](data:text/html,x)", "[a](//evil)"])
      expect(runsOf(text).every(({ href }) => href === undefined)).toBe(true);
    expect(runsOf("snake_case_name")).toEqual([{ text: "snake_case_name" }]);
  });
});

describe("bodyOf", () => {
  it("gives back what was described", () => {
    const description = descriptionOf("Title", "one\n\ntwo", `0x${"A".repeat(40)}`);
    expect(description.startsWith("# Title\n\none")).toBe(true);
    expect(description.endsWith(`#proposer=0x${"a".repeat(40)}`)).toBe(true);
    expect(bodyOf(description)).toBe("one\n\ntwo");
    expect(bodyOf("only a title")).toBe("");
  });
});
