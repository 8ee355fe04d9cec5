import { enumName } from "../../platform/chain/args.ts";

/** Names of the contract's enums, in its order (`ISlashingManager`). */
const kinds = ["DOUBLE_SIGN", "DOWNTIME", "INVALID_BLOCK", "CONSENSUS_VIOLATION", "SECURITY_BREACH"] as const;
const states = ["NONE", "REPORTED", "APPEALED", "DECIDED", "EXECUTED", "LAPSED", "OVERTURNED"] as const;
const verdicts = ["UPHOLD", "REDUCE", "OVERTURN"] as const;

export type SlashKind = (typeof kinds)[number];
export type SlashState = (typeof states)[number];

export const kindName = (kind: number) => enumName(kinds, kind);
export const stateName = (state: number) => enumName(states, state);
export const verdictName = (verdict: number) => enumName(verdicts, verdict);
export const stateNumber = (state: SlashState): number => states.indexOf(state);
export const kindNumber = (kind: SlashKind): number => kinds.indexOf(kind);

/** Parts of 1e18 as basis points, rounded down. */
export const fractionBps = (fraction: bigint): number => Number(fraction / 10n ** 14n);
