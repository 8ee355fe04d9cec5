import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { renew } from "../renewal/renew.ts";
import { ask } from "./request.ts";
import { socketUrl } from "./socket.ts";

interface BlockStamp {
  number: number;
  hash: string;
  timestamp: number;
}

export interface Indexer {
  chainId: number;
  head: number | null;
  indexed: BlockStamp | null;
  finalBlock: number;
  finalityDepth: number;
  problem: string | null;
  endpoints: { endpoint: string; calls: number; failures: number; lastError: string | null }[];
}

export interface IndexedReorg {
  fromBlock: number;
  depth: number;
  oldHash: string;
  newHash: string;
  rowsUndone: number;
  seenAtMs: number;
}

interface Answer {
  indexerStatus: Indexer;
  reorgs: IndexedReorg[];
}

const STATUS = `query IndexerStatus {
  indexerStatus { chainId head finalBlock finalityDepth problem indexed { number hash timestamp }
    endpoints { endpoint calls failures lastError } }
  reorgs(limit: 20) { fromBlock depth oldHash newHash rowsUndone seenAtMs }
}`;
const KEY = ["indexer"];

/** How far the indexer's account of the chain goes. */
export function useIndexer() {
  const query = useQuery<Answer>({
    queryKey: KEY,
    queryFn: ({ signal }) => ask<Answer>(STATUS, {}, signal),
    refetchInterval: 5_000,
    retry: false,
  });
  return {
    status: query.data?.indexerStatus,
    reorgs: query.data?.reorgs,
    isSilent: query.isError || query.failureCount > 0,
    isPending: query.isPending,
  };
}

interface NetworkEvent {
  networkEvents: { block: BlockStamp; events: { name: string }[] };
}

const QUIET_MS = 10_000;

function noteBlock(queries: QueryClient, block: BlockStamp): void {
  queries.setQueryData<Answer>(KEY, (old) => {
    if (!old) return old;
    const { finalityDepth } = old.indexerStatus;
    const finalBlock = Math.max(0, block.number - finalityDepth);
    return { ...old, indexerStatus: { ...old.indexerStatus, indexed: block, finalBlock } };
  });
}

/** Listens to new blocks and renews what the indexer has answered before. */
export function useLiveIndexer(): void {
  const queries = useQueryClient();
  useEffect(() => {
    let stop: (() => void) | undefined;
    let isOver = false;
    let renewedAt = 0;
    const url = socketUrl();
    void import("graphql-ws").then(({ createClient }) => {
      if (isOver) return;
      const client = createClient({ url, retryAttempts: Number.POSITIVE_INFINITY, shouldRetry: () => true });
      const query = "subscription Live { networkEvents { block { number hash timestamp } events { name } } }";
      const end = client.subscribe<NetworkEvent>(
        { query },
        {
          next: ({ data }) => {
            if (!data) return;
            noteBlock(queries, data.networkEvents.block);
            if (data.networkEvents.events.length === 0 && Date.now() - renewedAt < QUIET_MS) return;
            renewedAt = Date.now();
            renew(queries, "graphql");
          },
          error: () => undefined,
          complete: () => undefined,
        },
      );
      stop = () => {
        end();
        void client.dispose();
      };
    });
    return () => {
      isOver = true;
      stop?.();
    };
  }, [queries]);
}
