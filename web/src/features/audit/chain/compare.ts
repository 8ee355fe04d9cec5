import { bytesToHex } from "viem";
import type { Entry } from "../trail.ts";
import { bytes, Check, type Problem, rootOf } from "../verify.ts";
import type { Anchor, Anchors } from "./anchors.ts";

const PAGE = 1_000;

/** One anchored stretch, recomputed. */
export interface Stretch {
  anchor: Anchor;
  /** What the entries come to; null where they end before. */
  recomputed: string | null;
  state: "fine" | "differs" | "broken" | "missing";
  /** First number that is not what was anchored, as far as it can be told. */
  badSeq: number | null;
  problem: Problem | null;
}

export interface Comparison {
  block: number;
  stretches: Stretch[];
  /** First number that was asked for and that the chain does not carry yet; null if it carries all. */
  unanchoredFrom: number | null;
  /** Whether entries of that number are there at all. */
  areMore: boolean;
}

type Read = (from: number, first: number) => Promise<Entry[]>;

async function stretchOf(read: Read, anchor: Anchor, before: Anchor | undefined): Promise<Stretch> {
  // The seal that the stretch goes on from is the chain's, too.
  const check = new Check(anchor.firstSeq, before ? bytes(before.head) : undefined);
  const size = anchor.lastSeq - anchor.firstSeq + 1;
  while (check.checked < size && !check.firstBad) {
    const entries = await read(anchor.firstSeq + check.checked, Math.min(PAGE, size - check.checked));
    if (entries.length === 0) break;
    await check.take(entries);
  }
  const next = anchor.firstSeq + check.checked;
  if (check.firstBad) {
    const { seq, problem } = check.firstBad;
    return { anchor, recomputed: null, state: "broken", badSeq: seq, problem };
  }
  if (check.checked < size) return { anchor, recomputed: null, state: "missing", badSeq: next, problem: null };
  const recomputed = bytesToHex(rootOf(check.hashes));
  const head = bytesToHex(check.hashes.at(-1) ?? new Uint8Array());
  const isFine = recomputed === anchor.root && head === anchor.head;
  // The chain carries the root alone: which entry of the stretch differs, nobody can say.
  const badSeq = isFine ? null : anchor.firstSeq;
  return { anchor, recomputed, state: isFine ? "fine" : "differs", badSeq, problem: null };
}

/**
 * Recomputes every anchored stretch that touches `from` to `to`, and holds it against the chain.
 * @param read Sealed entries from a number on, as the server tells them
 * @param progress Told after each stretch how many there are and how many are done
 */
export async function compareRange(
  { block, anchors }: Anchors,
  read: Read,
  { from, to }: { from: number; to: number },
  progress: (done: number, all: number) => void = () => undefined,
): Promise<Comparison> {
  const asked = anchors.filter(({ firstSeq, lastSeq }) => firstSeq <= to && lastSeq >= from);
  const stretches: Stretch[] = [];
  for (const anchor of asked) {
    stretches.push(await stretchOf(read, anchor, anchors[anchors.indexOf(anchor) - 1]));
    progress(stretches.length, asked.length);
  }
  const last = anchors.at(-1)?.lastSeq ?? 0;
  const unanchoredFrom = to > last ? Math.max(from, last + 1) : null;
  const areMore = unanchoredFrom !== null && (await read(unanchoredFrom, 1)).length > 0;
  return { block, stretches, unanchoredFrom, areMore };
}
