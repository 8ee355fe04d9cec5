import type { Deployment } from "@tburn/deployments";
import { auditAnchorAbi } from "@tburn/deployments/abi/audit-anchor";
import { createPublicClient, custom, fallback, hexToBytes, http, type PublicClient, type Transport } from "viem";
import type { AskNode } from "../../../platform/crypto/wallet/signature.ts";
import { FatalError } from "../../../platform/errors.ts";

/** Anchors per question; a node answers with some 150 kB. */
const PAGE = 500;

/** A stretch as the contract carries it. */
export interface Anchor {
  firstSeq: number;
  lastSeq: number;
  root: Buffer;
  head: Buffer;
  blockNumber: number;
}

/** The contract that carries our roots, seen through a node. */
export interface AnchorContract {
  client: PublicClient;
  address: `0x${string}`;
  chainId: number;
}

type Where = Pick<Deployment, "chainId"> & { contracts: Pick<Deployment["contracts"], "AuditAnchor"> };

const seenBy = (transport: Transport, { chainId, contracts }: Where): AnchorContract => ({
  client: createPublicClient({ transport, pollingInterval: 500, cacheTime: 0 }),
  address: contracts.AuditAnchor.address,
  chainId,
});

/** Through the nodes that the service knows; its own retries are enough. */
export const throughOurs = (ask: AskNode, where: Where): AnchorContract =>
  seenBy(custom({ request: ({ method, params }) => ask(method, params ?? []) }, { retryCount: 0 }), where);

/**
 * Through nodes of somebody's choice.
 * @throws {FatalError} `WRONG_CHAIN` if they serve another chain, `RPC_UNREACHABLE` if none answers
 */
export async function throughNodes(urls: string[], where: Where): Promise<AnchorContract> {
  const contract = seenBy(fallback(urls.map((url) => http(url))), where);
  const served = await contract.client.getChainId().catch(() => {
    throw new FatalError("RPC_UNREACHABLE", "no node answers; name one that does with --rpc");
  });
  if (served !== where.chainId) {
    throw new FatalError("WRONG_CHAIN", `the node serves chain ${served}, the deployment is of chain ${where.chainId}`);
  }
  return contract;
}

const bufferOf = (hex: `0x${string}`) => Buffer.from(hexToBytes(hex));

/** How far the chain is, and the last stretch that it carries; undefined before the first. */
export async function lastAnchor({ client, address }: AnchorContract): Promise<Anchor | undefined> {
  const at = { address, abi: auditAnchorAbi, blockNumber: await client.getBlockNumber() } as const;
  const count = await client.readContract({ ...at, functionName: "anchorCount" });
  if (count === 0n) return undefined;
  return anchorOf(await client.readContract({ ...at, functionName: "anchorByIndex", args: [count - 1n] }));
}

function anchorOf(told: {
  firstSeq: bigint;
  lastSeq: bigint;
  root: `0x${string}`;
  head: `0x${string}`;
  blockNumber: bigint;
}): Anchor {
  return {
    ...{ firstSeq: Number(told.firstSeq), lastSeq: Number(told.lastSeq), blockNumber: Number(told.blockNumber) },
    ...{ root: bufferOf(told.root), head: bufferOf(told.head) },
  };
}

/** Everything that the chain carries as of one block: a reorganisation between two questions would mix two chains. */
export async function allAnchors({ client, address }: AnchorContract): Promise<{ block: number; anchors: Anchor[] }> {
  const blockNumber = await client.getBlockNumber();
  const at = { address, abi: auditAnchorAbi, blockNumber, functionName: "anchors" } as const;
  const anchors: Anchor[] = [];
  for (;;) {
    const page = await client.readContract({ ...at, args: [BigInt(anchors.length), BigInt(PAGE)] });
    anchors.push(...page.map(anchorOf));
    if (page.length < PAGE) return { block: Number(blockNumber), anchors };
  }
}
