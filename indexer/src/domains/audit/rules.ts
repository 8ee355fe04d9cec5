import { createHash } from "node:crypto";
import type { AccessRules, Verb } from "../../platform/access/decide.ts";

export const readTrail: Verb = { name: "audit.read", may: ["auditor"] };
export const readOwnTrail: Verb = { name: "audit.read-own", may: ["self"], scope: "audit:read" };

export const access: AccessRules = { verbs: [readTrail, readOwnTrail] };

/** What the first seal follows. */
export const GENESIS = Buffer.alloc(32);

/** SHA-256 over the hash before, the number (uint64, big-endian) and the entry's leaf. */
export function sealOf(previous: Buffer, seq: number, leaf: Buffer): Buffer {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(seq));
  return createHash("sha256").update(previous).update(number).update(leaf).digest();
}

/**
 * Merkle root over hashes in their order: pairs are hashed under the prefix 1, leaves under 0, and an odd one goes up
 * unpaired (RFC 9162 §2.1.1 has the same tree).
 */
export function rootOf(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return createHash("sha256").digest();
  let row: Buffer[] = hashes.map((hash) => createHash("sha256").update(Buffer.of(0)).update(hash).digest());
  while (row.length > 1) {
    const next: Buffer[] = [];
    for (let i = 0; i < row.length; i += 2) {
      const [left, right] = [row[i] as Buffer, row[i + 1]];
      next.push(right ? createHash("sha256").update(Buffer.of(1)).update(left).update(right).digest() : left);
    }
    row = next;
  }
  return row[0] as Buffer;
}
