import type { Hex } from "../../../indexer/src/platform/chain/rpc.ts";
import type { Proof } from "../../../indexer/src/platform/chain/source.ts";
import type { Block, Chains, WireLog } from "./chain.ts";

export interface Question {
  id: number;
  method: string;
  params: unknown[];
}

export interface Reply {
  jsonrpc: "2.0";
  id: number;
  result?: unknown;
  error?: { code: number; message: string };
}

/** What goes wrong on the way; the engine must ask again. */
export const transportFaults = ["timeout", "busy", "reset", "truncated", "missing", "shuffled", "failing"] as const;
/** What a node says wrongly; each contradicts the block's own header, so that it can be found out. */
export const contentFaults = [
  "other-chain",
  "omitted",
  "orphan-logs",
  "unlinked",
  "cut-receipts",
  "one-by-one",
  "narrow",
  "blind",
] as const;
/** What only a receipts' root finds out: the filter of a block announces these, too. */
export const subtleFaults = ["some-omitted", "invented", "disguised"] as const;

export type TransportFault = (typeof transportFaults)[number];
export type ContentFault = (typeof contentFaults)[number] | (typeof subtleFaults)[number];
export type FaultKind = TransportFault | ContentFault;

export const isTransport = (kind: FaultKind): kind is TransportFault =>
  (transportFaults as readonly string[]).includes(kind);

/** Whether a fault has anything to say about a question. */
const about: Record<ContentFault, string> = {
  "other-chain": "eth_chainId",
  omitted: "eth_getLogs",
  "orphan-logs": "eth_getLogs",
  unlinked: "eth_getBlockByNumber",
  "cut-receipts": "eth_getBlockReceipts",
  "one-by-one": "eth_getBlockReceipts",
  narrow: "eth_getLogs",
  blind: "eth_getBlockByNumber",
  "some-omitted": "eth_getBlockReceipts",
  invented: "eth_getBlockReceipts",
  disguised: "eth_getBlockReceipts",
};

/** Whether a fault can matter: where receipts prove logs, nobody asks for these. */
export const isAsked = (kind: ContentFault, proof: Proof): boolean =>
  proof === "bloom" || about[kind] !== "eth_getLogs";

export const concerns = (kind: FaultKind, questions: Question[]): boolean =>
  isTransport(kind) || questions.some(({ method }) => method === about[kind]);

type Spoiler = (reply: Reply, question: Question, chains: Chains) => Reply;

const NARROW = 2;

/** Logs of other blocks of the same heights, as they were there. */
function strangers(logs: WireLog[], chains: Chains): WireLog[] {
  const heights = new Map(logs.map((log) => [Number(log.blockNumber), log.blockHash]));
  return [...heights].flatMap(([number, hash]) => chains.siblings(number, hash).at(-1)?.logs ?? []);
}

const withLogs = (reply: Reply, change: (logs: WireLog[]) => WireLog[]): Reply =>
  Array.isArray(reply.result) ? { ...reply, result: change(reply.result as WireLog[]) } : reply;

/** Receipts whose logs are others. */
const withReceivedLogs = (reply: Reply, change: (logs: WireLog[]) => WireLog[]): Reply => {
  if (!Array.isArray(reply.result)) return reply;
  const receipts = reply.result as { logs: WireLog[] }[];
  return { ...reply, result: receipts.map((receipt) => ({ ...receipt, logs: change(receipt.logs) })) };
};

const spoilers: Record<ContentFault, Spoiler> = {
  "other-chain": (reply) => ({ ...reply, result: "0x2a" }),
  omitted: (reply) =>
    withLogs(reply, (logs) => logs.filter(({ blockNumber }) => blockNumber !== logs.at(-1)?.blockNumber)),
  "some-omitted": (reply) => withReceivedLogs(reply, (logs) => logs.filter((_, i) => i % 3 !== 1)),
  invented: (reply) =>
    withReceivedLogs(reply, (logs) => [
      ...logs,
      ...logs.slice(-1).map((log) => ({ ...log, logIndex: "0x3e7" as Hex })),
    ]),
  "orphan-logs": (reply, _question, chains) =>
    withLogs(reply, (logs) => {
      const foreign = strangers(logs, chains);
      return foreign.length > 0 ? foreign : logs.map((log) => ({ ...log, blockHash: `0x${"ab".repeat(32)}` }));
    }),
  disguised: (reply, _question, chains) =>
    withReceivedLogs(reply, (logs) => {
      const hashes = new Map(logs.map((log) => [log.blockNumber, log.blockHash]));
      const foreign = strangers(logs, chains);
      return foreign.map((log) => ({ ...log, blockHash: hashes.get(log.blockNumber) ?? log.blockHash }));
    }),
  unlinked: (reply, question, chains) => {
    const block = reply.result as Block["header"] | null;
    if (!block || question.params[0] === "latest") return reply;
    const other = chains.siblings(Number(block.number), block.hash as Hex).at(-1);
    return { ...reply, result: other?.header ?? null };
  },
  blind: (reply) => ({ ...reply, result: null }),
  "cut-receipts": (reply) => (Array.isArray(reply.result) ? { ...reply, result: reply.result.slice(1) } : reply),
  "one-by-one": ({ id }) => ({ jsonrpc: "2.0", id, error: { code: -32_601, message: "the method does not exist" } }),
  narrow: (reply, { params }) => {
    const [filter] = params as [{ fromBlock: Hex; toBlock: Hex }];
    if (Number(filter.toBlock) - Number(filter.fromBlock) < NARROW) return reply;
    return { jsonrpc: "2.0", id: reply.id, error: { code: -32_005, message: `query exceeds max range ${NARROW}` } };
  },
};

/** What a node that lies so says instead. */
export const spoiled = (kind: ContentFault, reply: Reply, question: Question, chains: Chains): Reply =>
  question.method === about[kind] ? spoilers[kind](reply, question, chains) : reply;
