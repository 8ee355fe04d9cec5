import { type Client, type Hex, toHex } from "viem";
import { headerRlp, isWhole, type RawBlock } from "./block-header.ts";
import type { Vote } from "./votes.ts";

/** Two votes of one key, each with its signature. */
export interface SignedPair {
  key: Hex;
  a: Vote;
  b: Vote;
  sigA: Hex;
  sigB: Hex;
}

/** Asks the node for a block as it stands in the protocol, with all fields of its header. */
export const rawBlock = async (node: Client, height: bigint): Promise<RawBlock> =>
  (await node.request({ method: "eth_getBlockByNumber", params: [toHex(height), false] } as never)) as RawBlock;

/**
 * What `SlashingManager.submitDoubleSign` takes: the pair with the header of the block at its height.
 * @throws if the node's answer does not give the header that the chain has hashed.
 */
export async function provable(node: Client, { key, a, b, sigA, sigB }: SignedPair) {
  const block = await rawBlock(node, a.height);
  if (!isWhole(block)) throw new Error("the header cannot be rebuilt from the node's answer");
  return { key, a, b, sigA, sigB, header: headerRlp(block), lowerAnchor: 0n, upperAnchor: 0n };
}
