import { type Client, type Hex, parseEventLogs, type TransactionReceipt } from "viem";
import { getCallsStatus } from "viem/actions";
import type { Scene } from "../define.ts";
import type { Entry, Found, Happening } from "../machine.ts";
import { toRefusal } from "../revert.ts";
import { type Evidence, judge } from "./judge.ts";

/** Where sent actions are looked for. */
type Watched = Omit<Scene, "deployment">;

export interface Progress {
  head: number;
  indexed: number | undefined;
  finalityDepth: number;
}

const SEARCHED_BLOCKS = 60;
/** Since when an entry's transaction could not be found. */
const missingSince = new Map<string, number>();

function missingFor(id: string, isMissing: boolean): number {
  if (!isMissing) missingSince.delete(id);
  else if (!missingSince.has(id)) missingSince.set(id, Date.now());
  return isMissing ? Date.now() - (missingSince.get(id) ?? 0) : 0;
}

/** Positions and requests that a receipt speaks of. */
function foundIn({ at }: Watched, receipt: TransactionReceipt): Found {
  const events = parseEventLogs({ abi: at.core.abi, logs: receipt.logs });
  const found: Found = { positions: [], requests: [] };
  for (const { eventName, args } of events) {
    if (eventName === "StakeDelegated") found.positions.push(String(args.positionId));
    if (eventName === "Redelegated") found.positions.push(String(args.newPositionId));
    if (eventName === "TokensUnstaked") found.requests.push(String(args.requestId));
  }
  return found;
}

/** Asks the node again what the failed call was refused with. */
async function reason({ client }: Watched, hash: Hex) {
  try {
    const tx = await client.getTransaction({ hash });
    const blockNumber = (tx.blockNumber ?? 1n) - 1n;
    await client.call({ account: tx.from, to: tx.to, data: tx.input, value: tx.value, blockNumber });
    return { name: "unknown", values: { reason: { kind: "text" as const, raw: hash } } };
  } catch (error) {
    return toRefusal(error);
  }
}

/** The mined transaction that used the same nonce. */
async function successorOf({ client, account }: Watched, entry: Entry, head: number): Promise<Evidence["successor"]> {
  const first = Math.max(entry.sentAt ?? head, head - SEARCHED_BLOCKS);
  for (let number = head; number >= first; number--) {
    const block = await client.getBlock({ blockNumber: BigInt(number), includeTransactions: true });
    const tx = block.transactions.find(
      (one) => one.from.toLowerCase() === account.toLowerCase() && one.nonce === entry.nonce,
    );
    if (!tx || tx.hash === entry.hash) continue;
    const old = entry.content;
    const isSame = old !== undefined && tx.to?.toLowerCase() === old.to && tx.input === old.data;
    return { hash: tx.hash, isSame, isEmpty: tx.to?.toLowerCase() === account.toLowerCase() && tx.input === "0x" };
  }
  return undefined;
}

/** Undefined for what the node does not know; a node that does not answer has said nothing, and must not end a search. */
async function unlessUnknown<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && /^Transaction(Receipt)?NotFoundError$/.test(error.name)) return undefined;
    throw error;
  }
}

async function observeSent(scene: Watched, entry: Entry, progress: Progress): Promise<Happening | undefined> {
  const hash = entry.hash as Hex;
  const { client, account } = scene;
  const receipt = await unlessUnknown(client.getTransactionReceipt({ hash }));
  const tx = receipt ? undefined : await unlessUnknown(client.getTransaction({ hash }));
  const minedNonce = receipt ? undefined : await client.getTransactionCount({ address: account });
  const isPassed = !receipt && entry.nonce !== undefined && minedNonce !== undefined && minedNonce > entry.nonce;
  const happening = judge(entry, {
    ...progress,
    receipt: receipt && {
      number: Number(receipt.blockNumber),
      hash: receipt.blockHash,
      hasFailed: receipt.status === "reverted",
    },
    isKnown: tx !== undefined,
    nonce: tx?.nonce,
    minedNonce,
    successor: isPassed && !entry.block ? await successorOf(scene, entry, progress.head) : undefined,
    missingMs: missingFor(entry.id, !receipt && !tx),
  });
  if (happening?.type === "seen" && tx)
    return { ...happening, content: { to: tx.to?.toLowerCase() ?? "", data: tx.input } };
  if (happening?.type === "included" && receipt) return { ...happening, found: foundIn(scene, receipt) };
  if (happening?.type === "reverted") return { ...happening, refusal: await reason(scene, hash) };
  return happening;
}

async function observeCalls(scene: Watched, wallet: Client, entry: Entry): Promise<Happening | undefined> {
  const { status, receipts = [] } = await getCallsStatus(wallet, { id: entry.callsId ?? "" });
  const last = receipts.at(-1);
  if (status === "failure" && !last) return { type: "dropped" };
  if (!last) return undefined;
  const receipt = await scene.client.getTransactionReceipt({ hash: last.transactionHash });
  const block = { number: Number(receipt.blockNumber), hash: receipt.blockHash };
  const { transactionHash: hash } = receipt;
  if (receipt.status === "reverted") return { type: "reverted", block, hash, refusal: await reason(scene, hash) };
  return { type: "included", block, hash, found: foundIn(scene, receipt) };
}

/** What has happened to a sent action since it was last looked at. */
export async function observe(
  scene: Watched,
  wallet: () => Promise<Client>,
  entry: Entry,
  progress: Progress,
): Promise<Happening | undefined> {
  if (entry.state === "waiting") return observeCalls(scene, await wallet(), entry);
  return entry.hash ? observeSent(scene, entry, progress) : undefined;
}
