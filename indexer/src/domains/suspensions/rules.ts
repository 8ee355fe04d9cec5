import { enumName } from "../../platform/chain/args.ts";

/** Names of the contract's enums, in its order (`ISuspensionManager`). */
export const reasons = [
  "POOR_PERFORMANCE",
  "SECURITY_VIOLATION",
  "CONSENSUS_ATTACK",
  "KYC_VIOLATION",
  "TERMS_OF_SERVICE",
  "COURT_ORDER",
  "EMERGENCY",
] as const;
const states = ["NONE", "IMPOSED", "APPEALED", "UPHELD", "REDUCED", "OVERTURNED", "ENDED"] as const;
const verdicts = ["UPHOLD", "OVERTURN", "REDUCE"] as const;
export const orderKinds = ["FROZEN", "RENEWED", "LIFTED", "TERMINATED", "BLACKLISTED", "REINSTATED"] as const;

export type SuspensionState = (typeof states)[number];
export type OrderKind = (typeof orderKinds)[number];

export const reasonName = (reason: number) => enumName(reasons, reason);
export const stateName = (state: number) => enumName(states, state);
export const verdictName = (verdict: number) => enumName(verdicts, verdict);
export const stateNumber = (state: SuspensionState): number => states.indexOf(state);

/** State that a verdict leaves behind. */
export const stateAfter = (verdict: number): number =>
  stateNumber({ UPHOLD: "UPHELD", OVERTURN: "OVERTURNED", REDUCE: "REDUCED" }[verdictName(verdict)] as SuspensionState);

/** When a suspension ends as things stand: an appeal that nobody decides ends it at its deadline. */
export const endOf = (state: number, endsAt: number, decideBy: number | null): number =>
  stateName(state) === "APPEALED" && decideBy !== null ? Math.min(endsAt, decideBy) : endsAt;
