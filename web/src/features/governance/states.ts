import type { Tone } from "../../shared/ui/Badge.tsx";

/** In the order of the governor's own numbers. */
const states = ["pending", "active", "canceled", "defeated", "succeeded", "queued", "expired", "executed"] as const;
export type State = (typeof states)[number];

export const tones: Record<State, Tone> = {
  pending: "info",
  active: "info",
  canceled: "neutral",
  defeated: "danger",
  succeeded: "success",
  queued: "warning",
  expired: "neutral",
  executed: "success",
};

/** By the number that the governor answers. */
export const stateOf = (number: number): State => states[number] ?? "pending";

const ended: readonly State[] = ["canceled", "defeated", "expired", "executed"];
export const isEnded = (state: State) => ended.includes(state);

/** In the order of the governor's own numbers. */
const supports = ["against", "for", "abstain"] as const;
export type Support = (typeof supports)[number];
export const supportNumber = (support: Support) => supports.indexOf(support);

/** Identifiers are hashes written as decimals. */
export const isProposalId = (text: string) => /^\d{1,78}$/.test(text) && BigInt(text) < 2n ** 256n;

/** A proposal's identifier in little room. */
export const shortId = (id: string) => (id.length <= 10 ? id : `${id.slice(0, 4)}…${id.slice(-4)}`);

/** Part of a whole in basis points; 0 of nothing. */
export const shareBps = (part: bigint, whole: bigint) => (whole === 0n ? 0 : Number((part * 10_000n) / whole));
