import { describe, expect, it } from "vitest";
import { toCsv, toIcs } from "./file.ts";

describe("toCsv", () => {
  it("quotes what would break a row and disarms formulas", () => {
    expect(toCsv([["a,b", 'c"d', "=1+1", "-5.2"]])).toBe('\uFEFF"a,b","c""d",\'=1+1,-5.2\r\n');
  });
});

describe("toIcs", () => {
  it("states the contract's own second in UTC", () => {
    const text = toIcs({ id: "7", at: 1_790_000_000, now: 1_780_000_000, title: "출금, 가능", text: "x" });
    expect(text).toContain("DTSTART:20260921T141320Z");
    expect(text).toContain("SUMMARY:출금\\, 가능");
    expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
  });
});
