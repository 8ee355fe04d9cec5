import { Rpc } from "../../chain/rpc.ts";
import type { AskNode } from "./signature.ts";

/** How long somebody in front of a screen waits for a node. */
const PATIENCE_MS = 3_000;

/** Asks the nodes of a chain on behalf of somebody who waits: late is as good as never. */
export function nodeOf(urls: string[], chainId: number): AskNode {
  const rpc = new Rpc(urls, chainId);
  return async (method, params) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error("no node answered in time")), PATIENCE_MS);
    });
    const asked = rpc.ask([[method, params]], ([result]) => result).then(({ value }) => value);
    return Promise.race([asked, late]).finally(() => clearTimeout(timer));
  };
}
