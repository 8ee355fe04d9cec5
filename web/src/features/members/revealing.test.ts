import { describe, expect, it } from "vitest";
import { revealPath } from "./revealing.ts";

describe("a look at a whole identity", () => {
  it("names its reason and its reference, and nothing where none was given", () => {
    expect(revealPath("m", { reason: "INVESTIGATION", reference: "CASE-7/2" })).toBe(
      "/api/v1/members/m?include_sensitive=true&reason=INVESTIGATION&reference=CASE-7%2F2",
    );
    expect(revealPath("m", { reason: "LEGAL_REQUEST", reference: "" })).toBe(
      "/api/v1/members/m?include_sensitive=true&reason=LEGAL_REQUEST",
    );
  });
});
