import { createContext, useContext, useEffect, useState } from "react";
import type { Hex } from "viem";

export interface Head {
  number: bigint;
  hash: Hex;
  parentHash: Hex;
  /** Unix seconds of the block. */
  timestamp: number;
  /** When this browser saw it, milliseconds. */
  seenAt: number;
}

/** A block that the chain has replaced by another. */
export interface SeenReorg {
  block: number;
  oldHash: string;
  newHash: string;
}

export interface HeadState {
  head: Head | undefined;
  /** The endpoints do not answer. */
  isSilent: boolean;
  reorg: SeenReorg | undefined;
  dismissReorg: () => void;
}

export const HeadContext = createContext<HeadState>({
  head: undefined,
  isSilent: false,
  reorg: undefined,
  dismissReorg: () => undefined,
});

export const useHead = () => useContext(HeadContext);

/** The chain's clock, ticking between blocks: deadlines are the contract's, not this computer's. */
export function useChainNow(): number {
  const { head } = useHead();
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  if (!head) return Math.floor(Date.now() / 1000);
  return head.timestamp + Math.floor((Date.now() - head.seenAt) / 1000);
}
