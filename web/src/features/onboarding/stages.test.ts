import { describe, expect, it } from "vitest";
import { progress, type Stage, secondsTo, tidyCode } from "./stages.ts";

const now = (...given: Parameters<typeof progress>): Stage | undefined =>
  progress(...given).find(({ state }) => state === "now")?.stage;

describe("how far somebody is", () => {
  it("shows only stages that lead to the tier", () => {
    expect(progress("BASIC_USER", "EMAIL_PENDING").map(({ stage }) => stage)).not.toContain("stake");
    expect(progress("DELEGATED_STAKER", "EMAIL_PENDING").map(({ stage }) => stage)).not.toContain("setup");
  });

  it("shows what follows where a stage is not on the way", () => {
    expect(now("BASIC_USER", "KYC_APPROVED")).toBe("decision");
    expect(now("DELEGATED_STAKER", "KYC_APPROVED")).toBe("stake");
    expect(now("DELEGATED_STAKER", "STAKE_CONFIRMED")).toBe("decision");
    expect(now("CANDIDATE_VALIDATOR", "STAKE_CONFIRMED")).toBe("setup");
  });

  it("shows all as done at the end, and as missed when time was over", () => {
    expect(new Set(progress("BASIC_USER", "APPROVED").map(({ state }) => state))).toEqual(new Set(["done"]));
    expect(new Set(progress("BASIC_USER", "EXPIRED").map(({ state }) => state))).toEqual(new Set(["missed"]));
  });
});

describe("a code", () => {
  it("may be pasted with what stands around it", () => expect(tidyCode(" 7kq2-m9ab \n")).toBe("7KQ2M9AB"));
});

describe("time left", () => {
  it("is never less than nothing", () => {
    const at = "2026-01-01T00:00:10.000Z";
    expect(secondsTo(at, Date.parse("2026-01-01T00:00:00.500Z"))).toBe(10);
    expect(secondsTo(at, Date.parse("2026-01-01T00:01:00.000Z"))).toBe(0);
  });
});
