import { describe, expect, it } from "vitest";
import { isMemberId, wantedOf } from "./search.ts";

const account = "0d9f3a6e-5b1c-4c1e-9a51-1f2e3d4c5b6a";

describe("a search for members", () => {
  it("is for one member by a wallet or an account, and leaves the rest aside", () => {
    const address = `0x${"Ab".repeat(20)}`;
    expect(wantedOf({ who: ` ${address} `, email: "kim@example.com" })).toEqual({
      by: "wallet",
      address: address.toLowerCase(),
    });
    expect(wantedOf({ who: account.toUpperCase() })).toEqual({ by: "account", id: account });
  });
  it("asks nothing of the server for what is no wallet", () => {
    expect(wantedOf({ who: "0x12", displayName: "Seom" })).toEqual({ by: "nothing" });
  });
  it("sends only what was filled in, and of lists only what is in them", () => {
    expect(
      wantedOf({ who: "", displayName: " Seom ", email: "", status: "ACTIVE", tier: "", kycLevel: "HIGH" }),
    ).toEqual({
      by: "filter",
      filter: { displayName: "Seom", status: ["ACTIVE"] },
    });
  });
  it("is for everybody where nothing is filled in", () => {
    expect(wantedOf({})).toEqual({ by: "filter", filter: {} });
  });
});

describe("the id of a member's page", () => {
  it("is an account or the salted id of the chain", () => {
    expect([account, `0x${"a".repeat(64)}`, `0x${"a".repeat(40)}`, "7", ""].map(isMemberId)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
