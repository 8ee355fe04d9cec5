import { createHash } from "node:crypto";
import type { AccessRules, Verb } from "../../platform/access/decide.ts";

export const readTrail: Verb = { name: "audit.read", may: ["auditor"] };
export const readOwnTrail: Verb = { name: "audit.read-own", may: ["self"], scope: "audit:read" };

/** Proofs hold hashes alone; of whose entry nobody else is told. */
export const proveEntry: Verb = { name: "audit.prove", may: ["auditor", "self"], scope: "audit:read" };

export const access: AccessRules = { verbs: [readTrail, readOwnTrail, proveEntry] };

const sha256 = (...parts: Buffer[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** What the first seal follows. */
export const GENESIS = Buffer.alloc(32);

/** SHA-256 over the hash before, the number (uint64, big-endian) and the entry's leaf. */
export function sealOf(previous: Buffer, seq: number, leaf: Buffer): Buffer {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(seq));
  return sha256(previous, number, leaf);
}

/** Pairs hashed under the prefix 1; an odd one goes up unpaired. */
function rowAbove(row: readonly Buffer[]): Buffer[] {
  const above: Buffer[] = [];
  for (let i = 0; i < row.length; i += 2) {
    const [left, right] = [row[i] as Buffer, row[i + 1]];
    above.push(right ? sha256(Buffer.of(1), left, right) : left);
  }
  return above;
}

/**
 * Merkle root over hashes in their order: pairs are hashed under the prefix 1, leaves under 0, and an odd one goes up
 * unpaired (RFC 9162 §2.1.1 has the same tree).
 */
export function rootOf(hashes: readonly Buffer[]): Buffer {
  let row = hashes.map((hash) => sha256(Buffer.of(0), hash));
  while (row.length > 1) row = rowAbove(row);
  return row[0] ?? sha256();
}

/** A step up: the node beside, and nothing where an odd one goes up alone. */
const siblingOf = (row: readonly Buffer[], index: number): Buffer | undefined =>
  row[index % 2 === 0 ? index + 1 : index - 1];

/**
 * Inclusion proof: what has to be hashed with the hash at `index`, from below, to come to the root (RFC 9162 §2.1.3.1).
 * @throws {RangeError} for an index that the hashes do not have
 */
export function pathOf(hashes: readonly Buffer[], index: number): Buffer[] {
  if (!Number.isInteger(index) || index < 0 || index >= hashes.length) throw new RangeError(`no hash at ${index}`);
  const path: Buffer[] = [];
  let row = hashes.map((hash) => sha256(Buffer.of(0), hash));
  for (let i = index; row.length > 1; i >>= 1) {
    const sibling = siblingOf(row, i);
    if (sibling) path.push(sibling);
    row = rowAbove(row);
  }
  return path;
}

/** Whether `path` leads from `hash`, at `index` of `size` hashes, to `root` (RFC 9162 §2.1.3.2). */
export function leadsTo(root: Buffer, hash: Buffer, index: number, size: number, path: readonly Buffer[]): boolean {
  if (!Number.isInteger(index) || index < 0 || index >= size) return false;
  const left = [...path];
  let node = sha256(Buffer.of(0), hash);
  for (let [i, n] = [index, size]; n > 1; i >>= 1, n = Math.ceil(n / 2)) {
    if (i % 2 === 0 && i + 1 === n) continue;
    const sibling = left.shift();
    if (!sibling) return false;
    node = i % 2 === 0 ? sha256(Buffer.of(1), node, sibling) : sha256(Buffer.of(1), sibling, node);
  }
  return left.length === 0 && node.equals(root);
}
