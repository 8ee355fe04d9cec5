import { type Address, createPublicClient, custom, type Hex, isErc6492Signature, recoverAddress } from "viem";
import { verifyHash } from "viem/actions";
import { CodedError } from "../../errors.ts";

/** Asks a node of the configured chain; rejects if none answers in time. */
export type AskNode = (method: string, params: unknown[]) => Promise<unknown>;

/** A node is needed to judge a signature, and none answers: nothing is known of it. */
export class SignatureUnjudged extends CodedError {
  constructor() {
    super("SIGNATURE_CHECK_UNAVAILABLE", "the signature cannot be checked now; try again");
  }
}

export interface Judgement {
  valid: boolean;
  isContract: boolean;
}

/** What judging needs from a node: code and read-only calls, nothing that could be turned against it. */
const METHODS = new Set(["eth_call", "eth_getCode"]);

async function isRecovered(address: Address, hash: Hex, signature: Hex): Promise<boolean> {
  try {
    return (await recoverAddress({ hash, signature })).toLowerCase() === address.toLowerCase();
  } catch {
    return false;
  }
}

/**
 * Whether `signature` of `hash` is `address`'s: the wrapper of ERC-6492 first, then ERC-1271 if there is code, then the key
 * itself.
 * @param isKnownKey The address signed before and had no code: then no node is needed.
 * @throws {SignatureUnjudged} if a node is needed and does not answer
 */
export async function judgeSignature(
  ask: AskNode,
  address: Address,
  hash: Hex,
  signature: Hex,
  isKnownKey = false,
): Promise<Judgement> {
  const code = await ask("eth_getCode", [address, "latest"]).catch(() => undefined);
  if (code === undefined) {
    if (!isKnownKey) throw new SignatureUnjudged();
    return { valid: await isRecovered(address, hash, signature), isContract: false };
  }
  // A key that delegates its account to code (EIP-7702) still signs as a key.
  const isContract = code !== "0x" && !String(code).startsWith("0xef0100");
  if (!isContract && !isErc6492Signature(signature)) {
    return { valid: await isRecovered(address, hash, signature), isContract };
  }
  const request = ({ method, params }: { method: string; params?: unknown }) =>
    METHODS.has(method) ? ask(method, params as unknown[]) : Promise.reject(new Error(`${method} is not asked`));
  const client = createPublicClient({ transport: custom({ request }, { retryCount: 0 }) });
  try {
    return { valid: await verifyHash(client, { address, hash, signature }), isContract };
  } catch {
    throw new SignatureUnjudged();
  }
}
