import { describe, expect, it } from "vitest";
import type { ChainCase } from "../queries.ts";
import { caseSteps, runningDeadline } from "./case-steps.ts";

const nothing = { appeal: false, decide: false, ratify: false, execute: false, lapse: false };
const at = (state: ChainCase["state"], can: Partial<ChainCase["can"]> = {}) => ({
  state,
  openedAt: 100,
  deadlines: { appealBy: 200, decideBy: 300, lateFrom: 350, executeBy: 400 },
  can: { ...nothing, ...can },
});
const untold = { appealedAt: null, decidedAt: null, closedAt: null };
const stateOf = (...given: Parameters<typeof caseSteps>) => caseSteps(...given).map(({ state }) => state);

describe("caseSteps", () => {
  it("waits for the appeal first, then for the council, then for anyone", () => {
    expect(stateOf(at("REPORTED", { appeal: true }), untold)).toEqual(["done", "now", "coming", "coming"]);
    expect(stateOf(at("APPEALED", { decide: true }), untold)).toEqual(["done", "done", "now", "coming"]);
    expect(stateOf(at("DECIDED", { execute: true }), untold)).toEqual(["done", "done", "done", "now"]);
  });
  it("passes over what was not used", () => {
    expect(stateOf(at("REPORTED", { execute: true }), untold)).toEqual(["done", "missed", "missed", "now"]);
    expect(stateOf(at("APPEALED", { execute: true }), untold)).toEqual(["done", "done", "missed", "now"]);
    expect(stateOf(at("EXECUTED"), { ...untold, closedAt: 390 })).toEqual(["done", "missed", "missed", "done"]);
  });
  it("tells times where the record has them, deadlines where nothing happened yet", () => {
    const [, appealed, decided] = caseSteps(at("APPEALED", { decide: true }), { ...untold, appealedAt: 150 });
    expect(appealed).toMatchObject({ at: 150, isDeadline: false });
    expect(decided).toMatchObject({ at: 300, isDeadline: true });
  });
});

describe("runningDeadline", () => {
  it("is the next act's, and none once all is over", () => {
    expect(runningDeadline(at("REPORTED", { appeal: true }))).toEqual({ key: "appealed", at: 200 });
    expect(runningDeadline(at("DECIDED", { execute: true }))).toEqual({ key: "closed", at: 400 });
    expect(runningDeadline(at("EXECUTED"))).toBeUndefined();
  });
});
