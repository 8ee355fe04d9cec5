import { useEffect, useState } from "react";
import type { Head } from "../../shared/chain/head.ts";

export interface Sample {
  at: number;
  behind: number;
}

const KEPT = 60;
const kept: Sample[] = [];

/** How many blocks the indexer was behind with each new block, since this screen was first opened. */
export function useLagSamples(head: Head | undefined, indexed: number | undefined): Sample[] {
  const [, renew] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: one sample per block
  useEffect(() => {
    if (!head || indexed === undefined) return;
    kept.push({ at: head.seenAt, behind: Math.max(0, Number(head.number) - indexed) });
    if (kept.length > KEPT) kept.shift();
    renew((n) => n + 1);
  }, [head?.hash]);
  return kept;
}
