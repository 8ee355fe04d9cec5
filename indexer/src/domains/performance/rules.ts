import { enumName } from "../../platform/chain/args.ts";

/** States of a report, in the contract's order (`IPerformanceOracle`). */
const states = ["NONE", "VOTING", "AGREED", "PROCESSING", "PROCESSED", "SUPERSEDED"] as const;
export type ReportState = (typeof states)[number];

export const stateNumber = (state: ReportState): number => states.indexOf(state);

export const stateName = (number: number): ReportState => enumName(states, number);

/** Epochs that the oracle takes the mean over (protocol §5). */
export const WINDOW = 30;

/** Mean of the newest uptimes, rounded down as the oracle does; null without a report. */
export function meanUptime(newestFirst: readonly number[]): number | null {
  const counted = newestFirst.slice(0, WINDOW);
  if (counted.length === 0) return null;
  return Math.floor(counted.reduce((sum, bps) => sum + bps, 0) / counted.length);
}
