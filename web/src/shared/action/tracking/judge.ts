import type { Entry, Happening } from "../machine.ts";

/** What the chain says about a sent transaction at one moment. */
export interface Evidence {
  receipt?: { number: number; hash: string; hasFailed: boolean };
  /** Known to the endpoints, mined or not. */
  isKnown: boolean;
  nonce?: number;
  /** Number of mined transactions of the account. */
  minedNonce?: number;
  /** The mined transaction that used its nonce. */
  successor?: { hash: string; isSame: boolean; isEmpty: boolean };
  /** For how long neither receipt nor transaction could be found. */
  missingMs: number;
  head: number;
  indexed?: number;
  finalityDepth: number;
}

const DROPPED_AFTER_MS = 30_000;

function judgeSent(entry: Entry, evidence: Evidence): Happening | undefined {
  const { successor, nonce } = evidence;
  if (successor) {
    const by = successor.isSame ? "repriced" : successor.isEmpty ? "cancelled" : "replaced";
    return { type: "taken", by, successor: successor.hash };
  }
  if (nonce !== undefined && entry.nonce === undefined) return { type: "seen", nonce };
  const patience = entry.wasReorged ? 4 * DROPPED_AFTER_MS : DROPPED_AFTER_MS;
  return !evidence.isKnown && evidence.missingMs > patience ? { type: "dropped" } : undefined;
}

/**
 * What happened to an entry, given the evidence; undefined if nothing did.
 * An included transaction that failed needs its reason, which the caller adds.
 */
export function judge(entry: Entry, evidence: Evidence): Happening | undefined {
  const { receipt, head, indexed, finalityDepth } = evidence;
  const wasIncluded = entry.block !== undefined;
  if (!receipt) return wasIncluded ? { type: "vanished" } : judgeSent(entry, evidence);
  const block = { number: receipt.number, hash: receipt.hash };
  if (receipt.hasFailed)
    return entry.state === "reverted"
      ? undefined
      : { type: "reverted", block, refusal: { name: "unknown", values: {} } };
  if (entry.block?.hash !== receipt.hash) return { type: "included", block };
  const isIndexed = indexed !== undefined && indexed >= receipt.number;
  if (entry.state === "in-block" && isIndexed) return { type: "indexed" };
  const isDeep = head - receipt.number >= finalityDepth;
  return entry.state === "indexed" && isDeep ? { type: "final" } : undefined;
}
