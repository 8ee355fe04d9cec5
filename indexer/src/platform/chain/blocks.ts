import { type Call, type Hex, type Rpc, RpcError } from "./rpc.ts";

/** What projections and links need to know of a block. */
export interface BlockHead {
  number: number;
  hash: Hex;
  parentHash: Hex;
  timestamp: number;
}

/** A block's header, numbers decoded. */
export interface Header extends BlockHead {
  logsBloom: Hex;
  receiptsRoot: Hex;
}

export interface RawLog {
  address: Hex;
  topics: Hex[];
  data: Hex;
  blockNumber: number;
  blockHash: Hex;
  logIndex: number;
  /** Null where it is not known. */
  transactionIndex: number | null;
  transactionHash: Hex;
}

type RawHeader = { [K in keyof Header]: Hex };
export type RawWireLog = { [K in keyof RawLog]: K extends "topics" ? Hex[] : Hex };

const hex = (value: number): Hex => `0x${value.toString(16)}`;

const header = (block: unknown): Header => {
  const raw = block as RawHeader;
  return {
    number: Number(raw.number),
    hash: raw.hash,
    parentHash: raw.parentHash,
    timestamp: Number(raw.timestamp),
    logsBloom: raw.logsBloom,
    receiptsRoot: raw.receiptsRoot,
  };
};

/** Header of the newest block. */
export async function newestHeader(rpc: Rpc): Promise<Header> {
  const call: Call = ["eth_getBlockByNumber", ["latest", false]];
  const { value } = await rpc.ask([call], ([block], endpoint) => {
    if (!block) throw new RpcError("RPC_FAILED", `${endpoint} knows no newest block`);
    return header(block);
  });
  return value;
}

/**
 * Headers of blocks `from` to `to`, each undefined above the head, as one endpoint sees them.
 * @throws {RpcError} `RPC_UNLINKED` if they do not link, `RPC_BLOCK_MISSING` if one below another is missing.
 */
export async function headersOf(rpc: Rpc, from: number, to: number): Promise<(Header | undefined)[]> {
  const calls = Array.from({ length: to - from + 1 }, (_, i): Call => ["eth_getBlockByNumber", [hex(from + i), false]]);
  const { value } = await rpc.ask(calls, (blocks, endpoint) => {
    const height = blocks.findLastIndex((block) => block !== null) + 1;
    return [...linked(blocks.slice(0, height), from, endpoint), ...Array<undefined>(blocks.length - height)];
  });
  return value;
}

/** What each endpoint has at a height: undefined if it has nothing there or does not answer. */
export async function hashesAt(rpc: Rpc, number: number): Promise<{ endpoint: string; hash: Hex | undefined }[]> {
  const answers = await rpc.askEach([["eth_getBlockByNumber", [hex(number), false]]]);
  return answers.map(({ endpoint, results }) => {
    const [block] = results ?? [];
    return { endpoint, hash: block ? header(block).hash : undefined };
  });
}

/**
 * Logs of `addresses` in blocks in a row, as one endpoint sees them.
 * @throws {RpcError} `RPC_LOGS_FOREIGN` if a log is of another block.
 */
export function logsOf(rpc: Rpc, headers: Header[], addresses: Hex[]): Promise<{ value: RawLog[]; endpoint: string }> {
  const [fromBlock, toBlock] = [headers[0]?.number ?? 0, headers.at(-1)?.number ?? 0].map(hex);
  return rpc.ask([["eth_getLogs", [{ fromBlock, toBlock, address: addresses }]]], ([raw], endpoint) =>
    checkedLogs(raw as RawWireLog[], headers, endpoint),
  );
}

function linked(blocks: unknown[], from: number, endpoint: string): Header[] {
  const headers = blocks.map((block, i) => {
    if (!block) throw new RpcError("RPC_BLOCK_MISSING", `${endpoint} does not know block ${from + i} yet`);
    return header(block);
  });
  headers.forEach((block, i) => {
    if (block.number !== from + i)
      throw new RpcError("RPC_UNLINKED", `${endpoint} gave block ${block.number} for ${from + i}`);
    const parent = headers[i - 1];
    // Also what a reorganisation in the midst of the answer looks like; asking again tells them apart.
    if (parent && parent.hash !== block.parentHash)
      throw new RpcError("RPC_UNLINKED", `${endpoint}: block ${block.number} does not follow ${parent.hash}`);
  });
  return headers;
}

/** Logs decoded and in order, each of one of the blocks. @throws {RpcError} `RPC_LOGS_FOREIGN` */
export function checkedLogs(raw: RawWireLog[], headers: Header[], endpoint: string): RawLog[] {
  const hashes = new Map(headers.map((block) => [block.number, block.hash]));
  const logs = raw.map((log) => ({
    address: log.address.toLowerCase() as Hex,
    topics: log.topics,
    data: log.data,
    blockNumber: Number(log.blockNumber),
    blockHash: log.blockHash,
    logIndex: Number(log.logIndex),
    // Some nodes leave it out.
    transactionIndex: log.transactionIndex == null ? null : Number(log.transactionIndex),
    transactionHash: log.transactionHash,
  }));
  for (const log of logs) {
    if (hashes.get(log.blockNumber) !== log.blockHash) {
      throw new RpcError(
        "RPC_LOGS_FOREIGN",
        `${endpoint}: a log of block ${log.blockNumber} belongs to ${log.blockHash}`,
      );
    }
  }
  return logs.sort((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex);
}
