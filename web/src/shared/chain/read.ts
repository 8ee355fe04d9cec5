import { useQuery } from "@tanstack/react-query";
import type { Deployment } from "@tburn/deployments";
import { useMemo } from "react";
import { useChain } from "./context.ts";
import { type Contracts, contractsOf } from "./contracts.ts";
import { useHead } from "./head.ts";
import { type ChainClient, usePublicClient } from "./public-client.ts";

export interface Reader {
  client: ChainClient;
  at: Contracts;
  deployment: Deployment;
}

/** Keys are written as JSON, which knows no bigint. */
const writable = (part: unknown) => (typeof part === "bigint" ? `${part}n` : part);

export function useContracts(): Contracts {
  const { deployment } = useChain();
  return useMemo(() => contractsOf(deployment), [deployment]);
}

/** Reads contracts and keeps the answer as fresh as the newest block. `block` is where the answer comes from. */
export function useChainRead<T>(
  key: readonly unknown[],
  read: (reader: Reader) => Promise<T>,
  options: { enabled?: boolean } = {},
) {
  const { config, deployment } = useChain();
  const client = usePublicClient();
  const { head } = useHead();
  const at = useContracts();
  const isEnabled = (options.enabled ?? true) && head !== undefined;
  const query = useQuery({
    queryKey: ["chain", config.chainId, ...key.map(writable)],
    queryFn: async () => ({ value: await read({ client, at, deployment }), block: head?.number ?? 0n }),
    // Danger: what is not asked for any more would be shown for ever as it was last.
    placeholderData: (previous) => (isEnabled ? previous : undefined),
    enabled: isEnabled,
    retry: 1,
  });
  return {
    data: query.data?.value,
    block: query.data?.block,
    error: query.error,
    isPending: query.isPending,
    refetch: query.refetch,
  };
}
