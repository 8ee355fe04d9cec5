import { concat, sha256 } from "viem";
import type { Proof } from "../trail.ts";
import { type Bytes, bytes, same, sealOf } from "../verify.ts";
import type { Anchor, Anchors } from "./anchors.ts";

const hashed = (...parts: Uint8Array[]): Bytes => new Uint8Array(sha256(concat(parts), "bytes"));

/**
 * Whether `path` leads from `hash`, at `index` of `size` hashes, to `root` (RFC 9162 §2.1.3.2). Written here anew: a check
 * that shares code shares its faults.
 */
export function leadsTo(root: Bytes, hash: Bytes, index: number, size: number, path: readonly Bytes[]): boolean {
  if (!Number.isInteger(index) || index < 0 || index >= size) return false;
  let [node, at, last, used] = [hashed(Uint8Array.of(0), hash), index, size - 1, 0];
  while (last > 0) {
    const isRight = at % 2 === 1;
    // The last of an odd row has nobody beside it.
    if (isRight || at < last) {
      const sibling = path[used++];
      if (!sibling) return false;
      node = isRight ? hashed(Uint8Array.of(1), sibling, node) : hashed(Uint8Array.of(1), node, sibling);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return used === path.length && same(node, root);
}

/** What is known of one entry: whether it leads to a root, and whether the chain carries that root. */
export interface Inclusion {
  seq: number;
  block: number;
  state: "fine" | "unrooted" | "unanchored" | "unproven" | "differs";
  anchor: Anchor | null;
  /** Root that the proof leads to; null before there is one. */
  root: string | null;
}

/** Holds a proof against what the chain carries. */
export function judgeProof(
  { seq, leaf, previous, hash, siblings, root }: Proof,
  { block, anchors }: Anchors,
): Inclusion {
  const anchor = anchors.find(({ firstSeq, lastSeq }) => firstSeq <= seq && seq <= lastSeq) ?? null;
  const base = { seq, block, anchor, root: root?.root ?? null };
  // An entry under an anchor has a root: who tells of none hides it.
  if (!root) return { ...base, state: anchor ? "differs" : "unrooted" };
  const { firstSeq, lastSeq } = root;
  const isSealed = same(sealOf(bytes(previous), seq, bytes(leaf)), bytes(hash));
  const [index, size] = [seq - firstSeq, lastSeq - firstSeq + 1];
  if (!isSealed || !leadsTo(bytes(root.root), bytes(hash), index, size, siblings.map(bytes))) {
    return { ...base, state: "unproven" };
  }
  if (!anchor) return { ...base, state: "unanchored" };
  const isSame = anchor.firstSeq === firstSeq && anchor.lastSeq === lastSeq && anchor.root === root.root;
  return { ...base, state: isSame ? "fine" : "differs" };
}
