import { describe, expect, it } from "vitest";
import { csvOf } from "./csv.ts";

describe("a cell", () => {
  it.each([
    ["=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\tx", "'\tx"],
  ])("that begins like a formula is text: %j", (text, written) => {
    expect(csvOf(["name"], [{ name: text }])).toBe(`name\r\n${written}\r\n`);
  });

  it("with a carriage return at its beginning is text, and stays one cell", () => {
    expect(csvOf(["name"], [{ name: "\r=1" }])).toBe(`name\r\n"'\r=1"\r\n`);
  });

  it("keeps commas, quotes and lines of its own", () => {
    expect(csvOf(["a", "b"], [{ a: 'x,"y"', b: "1\n2" }])).toBe('a,b\r\n"x,""y""","1\n2"\r\n');
  });

  it("that nobody filled is empty, and one with parts is JSON", () => {
    expect(csvOf(["a", "b", "c"], [{ a: null, c: ["x"] }])).toBe('a,b,c\r\n,,"[""x""]"\r\n');
  });
});
