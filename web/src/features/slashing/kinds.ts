import { formatBps } from "../../shared/format/number.ts";

/** In the order of `ISlashingManager.Kind`. */
export const kinds = ["DOUBLE_SIGN", "DOWNTIME", "INVALID_BLOCK", "CONSENSUS_VIOLATION", "SECURITY_BREACH"] as const;
export type SlashKind = (typeof kinds)[number];

/** In the order of `ISlashingManager.State`. */
export const states = ["NONE", "REPORTED", "APPEALED", "DECIDED", "EXECUTED", "LAPSED", "OVERTURNED"] as const;
export type SlashState = (typeof states)[number];

/** In the order of `ISlashingManager.Verdict`. */
export const verdicts = ["UPHOLD", "REDUCE", "OVERTURN"] as const;
export type SlashVerdict = (typeof verdicts)[number];

const BPS = 10n ** 14n;

/** A fraction of 10^18 as a percentage. */
export const formatFraction = (fraction: bigint) => formatBps(Number(fraction / (BPS / 100n)) / 100);
export const fractionOfBps = (bps: number) => BigInt(bps) * BPS;

export const isOpen = (state: SlashState) => state === "REPORTED" || state === "APPEALED" || state === "DECIDED";
