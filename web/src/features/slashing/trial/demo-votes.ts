import { type Client, type Hex, keccak256, stringToBytes } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { getBlockNumber } from "viem/actions";
import { demoKeys } from "../../../shared/chain/demo.ts";
import { rawBlock, type SignedPair } from "../evidence/provable.ts";
import { type Vote, voteDigest } from "../evidence/votes.ts";

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

/**
 * Two votes of one key for the place of the newest block but one: one for the block, one for a block that does not
 * exist. The newest itself cannot be proved yet where a call is tried as if it were part of it.
 */
export async function signTwice(node: Client, privateKey: Hex, chainId: number, manager: Hex): Promise<SignedPair> {
  const height = (await getBlockNumber(node)) - 1n;
  const { hash } = await rawBlock(node, height);
  const account = privateKeyToAccount(privateKey);
  const a: Vote = { chainId: BigInt(chainId), height, round: 0, step: 1, blockHash: hash };
  const b: Vote = { ...a, blockHash: keccak256(hash) };
  const sign = (vote: Vote) => account.sign({ hash: voteDigest(vote, chainId, manager) });
  const [sigA, sigB] = await Promise.all([sign(a), sign(b)]);
  return { key: account.address, a, b, sigA, sigB };
}

/** Both votes as nodes hand them to the reporter, and as anybody can bring them in. */
export function writeVotes({ key, a, b, sigA, sigB }: SignedPair): string {
  const written = ({ height, round, step, blockHash }: Vote, signature: Hex) => ({
    ...{ key, height: Number(height), round, step, blockHash, signature },
  });
  return JSON.stringify({ votes: [written(a, sigA), written(b, sigB)] });
}
