import type { Pool } from "pg";
import type { AuditTrail } from "../../../platform/access/audit/trail.ts";
import { hashesOf, roots, sealedEntries, trailCounts } from "../repository/trail.ts";
import { GENESIS, rootOf, sealOf } from "../rules.ts";
import { type Anchor, type AnchorContract, allAnchors } from "./contract.ts";
import type { RootSigner } from "./sealing.ts";

const BATCH = 1_000;

export interface Finding {
  ok: boolean;
  /** Seals that were recomputed. */
  checked: number;
  /** Number of the first seal that is wrong, and what is wrong with it. */
  firstBad?: { seq: number; problem: "ENTRY_GONE" | "ENTRY_CHANGED" | "CHAIN_BROKEN" | "SEAL_GONE" };
  /** Stretches whose root does not fit, by their last number. */
  badRoots: number[];
  /** Seals after the last root: nobody outside has seen them yet. */
  unrooted: number;
  /** Entries that wait for a seal. */
  unsealed: number;
  /** What the chain says of it; absent where it was not asked. */
  chain?: ChainFinding;
}

type Stretch = Pick<Anchor, "firstSeq" | "lastSeq" | "root" | "head">;

/** A trail held against what the chain carries. */
interface ChainFinding {
  /** Block as of which the chain was asked. */
  block: number;
  anchors: number;
  /** Last number that is anchored; 0 if none is. */
  lastSeq: number;
  /**
   * First number that may not be what was anchored. The chain carries roots alone: within a stretch that differs nobody can
   * say which entry it is.
   */
  firstBad?: { seq: number; problem: "ROOT_DIFFERS" | "TAIL_MISSING" | "ANCHORS_BROKEN" };
  /** Anchored stretches that do not fit, by their last number. */
  badAnchors: number[];
  /** Seals after the last anchor: whoever holds the seed could still make them anew. */
  unanchored: number;
}

/** Whether the seals of a stretch come to its root, and end with its head. */
async function fits(pool: Pool, { firstSeq, lastSeq, root, head }: Stretch): Promise<boolean> {
  const hashes = await hashesOf(pool, firstSeq, lastSeq);
  return hashes.at(-1)?.equals(head) === true && rootOf(hashes).equals(root);
}

async function problemOfAnchor(pool: Pool, anchor: Anchor, before: Anchor | undefined) {
  const { firstSeq, lastSeq } = anchor;
  // The contract refuses this; a node that lies does not.
  if (firstSeq !== (before?.lastSeq ?? 0) + 1 || lastSeq < firstSeq)
    return { seq: firstSeq, problem: "ANCHORS_BROKEN" as const };
  return (await fits(pool, anchor)) ? undefined : { seq: firstSeq, problem: "ROOT_DIFFERS" as const };
}

/** Holds the seals, which `verifyTrail` recomputes from entries, against the anchors of a node of one's own choice. */
async function againstChain(pool: Pool, contract: AnchorContract, seals: number): Promise<ChainFinding> {
  const { block, anchors } = await allAnchors(contract);
  const lastSeq = anchors.at(-1)?.lastSeq ?? 0;
  const badAnchors: number[] = [];
  let firstBad: ChainFinding["firstBad"];
  for (const [i, anchor] of anchors.entries()) {
    const isCut = anchor.lastSeq > seals;
    const problem = await problemOfAnchor(pool, anchor, anchors[i - 1]);
    if (!problem) continue;
    badAnchors.push(anchor.lastSeq);
    firstBad ??= isCut && problem.problem === "ROOT_DIFFERS" ? { seq: seals + 1, problem: "TAIL_MISSING" } : problem;
  }
  return {
    block,
    anchors: anchors.length,
    lastSeq,
    ...(firstBad && { firstBad }),
    badAnchors,
    unanchored: seals - lastSeq,
  };
}

type Told = Awaited<ReturnType<typeof sealedEntries>>[number];

function problemOf(trail: AuditTrail, told: Told, expected: number, previous: Buffer) {
  if (told.seq !== expected) return "SEAL_GONE" as const;
  if (told.leaf === null) return "ENTRY_GONE" as const;
  if (!trail.leafOf(told.body, told.nonce).equals(told.leaf)) return "ENTRY_CHANGED" as const;
  return sealOf(previous, told.seq, told.leaf).equals(told.hash) ? undefined : ("CHAIN_BROKEN" as const);
}

/** Recomputes leaves and the chain over them, up to the first that is wrong. */
async function recompute(pool: Pool, trail: AuditTrail): Promise<Pick<Finding, "checked" | "firstBad">> {
  let [previous, checked]: [Buffer, number] = [GENESIS, 0];
  let firstBad: Finding["firstBad"];
  for (let batch = await sealedEntries(pool, 1, BATCH); batch.length > 0 && !firstBad; ) {
    for (const told of batch) {
      const problem = problemOf(trail, told, checked + 1, previous);
      if (problem) {
        firstBad = { seq: checked + 1, problem };
        break;
      }
      [previous, checked] = [told.hash, told.seq];
    }
    batch = firstBad ? [] : await sealedEntries(pool, checked + 1, BATCH);
  }
  return { checked, ...(firstBad && { firstBad }) };
}

/**
 * Recomputes the whole trail from its entries: leaves, chain, roots and their signatures.
 * @param contract Where roots are anchored: what the chain carries is then compared, too
 */
export async function verifyTrail(
  pool: Pool,
  trail: AuditTrail,
  signer: RootSigner,
  contract?: AnchorContract,
): Promise<Finding> {
  const recomputed = await recompute(pool, trail);
  const [made, counts] = [await roots(pool), await trailCounts(pool)];
  const badRoots: number[] = [];
  for (const [i, root] of made.entries()) {
    const follows = root.firstSeq === (made[i - 1]?.lastSeq ?? 0) + 1;
    if (!follows || !(await fits(pool, root)) || !signer.isSigned(root)) badRoots.push(root.lastSeq);
  }
  const unrooted = counts.seals - (made.at(-1)?.lastSeq ?? 0);
  const chain = contract && (await againstChain(pool, contract, counts.lastSeq));
  const isWhole = recomputed.firstBad === undefined && badRoots.length === 0 && unrooted >= 0;
  const ok = isWhole && chain?.firstBad === undefined;
  return { ok, ...recomputed, badRoots, unrooted, unsealed: counts.entries - counts.seals, ...(chain && { chain }) };
}
