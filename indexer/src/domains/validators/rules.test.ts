import { expect, it } from "vitest";
import { capacityOf, commissionInForce, isClamp } from "./rules.ts";

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
