import type { Standing } from "../../../shared/action/gate/obstacle.ts";
import type { View } from "../queries.ts";
import type { MyUnits } from "./my-units.ts";

/** Why an account has no vote of its own to cast; each has its words and its remedy. */
export type Powerless =
  | "pending"
  | "delegated"
  | "not-member"
  | "suspended"
  | "kyc"
  | "excluded"
  | "stale"
  | "late-stake"
  | "no-stake";

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

type Counted = Pick<View, "state" | "units" | "votes" | "delegate" | "hasVoted" | "hasOverridden">;
type Now = Pick<MyUnits, "units" | "counted" | "isExcluded">;

/** What an account may still do in a vote. */
export function waysToVote(view: Counted, account: string): { cast: boolean; override: boolean } {
  if (view.state !== "active") return { cast: false, override: false };
  const speaksItself = same(view.delegate, account);
  return {
    cast: view.votes > 0n && !view.hasVoted,
    // Whoever spoke for itself may still move its own share once.
    override: view.units > 0n && !view.hasOverridden && (!speaksItself || view.hasVoted),
  };
}

/** The first reason why nothing speaks through the account; undefined where something does. */
export function whyPowerless(
  view: Counted,
  standing: Pick<Standing, "memberNo" | "status" | "kycLevel">,
  now: Now,
): Powerless | undefined {
  if (view.state === "pending") return "pending";
  if (view.votes > 0n) return undefined;
  if (view.units > 0n) return "delegated";
  if (standing.memberNo === 0n) return "not-member";
  if (standing.status !== "active" && standing.status !== "pending") return "suspended";
  if (standing.kycLevel < 1) return "kyc";
  if (now.isExcluded) return "excluded";
  if (now.units > 0n) return "late-stake";
  return now.counted > 0n ? "stale" : "no-stake";
}
