import { describe, expect, it } from "vitest";
import { searchTarget } from "./search-target.ts";

describe("searchTarget", () => {
  it("tells blocks, validators, wallets and names apart", () => {
    expect(searchTarget("1234")).toMatchObject({ to: "/blocks/$number", params: { number: "1234" } });
    expect(searchTarget("7".repeat(77))).toMatchObject({ to: "/governance/$id", params: { id: "7".repeat(77) } });
    expect(searchTarget("#3")).toMatchObject({ to: "/validators/$id", params: { id: "3" } });
    expect(searchTarget(`0x${"a".repeat(40)}`)).toMatchObject({ to: "/activity" });
    expect(searchTarget(" Hangang ")).toMatchObject({ to: "/validators", search: { q: "Hangang" } });
    expect(searchTarget("  ")).toBeUndefined();
  });
});
