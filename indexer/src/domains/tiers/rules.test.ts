import { expect, it } from "vitest";
import { reasonsOf, type Standing, shownTier } from "./rules.ts";

const WAD = 10n ** 18n;
const calm: Standing = {
  tier: "ENTERPRISE_VALIDATOR",
  suspended: false,
  points: 0,
  validator: { active: true, tombstoned: false, jailedUntil: null, keep: WAD },
};
const validator = (change: object) => ({ validator: { ...calm.validator, ...change } }) as Partial<Standing>;

it.each<[string, Partial<Standing>, string]>([
  ["at liberty", {}, "ENTERPRISE_VALIDATOR"],
  ["outside the active set", validator({ active: false }), "INACTIVE_VALIDATOR"],
  ["with three points", { points: 3 }, "PROBATION_VALIDATOR"],
  ["jailed", validator({ jailedUntil: 5 }), "SUSPENDED_VALIDATOR"],
  ["suspended", { suspended: true }, "SUSPENDED_VALIDATOR"],
  ["jailed after a slash", validator({ jailedUntil: 5, keep: WAD - 1n }), "SLASHED_VALIDATOR"],
  ["barred", validator({ tombstoned: true }), "SLASHED_VALIDATOR"],
  ["without a validator", { tier: "DELEGATED_STAKER", validator: undefined }, "DELEGATED_STAKER"],
])("a member %s is shown as %#", (_name, change, shown) => expect(shownTier({ ...calm, ...change })).toBe(shown));

it("names the reasons that are set, lowest bit first", () => {
  expect(reasonsOf(0b100101)).toEqual(["STAKE", "UPTIME", "APPOINTMENT"]);
});
