import { createPublicClient, custom, type Hex, hashMessage, isErc6492Signature, recoverMessageAddress } from "viem";
import { verifyHash } from "viem/actions";
import { Problem } from "../../platform/http/problem.ts";

/** Asks a node of the configured chain; rejects if none answers in time. */
export type AskNode = (method: string, params: unknown[]) => Promise<unknown>;

/** What wallets need from a node: code and read-only calls, nothing that could be turned against it. */
const METHODS = new Set(["eth_call", "eth_getCode"]);

const unavailable = () =>
  new Problem(503, "SIGNATURE_CHECK_UNAVAILABLE", "the signature of a new wallet cannot be checked now; try again");

async function isRecovered(address: Hex, message: string, signature: Hex): Promise<boolean> {
  try {
    return (await recoverMessageAddress({ message, signature })).toLowerCase() === address.toLowerCase();
  } catch {
    return false;
  }
}

/**
 * Whether `signature` is `address`'s: wrapper of ERC-6492 first, then ERC-1271 if there is code, then the key itself.
 * @param isKnownKey The address signed in before and had no code; then no node is needed.
 * @throws {Problem} 503 if a node is needed and does not answer
 */
export async function isSignedBy(
  ask: AskNode,
  address: Hex,
  message: string,
  signature: Hex,
  isKnownKey: boolean,
): Promise<{ valid: boolean; isContract: boolean }> {
  const code = await ask("eth_getCode", [address, "latest"]).catch(() => undefined);
  if (code === undefined) {
    if (!isKnownKey) throw unavailable();
    return { valid: await isRecovered(address, message, signature), isContract: false };
  }
  // A key that delegates its account to code (EIP-7702) still signs as a key.
  const isContract = code !== "0x" && !String(code).startsWith("0xef0100");
  if (!isContract && !isErc6492Signature(signature)) {
    return { valid: await isRecovered(address, message, signature), isContract };
  }
  const request = ({ method, params }: { method: string; params?: unknown }) =>
    METHODS.has(method) ? ask(method, params as unknown[]) : Promise.reject(new Error(`${method} is not asked`));
  const client = createPublicClient({ transport: custom({ request }, { retryCount: 0 }) });
  let failed = false;
  const valid = await verifyHash(client, { address, hash: hashMessage(message), signature }).catch(() => {
    failed = true;
    return false;
  });
  if (failed) throw unavailable();
  return { valid, isContract };
}
