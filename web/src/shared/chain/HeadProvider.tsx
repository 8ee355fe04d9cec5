import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Client } from "viem";
import { getBlock } from "viem/actions";
import { renew } from "../renewal/renew.ts";
import { useChain } from "./context.ts";
import { type Head, HeadContext, type SeenReorg } from "./head.ts";

async function readHead(client: Client): Promise<Head> {
  const { number, hash, parentHash, timestamp } = await getBlock(client);
  return { number, hash, parentHash, timestamp: Number(timestamp), seenAt: Date.now() };
}

/** Whether the block seen last still stands below `next`; if not, what replaced it. */
async function replacedBy(client: Client, last: Head, next: Head): Promise<SeenReorg | undefined> {
  if (next.hash === last.hash || next.parentHash === last.hash) return undefined;
  if (next.number <= last.number) return { block: Number(next.number), oldHash: last.hash, newHash: next.hash };
  const { hash } = await getBlock(client, { blockNumber: last.number });
  return hash === last.hash ? undefined : { block: Number(last.number), oldHash: last.hash, newHash: hash };
}

/** Follows the newest block; every read of the chain is renewed with it. */
export function HeadProvider({ children }: { children: ReactNode }) {
  const { client, config } = useChain();
  const queries = useQueryClient();
  const [head, setHead] = useState<Head>();
  const [isSilent, setSilent] = useState(false);
  const [reorg, setReorg] = useState<SeenReorg>();
  const last = useRef<Head>(undefined);

  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    const pause = config.chainId === 31337 ? 1_000 : 4_000;
    async function poll() {
      try {
        const next = await readHead(client);
        const seen = last.current && (await replacedBy(client, last.current, next));
        if (isOver) return;
        if (seen) setReorg(seen);
        if (last.current?.hash !== next.hash) {
          last.current = next;
          setHead(next);
          renew(queries, "chain");
        }
        setSilent(false);
      } catch {
        if (!isOver) setSilent(true);
      }
      if (!isOver) timer = setTimeout(poll, document.hidden ? pause * 5 : pause);
    }
    void poll();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [client, config.chainId, queries]);

  const dismissReorg = useCallback(() => setReorg(undefined), []);
  const value = useMemo(() => ({ head, isSilent, reorg, dismissReorg }), [head, isSilent, reorg, dismissReorg]);
  return <HeadContext value={value}>{children}</HeadContext>;
}
