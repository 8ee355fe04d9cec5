import type { Sql } from "../../../platform/db/pool.ts";
import { type Anchored, anchoredAmong } from "../repository/anchors.ts";
import { hashesOf, type Root, rootOver, type SealedLeaf } from "../repository/trail.ts";
import { GENESIS, pathOf } from "../rules.ts";

/** What leads from an entry to a root, and the root to the chain. */
export interface Proof {
  seq: number;
  leaf: Buffer;
  /** Seal of the entry before; zeros before the first. */
  previous: Buffer;
  /** The entry's own seal, which the root is over. */
  hash: Buffer;
  /** Absent before the day's root is made. */
  rooted: { root: Root; siblings: Buffer[]; anchored: Anchored | undefined } | undefined;
}

/** Proves that an entry lies under a root. @param of One whose row is not gone. */
export async function prove(sql: Sql, of: SealedLeaf & { leaf: Buffer }): Promise<Proof> {
  const { seq, leaf, hash } = of;
  const previous = seq === 1 ? GENESIS : (await hashesOf(sql, seq - 1, seq - 1))[0];
  const base = { seq, leaf, hash, previous: previous ?? GENESIS };
  const root = await rootOver(sql, seq);
  if (!root) return { ...base, rooted: undefined };
  const hashes = await hashesOf(sql, root.firstSeq, root.lastSeq);
  const siblings = pathOf(hashes, seq - root.firstSeq);
  return { ...base, rooted: { root, siblings, anchored: (await anchoredAmong(sql, [root])).get(root.firstSeq) } };
}
