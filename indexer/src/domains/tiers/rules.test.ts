import { expect, it } from "vitest";
import { memberTier } from "./rules.ts";

const T = 10n ** 18n;

it.each([
  [undefined, 99n, "BASIC_USER"],
  [undefined, 100n, "DELEGATED_STAKER"],
  ["BASIC_USER", 100n, "DELEGATED_STAKER"],
  ["CANDIDATE_VALIDATOR", 0n, "CANDIDATE_VALIDATOR"],
] as const)("a validator of tier %s with %i delegated is %s", (tier, delegated, expected) =>
  expect(memberTier(tier, delegated * T)).toBe(expected),
);
