import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useConfig, useConnection } from "wagmi";
import { getConnectorClient } from "wagmi/actions";
import { useChain } from "../chain/context.ts";
import { usePublicClient } from "../chain/public-client.ts";
import { useContracts } from "../chain/read.ts";
import { renew } from "../renewal/renew.ts";
import type { Action } from "./define.ts";
import { type Entry, isRunning } from "./machine.ts";
import { perform } from "./sending/perform.ts";
import { useBook, useEntries } from "./store.ts";

/** Starts an action and tells how far it has got. `isBusy` while the wallet is asked, so that nothing is sent twice. */
export function useAction<Input>(action: Action<Input>) {
  const wagmi = useConfig();
  const { address } = useConnection();
  const { config, client: raw, deployment } = useChain();
  const client = usePublicClient();
  const at = useContracts();
  const book = useBook();
  const queries = useQueryClient();
  const entries = useEntries(book);
  const [startedId, setStartedId] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  const run = useCallback(
    async (input: Input): Promise<Entry | undefined> => {
      if (!address || !book) return undefined;
      setBusy(true);
      try {
        const wallet = await getConnectorClient(wagmi, { chainId: config.chainId });
        const entry = await perform(action, input, {
          client,
          raw,
          at,
          deployment,
          account: address,
          wallet,
          chainId: config.chainId,
          book,
        });
        setStartedId(entry?.id);
        renew(queries, "chain");
        return entry;
      } finally {
        setBusy(false);
      }
    },
    [action, address, at, book, client, config.chainId, deployment, queries, raw, wagmi],
  );

  const entry = entries.find(({ id }) => id === startedId);
  return { run, isBusy, entry, isRunning: entry !== undefined && isRunning(entry) };
}
