import { describe, expect, it } from "vitest";
import { type Draft, emptyDraft, toRegistration, wrongFields } from "./form.ts";

const good: Draft = { ...emptyDraft, name: "한강", key: `0x${"a".repeat(40)}`, proof: `0x${"b".repeat(130)}` };

describe("toRegistration", () => {
  it("turns what was typed into what is signed", () => {
    expect(toRegistration(good)).toMatchObject({
      keyType: 0,
      commissionBps: 500,
      maxCommissionBps: 1_500,
      minDelegation: 100n * 10n ** 18n,
    });
  });
  it("asks a P-256 key for its whole point and a bare signature", () => {
    const p256: Draft = { ...good, keyType: "p256", key: `0x${"a".repeat(128)}`, proof: `0x${"b".repeat(128)}` };
    expect(toRegistration(p256)?.keyType).toBe(1);
    expect(wrongFields({ ...good, keyType: "p256" })).toEqual(["key", "proof"]);
  });
  it("measures the name in bytes", () => {
    expect(wrongFields({ ...good, name: "가".repeat(21) })).toEqual([]);
    expect(wrongFields({ ...good, name: "가".repeat(22) })).toEqual(["name"]);
  });
  it("keeps the first rate inside a candidate's band and below the promise", () => {
    expect(wrongFields({ ...good, commission: "4.99" })).toEqual(["commission"]);
    expect(wrongFields({ ...good, maxCommission: "4" })).toEqual(["maxCommission"]);
  });
});
