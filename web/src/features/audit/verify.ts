import { ed25519 } from "@noble/curves/ed25519";
import { concat, hexToBytes, numberToHex, sha256, toBytes } from "viem";
import type { Entry, Root, Roots } from "./trail.ts";

export type Bytes = Uint8Array<ArrayBuffer>;
type Hex = `0x${string}`;
export const bytes = (hex: string): Bytes => new Uint8Array(hexToBytes(hex as Hex));
export const same = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i]);

/** JSON as two parties write it alike (RFC 8785). Written here anew: a check that shares code shares its faults. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(",")}}`;
}

async function leafOf({ opening, body }: Entry): Promise<Bytes> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes(opening ?? "0x"), algorithm, false, ["sign"]);
  const text = new TextEncoder().encode(canonical(body));
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, text));
}

/** SHA-256 over the hash before, the number (uint64, big-endian) and the entry's leaf. */
export const sealOf = (previous: Bytes, seq: number, leaf: Bytes): Bytes =>
  new Uint8Array(sha256(concat([previous, toBytes(numberToHex(seq, { size: 8 })), leaf]), "bytes"));

/** Merkle root: leaves under 0, pairs under 1, an odd one goes up unpaired. */
export function rootOf(hashes: readonly Bytes[]): Bytes {
  let row = hashes.map((hash) => new Uint8Array(sha256(concat([Uint8Array.of(0), hash]), "bytes")));
  while (row.length > 1) {
    const next: Bytes[] = [];
    for (let i = 0; i < row.length; i += 2) {
      const [left, right] = [row[i] as Bytes, row[i + 1]];
      next.push(right ? new Uint8Array(sha256(concat([Uint8Array.of(1), left, right]), "bytes")) : left);
    }
    row = next;
  }
  return row[0] ?? new Uint8Array(sha256(new Uint8Array(), "bytes"));
}

export type Problem = "gone" | "changed" | "broken" | "missing";

export interface Finding {
  checked: number;
  firstBad: { seq: number; problem: Problem } | null;
  /** Last numbers of the stretches whose root does not fit. */
  badRoots: number[];
  roots: number;
  /** Sealed entries after the last root; below 0 if the trail is shorter than that, 0 beyond a bad entry. */
  unrooted: number;
}

/** Recomputes a trail from its first entry, or from one whose predecessor's seal is known; page after page. */
export class Check {
  readonly #hashes: Bytes[] = [];
  readonly #firstSeq: number;
  #previous: Bytes;
  firstBad: Finding["firstBad"] = null;

  constructor(firstSeq = 1, previous: Bytes = new Uint8Array(32)) {
    this.#firstSeq = firstSeq;
    this.#previous = previous;
  }

  /** Seals of what was recomputed, in order. */
  get hashes(): readonly Bytes[] {
    return this.#hashes;
  }

  get checked(): number {
    return this.#hashes.length;
  }

  /** Takes the next entries, in order. */
  async take(entries: Entry[]): Promise<void> {
    for (const entry of entries) {
      if (this.firstBad) return;
      const seq = this.#firstSeq + this.checked;
      const problem = await this.#problemOf(entry, seq);
      if (problem) this.firstBad = { seq, problem };
      else {
        this.#previous = bytes(entry.hash);
        this.#hashes.push(this.#previous);
      }
    }
  }

  /** Holds what was taken against signed roots. */
  against({ key, roots }: Roots): Finding {
    const publicKey = Uint8Array.from(atob((key.x ?? "").replace(/-/g, "+").replace(/_/g, "/")), (c) =>
      c.charCodeAt(0),
    );
    // What lies beyond a bad entry was not recomputed: nothing can be said of its roots.
    const judged = this.firstBad ? roots.filter(({ lastSeq }) => lastSeq <= this.checked) : roots;
    const badRoots = judged
      .filter((root, i) => !this.#fits(root, judged[i - 1], publicKey))
      .map(({ lastSeq }) => lastSeq);
    const unrooted = this.firstBad ? 0 : this.checked - (roots.at(-1)?.lastSeq ?? 0);
    return { checked: this.checked, firstBad: this.firstBad, badRoots, roots: roots.length, unrooted };
  }

  async #problemOf(entry: Entry, seq: number): Promise<Problem | undefined> {
    if (entry.seq !== seq) return "missing";
    if (entry.leaf === null) return "gone";
    const leaf = bytes(entry.leaf);
    if (!same(await leafOf(entry), leaf)) return "changed";
    return same(sealOf(this.#previous, seq, leaf), bytes(entry.hash)) ? undefined : "broken";
  }

  #fits({ firstSeq, lastSeq, root, head, signature }: Root, before: Root | undefined, publicKey: Uint8Array): boolean {
    const hashes = this.#hashes.slice(firstSeq - 1, lastSeq);
    const last = hashes.at(-1);
    if (firstSeq !== (before?.lastSeq ?? 0) + 1 || hashes.length !== lastSeq - firstSeq + 1 || !last) return false;
    const numbers = [firstSeq, lastSeq].map((n) => toBytes(numberToHex(n, { size: 8 })));
    const signed = concat([new TextEncoder().encode("tburn audit root v1"), ...numbers, bytes(root), bytes(head)]);
    return (
      same(last, bytes(head)) &&
      same(rootOf(hashes), bytes(root)) &&
      ed25519.verify(bytes(signature), signed, publicKey)
    );
  }
}
