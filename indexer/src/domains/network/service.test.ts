import { expect, it } from "vitest";
import { aprBps } from "./service.ts";

it("is simple interest a year, rounded down, and nothing without stake", () => {
  expect([aprBps(10n, 1_000n, 365), aprBps(1n, 0n, 30), aprBps(1n, 3n, 0)]).toEqual([100, 0, 0]);
});

it("stays within what an answer can hold", () => expect(aprBps(10n ** 30n, 1n, 1)).toBe(1_000_000_000));
