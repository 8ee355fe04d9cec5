import { expect, it } from "vitest";
import { capacityOf, commissionInForce, isClamp, tierOf } from "./rules.ts";

const T = 10n ** 18n;

it.each([
  [9_999n, 3, "BASIC_USER"],
  [10_000n, 0, "CANDIDATE_VALIDATOR"],
  [50_000n, 1, "CANDIDATE_VALIDATOR"],
  [50_000n, 2, "ACTIVE_VALIDATOR"],
  [500_000n, 2, "ACTIVE_VALIDATOR"],
  [500_000n, 3, "ENTERPRISE_VALIDATOR"],
] as const)("%i TBURN with KYC level %i is %s", (tokens, level, tier) => expect(tierOf(tokens * T, level)).toBe(tier));

it("clamps a declared commission into the tier's band and leaves a lower one", () => {
  expect([commissionInForce(1_500, "ACTIVE_VALIDATOR"), commissionInForce(400, "ENTERPRISE_VALIDATOR")]).toEqual([
    1_000, 400,
  ]);
});

it("knows a clamp from a declaration", () => {
  expect([
    isClamp(1_500, 1_000, "ACTIVE_VALIDATOR"),
    isClamp(900, 800, "ACTIVE_VALIDATOR"),
    isClamp(800, 1_000, "ACTIVE_VALIDATOR"),
  ]).toEqual([true, false, false]);
});

it("limits delegated stake by own stake", () => {
  expect([
    capacityOf(2n, "CANDIDATE_VALIDATOR"),
    capacityOf(2n, "ENTERPRISE_VALIDATOR"),
    capacityOf(2n, "BASIC_USER"),
  ]).toEqual([20n, null, 0n]);
});
