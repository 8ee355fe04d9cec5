import type { Hex } from "../rpc.ts";
import { keccak } from "./keccak.ts";
import { bytesOf } from "./rlp.ts";

const KEPT = 10_000;
const known = new Map<Hex, number[]>();

/** The three bits that a value sets in a block's 2048-bit filter (Yellow Paper, section 4.3.1). */
function bits(value: Hex): number[] {
  const found = known.get(value);
  if (found) return found;
  const hash = keccak(bytesOf(value));
  const made = [0, 2, 4].map((at) => hash.readUInt16BE(at) & 2047);
  if (known.size >= KEPT) known.clear();
  known.set(value, made);
  return made;
}

/** Whether the filter may contain `value`; false is certain. */
export function mayContain(bloom: Hex, value: Hex): boolean {
  return bits(value).every((bit) => {
    const nibble = Number.parseInt(bloom[bloom.length - 1 - (bit >> 2)] ?? "0", 16);
    return ((nibble >> (bit & 3)) & 1) === 1;
  });
}

/** The filter of a block with exactly these logs. */
export function bloomOf(logs: { address: Hex; topics: Hex[] }[]): Hex {
  const nibbles = new Uint8Array(512);
  for (const value of logs.flatMap((log) => [log.address, ...log.topics])) {
    for (const bit of bits(value)) {
      const at = 511 - (bit >> 2);
      nibbles[at] = (nibbles[at] ?? 0) | (1 << (bit & 3));
    }
  }
  return `0x${[...nibbles].map((nibble) => nibble.toString(16)).join("")}`;
}
