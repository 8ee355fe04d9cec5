import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useConfig, useConnection } from "wagmi";
import { getConnectorClient } from "wagmi/actions";
import { useHead } from "../../chain/head.ts";
import { usePublicClient } from "../../chain/public-client.ts";
import { useContracts } from "../../chain/read.ts";
import { useIndexer } from "../../graphql/indexer.ts";
import { renew } from "../../renewal/renew.ts";
import { type Entry, isRunning } from "../machine.ts";
import { useBook } from "../store.ts";
import { observe } from "./track.ts";

const DEFAULT_FINALITY = 64;
const isFollowed = (entry: Entry, head: number, depth: number) =>
  (isRunning(entry) && entry.state !== "preflight" && entry.state !== "sign") ||
  (entry.state === "reverted" && head - (entry.block?.number ?? 0) < depth) ||
  (entry.state === "dropped" && head - (entry.sentAt ?? 0) < depth);

/** Looks after every sent action with each new block, until it is final. Shows nothing. */
export function Tracker() {
  const client = usePublicClient();
  const at = useContracts();
  const { address } = useConnection();
  const { head } = useHead();
  const { status } = useIndexer();
  const wagmi = useConfig();
  const book = useBook();
  const queries = useQueryClient();
  const isLooking = useRef(false);
  const indexed = status?.indexed?.number;
  const finalityDepth = status?.finalityDepth ?? DEFAULT_FINALITY;

  useEffect(() => {
    if (!head || !book || !address || isLooking.current) return;
    const progress = { head: Number(head.number), indexed, finalityDepth };
    const followed = book.all().filter((entry) => isFollowed(entry, progress.head, finalityDepth));
    if (followed.length === 0) return;
    isLooking.current = true;
    const look = async (entry: Entry) => {
      const happening = await observe(
        { client, at, account: address },
        () => getConnectorClient(wagmi),
        entry,
        progress,
      );
      if (!happening) return;
      const after = book.note(entry.id, happening);
      if (happening.type === "taken" && happening.by === "repriced") book.goOn(entry, happening.successor);
      if (after?.state === entry.state) return;
      renew(queries, happening.type === "indexed" ? "graphql" : "chain");
    };
    void Promise.allSettled(followed.map(look)).then(() => {
      isLooking.current = false;
    });
  }, [head, indexed, finalityDepth, book, address, client, at, wagmi, queries]);
  return null;
}
