import { auditAnchorAbi } from "@tburn/deployments/abi/audit-anchor";
import type { Pool } from "pg";
import { BaseError, createWalletClient, custom, defineChain, type Hex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { transaction } from "../../../platform/db/pool.ts";
import { CodedError } from "../../../platform/errors.ts";
import { lockAnchoring } from "../repository/anchors.ts";
import { type Root, roots } from "../repository/trail.ts";
import { type Anchor, type AnchorContract, lastAnchor } from "./contract.ts";

/** Roots sent in one go: a run holds a connection, and a trail that waited for long has many. */
const RUN = 10;
/** How long a run waits for a block; the next one goes on from there. */
const PATIENCE_MS = 30_000;

const hex = (bytes: Buffer): Hex => `0x${bytes.toString("hex")}`;

/**
 * Roots that the chain does not carry yet, in order.
 * @throws {CodedError} `ANCHOR_DIFFERS` if the chain carries another trail than ours: nothing is built upon that
 */
function waiting(made: Root[], last: Anchor | undefined): Root[] {
  if (!last) return made;
  const ours = made.find(({ firstSeq }) => firstSeq === last.firstSeq);
  if (!ours || ours.lastSeq !== last.lastSeq || !ours.root.equals(last.root) || !ours.head.equals(last.head)) {
    throw new CodedError(
      "ANCHOR_DIFFERS",
      `the chain carries another root for ${last.firstSeq}–${last.lastSeq}; run audit verify --from-chain`,
    );
  }
  return made.filter(({ firstSeq }) => firstSeq > last.lastSeq);
}

/** Sends one root and waits for its block. @returns whether it came in time */
async function send(contract: AnchorContract, key: Hex, { firstSeq, lastSeq, root, head }: Root): Promise<boolean> {
  const { client, address, chainId } = contract;
  const account = privateKeyToAccount(key);
  const chain = defineChain({
    ...{ id: chainId, name: String(chainId), rpcUrls: { default: { http: [] } } },
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
  });
  const wallet = createWalletClient({ account, chain, transport: custom(client.transport, { retryCount: 0 }) });
  const [nonce, next] = await Promise.all([
    client.getTransactionCount({ address: account.address, blockTag: "latest" }),
    client.getTransactionCount({ address: account.address, blockTag: "pending" }),
  ]);
  // One that no block has taken is not queued behind but replaced, at twice the price: its number is used once only.
  const factor = next > nonce ? 2n : 1n;
  const { maxFeePerGas, maxPriorityFeePerGas } = await client.estimateFeesPerGas({ chain });
  const hash = await wallet.writeContract({
    ...{ address, abi: auditAnchorAbi, functionName: "anchor", nonce },
    args: [BigInt(firstSeq), BigInt(lastSeq), hex(root), hex(head)],
    ...{ maxFeePerGas: maxFeePerGas * factor, maxPriorityFeePerGas: maxPriorityFeePerGas * factor },
  });
  const receipt = await client.waitForTransactionReceipt({ hash, timeout: PATIENCE_MS }).catch(() => undefined);
  return receipt?.status === "success";
}

/**
 * Sends every signed root that the chain does not carry, one process at a time. Asks the contract alone how far it is, and
 * marks nothing: what a reorganisation drops is sent again, and what is anchored the mirror tells.
 * @returns how many came into a block
 * @throws {CodedError} `ANCHOR_DIFFERS`; `ANCHOR_UNSENT` if the chain refuses or does not answer
 */
export async function anchorRoots(pool: Pool, contract: AnchorContract, key: Hex): Promise<number> {
  return transaction(pool, async (sql) => {
    if (!(await lockAnchoring(sql))) return 0;
    try {
      const left = waiting(await roots(sql), await lastAnchor(contract)).slice(0, RUN);
      let sent = 0;
      for (const root of left) {
        if (!(await send(contract, key, root))) break;
        sent++;
      }
      return sent;
    } catch (error) {
      if (error instanceof CodedError && error.code === "ANCHOR_DIFFERS") throw error;
      const why = error instanceof BaseError ? error.shortMessage : error instanceof Error ? error.message : "";
      throw new CodedError("ANCHOR_UNSENT", `a root was not anchored, it will be tried again: ${why}`, {
        cause: error,
      });
    }
  });
}
