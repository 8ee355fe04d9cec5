import { auditAnchorAbi } from "@tburn/deployments/abi/audit-anchor";
import type { ChainClient } from "../../../shared/chain/public-client.ts";

/** Anchors per question; a node answers with some 150 kB. */
const PAGE = 500n;

/** A stretch of the trail as the contract carries it. */
export interface Anchor {
  firstSeq: number;
  lastSeq: number;
  root: string;
  head: string;
  blockNumber: number;
  /** Unix seconds. */
  anchoredAt: number;
}

export interface Anchors {
  /** Block as of which all of them are. */
  block: number;
  anchors: Anchor[];
}

/** Reads every anchor from the contract as of one block; nothing of it comes from our servers. */
export async function anchorsAt(client: ChainClient, address: `0x${string}`): Promise<Anchors> {
  const blockNumber = await client.getBlockNumber();
  const at = { address, abi: auditAnchorAbi, functionName: "anchors", blockNumber } as const;
  const anchors: Anchor[] = [];
  for (;;) {
    const page = await client.readContract({ ...at, args: [BigInt(anchors.length), PAGE] });
    anchors.push(
      ...page.map((told) => ({
        ...{ firstSeq: Number(told.firstSeq), lastSeq: Number(told.lastSeq), root: told.root, head: told.head },
        ...{ blockNumber: Number(told.blockNumber), anchoredAt: told.anchoredAt },
      })),
    );
    if (page.length < Number(PAGE)) return { block: Number(blockNumber), anchors };
  }
}
