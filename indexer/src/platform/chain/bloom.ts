import { keccak256 } from "viem";
import type { Hex } from "./rpc.ts";

/** The three bits that a value sets in a block's 2048-bit filter (Yellow Paper, section 4.3.1). */
function bits(value: Hex): number[] {
  const hash = keccak256(value);
  return [0, 2, 4].map((at) => Number.parseInt(hash.slice(2 + at * 2, 6 + at * 2), 16) & 2047);
}

const known = new Map<Hex, number[]>();

/** Whether the filter may contain `value`; false is certain. */
export function mayContain(bloom: Hex, value: Hex): boolean {
  let wanted = known.get(value);
  if (!wanted) known.set(value, (wanted = bits(value)));
  return wanted.every((bit) => {
    const nibble = Number.parseInt(bloom[bloom.length - 1 - (bit >> 2)] ?? "0", 16);
    return ((nibble >> (bit & 3)) & 1) === 1;
  });
}
