import { type Client, type Hex, keccak256, stringToBytes, toHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { demoKeys } from "../../../shared/chain/demo.ts";
import { type Vote, voteDigest } from "../evidence/votes.ts";
import { headerRlp, isWhole, type RawBlock } from "./block-header.ts";

const HISTORY_KEYS = 60;
const isPrivateKey = (text: string): text is Hex => /^0x[0-9a-fA-F]{64}$/.test(text);

/** The public form of a pasted private key; undefined where it is none. */
export function publicOf(privateKey: string): Hex | undefined {
  if (!isPrivateKey(privateKey)) return undefined;
  try {
    return privateKeyToAccount(privateKey).address;
  } catch {
    return undefined;
  }
}

/** The private key behind a local validator's `publicKey`: made in this browser, or one of the told history. */
export function findKey(publicKey: string): Hex | undefined {
  const made = demoKeys.find(publicKey);
  if (made) return made;
  for (let index = 0; index < HISTORY_KEYS; index++) {
    const candidate = keccak256(stringToBytes(`local consensus key ${index}`));
    if (publicOf(candidate)?.toLowerCase() === publicKey.toLowerCase()) return candidate;
  }
  return undefined;
}

const ask = async (client: Client, method: string, params: unknown[]) =>
  (await client.request({ method, params } as never)) as unknown;

/**
 * Two votes of one key for the place of the newest block but one: one for the block, one for a block that does not
 * exist. The newest itself cannot be proved yet where a call is tried as if it were part of it.
 */
export async function signTwice(client: Client, privateKey: Hex, chainId: number, manager: Hex) {
  const newest = BigInt((await ask(client, "eth_blockNumber", [])) as Hex);
  const block = (await ask(client, "eth_getBlockByNumber", [toHex(newest - 1n), false])) as RawBlock;
  if (!isWhole(block)) throw new Error("the header cannot be rebuilt from the node's answer");
  const account = privateKeyToAccount(privateKey);
  const a: Vote = { chainId: BigInt(chainId), height: BigInt(block.number), round: 0, step: 1, blockHash: block.hash };
  const b: Vote = { ...a, blockHash: keccak256(block.hash) };
  const sign = (vote: Vote) => account.sign({ hash: voteDigest(vote, chainId, manager) });
  const [sigA, sigB] = await Promise.all([sign(a), sign(b)]);
  return { key: account.address, a, b, sigA, sigB, header: headerRlp(block), lowerAnchor: 0n, upperAnchor: 0n };
}
