import { describe, expect, it } from "vitest";
import type { MyValidator } from "../queries.ts";
import { tasksOf } from "./tasks.ts";

const NOW = 100_000_000;
const validator: MyValidator = {
  id: 1,
  isActive: true,
  isTombstoned: false,
  jailedUntil: 0,
  commissionBps: 500,
  maxCommissionBps: 2_000,
  pendingBps: 0,
  executableAt: 0,
  expiresAt: 0,
  minDelegation: 0n,
  self: 1n,
  delegated: 0n,
  openCases: 0,
  tier: "active",
  commission: 0n,
  selfRewards: 0n,
  isEarning: true,
  uptimeBps: 9_990,
  reports: 30,
  keyHash: "0x00",
  keySince: NOW - 100,
  activeCount: 3,
  maxActive: 100,
  kycValidUntil: NOW + 90 * 86_400,
};
const grade = { tier: 3, supported: 3, staged: 0, effectiveAt: 0, restsUntil: 0, isOnProbation: false };
const names = (part: Partial<MyValidator>, more: Partial<Parameters<typeof tasksOf>[0]> = {}) =>
  tasksOf({ validator: { ...validator, ...part }, grade, cases: [], now: NOW, ...more }).map(({ name }) => name);

describe("tasksOf", () => {
  it("is empty for a validator that lacks nothing", () => expect(names({})).toEqual([]));
  it("asks to execute a commission in its window, and tells when the window opens", () => {
    expect(names({ executableAt: NOW, expiresAt: NOW + 5 })).toEqual(["task.executeCommission"]);
    expect(names({ executableAt: NOW + 1, expiresAt: NOW + 5 })).toEqual(["task.commissionWaits"]);
    expect(names({ executableAt: NOW - 9, expiresAt: NOW })).toEqual([]);
  });
  it("asks to take income, unless a case holds it", () => {
    expect(names({ commission: 5n })).toEqual(["task.claimCommission"]);
    expect(names({ commission: 5n, openCases: 1 })).toEqual([]);
  });
  it("puts an appeal that can still be made first", () => {
    const cases = [
      { caseId: 4, state: "REPORTED", appealBy: NOW + 60 },
      { caseId: 3, state: "REPORTED", appealBy: NOW },
      { caseId: 2, state: "APPEALED", appealBy: NOW + 60 },
    ];
    const found = tasksOf({ validator: { ...validator, selfRewards: 1n }, grade, cases, now: NOW });
    expect(found.filter(({ name }) => name === "task.appeal").map(({ at }) => at)).toEqual([NOW + 60]);
    expect(found[0]?.name).toBe("task.appeal");
  });
  it("leads from a tier to the active set", () => {
    const staged = { ...grade, tier: 2, staged: 3 };
    expect(names({ isActive: false }, { grade: { ...staged, supported: 3 } })).toEqual(["task.announceTier"]);
    expect(names({ isActive: false }, { grade: { ...staged, effectiveAt: NOW } })).toEqual(["task.applyTier"]);
    expect(names({ isActive: false })).toEqual(["task.activate"]);
    expect(names({ isActive: false, jailedUntil: NOW })).toEqual(["task.unjail"]);
  });
  it("warns before identity ends and of an old key", () =>
    expect(names({ kycValidUntil: NOW + 86_400, keySince: 1 })).toEqual(["task.kyc", "task.rotateKey"]));
});
