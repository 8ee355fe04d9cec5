import { CodedError } from "../errors.ts";

export type Hex = `0x${string}`;

/** A block's header, numbers decoded. */
export interface Header {
  number: number;
  hash: Hex;
  parentHash: Hex;
  timestamp: number;
  logsBloom: Hex;
}

export interface RawLog {
  address: Hex;
  topics: Hex[];
  data: Hex;
  blockNumber: number;
  blockHash: Hex;
  logIndex: number;
  transactionHash: Hex;
}

/** What one endpoint has done so far. */
export interface EndpointHealth {
  endpoint: string;
  calls: number;
  failures: number;
  lastError: string | undefined;
}

interface Answer {
  id: number;
  result?: unknown;
  error?: { code: number; message: string };
}

const TIMEOUT_MS = 15_000;
const ATTEMPTS = 6;
const COOL_DOWN_MS = 2_000;

/** An endpoint refused, failed or lied; another one may answer. */
export class RpcError extends CodedError {}

/** Several endpoints of one chain as one: batches, retries with jitter, and turns to the next when one fails. */
export class Rpc {
  readonly #urls: string[];
  readonly #health: (EndpointHealth & { restUntil: number })[];
  #next = 1;

  constructor(urls: string[]) {
    this.#urls = urls;
    this.#health = urls.map((url) => ({
      endpoint: new URL(url).host,
      calls: 0,
      failures: 0,
      lastError: undefined,
      restUntil: 0,
    }));
  }

  health(): EndpointHealth[] {
    return this.#health.map(({ restUntil: _, ...health }) => health);
  }

  /** Blames the endpoint that answered last, so that the next question goes elsewhere. */
  blame(error: Error, index: number): void {
    const health = this.#health[index];
    if (!health) return;
    health.failures++;
    health.lastError = error.message;
    health.restUntil = Date.now() + COOL_DOWN_MS;
  }

  /**
   * Asks several questions at once; `check` may reject what an endpoint answers.
   * @throws {RpcError} after the last attempt, with the last problem.
   */
  async ask<T>(calls: [method: string, params: unknown[]][], check: (results: unknown[]) => T): Promise<T> {
    let last: unknown;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const index = this.#pick(attempt);
      try {
        return check(await this.#post(index, calls));
      } catch (error) {
        last = error;
        this.blame(error instanceof Error ? error : new Error(String(error)), index);
        // Ranges that are too large do not get better by asking again.
        if (error instanceof RpcError && error.code === "RPC_RANGE_TOO_LARGE") throw error;
        const pause = 50 * 2 ** attempt;
        await new Promise((resolve) => setTimeout(resolve, pause / 2 + Math.random() * pause));
      }
    }
    throw last;
  }

  #pick(attempt: number): number {
    const now = Date.now();
    const healthy = this.#health.findIndex((health) => health.restUntil <= now);
    return healthy >= 0 ? healthy : attempt % this.#urls.length;
  }

  async #post(index: number, calls: [string, unknown[]][]): Promise<unknown[]> {
    const health = this.#health[index];
    if (health) health.calls += calls.length;
    const first = this.#next;
    this.#next += calls.length;
    const body = calls.map(([method, params], i) => ({ jsonrpc: "2.0", id: first + i, method, params }));
    const response = await fetch(this.#urls[index] ?? "", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new RpcError("RPC_HTTP", `${health?.endpoint} answered ${response.status}`);
    const answers = (await response.json()) as Answer[];
    const byId = new Map(answers.map((answer) => [answer.id, answer]));
    return calls.map(([method], i) => {
      const answer = byId.get(first + i);
      if (!answer || answer.error || answer.result === undefined) {
        const why = answer?.error?.message ?? "no answer";
        const tooLarge = method === "eth_getLogs" && /range|limit|too many|more than|exceed/i.test(why);
        throw new RpcError(tooLarge ? "RPC_RANGE_TOO_LARGE" : "RPC_FAILED", `${health?.endpoint} ${method}: ${why}`);
      }
      return answer.result;
    });
  }
}

const hex = (value: number): Hex => `0x${value.toString(16)}`;

interface RawBlock {
  number: Hex;
  hash: Hex;
  parentHash: Hex;
  timestamp: Hex;
  logsBloom: Hex;
}

const header = (block: RawBlock): Header => ({
  number: Number(block.number),
  hash: block.hash,
  parentHash: block.parentHash,
  timestamp: Number(block.timestamp),
  logsBloom: block.logsBloom,
});

/** Header of a block by number or tag; undefined above the head. */
export async function blockHeader(rpc: Rpc, at: number | "latest"): Promise<Header | undefined> {
  return rpc.ask([["eth_getBlockByNumber", [at === "latest" ? at : hex(at), false]]], ([block]) =>
    block ? header(block as RawBlock) : undefined,
  );
}

/** Chain id of the endpoints. @throws {RpcError} if any of them is of another chain. */
export async function chainIdOf(rpc: Rpc): Promise<number> {
  return rpc.ask([["eth_chainId", []]], ([id]) => Number(id));
}

/**
 * Headers and our contracts' logs of blocks `from` to `to`, in one batch, as one endpoint sees them.
 * @throws {RpcError} `RPC_UNLINKED` if the headers do not link, `RPC_LOGS_FOREIGN` if a log is of another block.
 */
export async function blockRange(
  rpc: Rpc,
  from: number,
  to: number,
  addresses: Hex[],
): Promise<{ headers: Header[]; logs: RawLog[] }> {
  const numbers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const calls: [string, unknown[]][] = [
    ["eth_getLogs", [{ fromBlock: hex(from), toBlock: hex(to), address: addresses }]],
    ...numbers.map((number): [string, unknown[]] => ["eth_getBlockByNumber", [hex(number), false]]),
  ];
  return rpc.ask(calls, ([rawLogs, ...blocks]) => {
    const headers = blocks.map((block, i) => {
      if (!block) throw new RpcError("RPC_BLOCK_MISSING", `block ${from + i} is not there yet`);
      return header(block as RawBlock);
    });
    headers.forEach((block, i) => {
      const parent = headers[i - 1];
      if (parent && parent.hash !== block.parentHash)
        throw new RpcError("RPC_UNLINKED", `block ${block.number} does not follow ${parent.hash}`);
    });
    return { headers, logs: checkedLogs(rawLogs, headers) };
  });
}

function checkedLogs(raw: unknown, headers: Header[]): RawLog[] {
  const hashes = new Map(headers.map((block) => [block.number, block.hash]));
  const logs = (raw as (Omit<RawLog, "blockNumber" | "logIndex"> & { blockNumber: Hex; logIndex: Hex })[]).map(
    (log) => ({
      ...log,
      address: log.address.toLowerCase() as Hex,
      blockNumber: Number(log.blockNumber),
      logIndex: Number(log.logIndex),
    }),
  );
  for (const log of logs) {
    if (hashes.get(log.blockNumber) !== log.blockHash) {
      throw new RpcError("RPC_LOGS_FOREIGN", `a log of block ${log.blockNumber} belongs to ${log.blockHash}`);
    }
  }
  return logs.sort((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex);
}

/** Logs of one block from its receipts: slower than `eth_getLogs`, and independent of its index. */
export async function receiptLogs(rpc: Rpc, block: Header, addresses: Set<string>): Promise<RawLog[]> {
  return rpc.ask([["eth_getBlockReceipts", [hex(block.number)]]], ([receipts]) => {
    const logs = (receipts as { logs: unknown[] }[]).flatMap((receipt) => receipt.logs);
    return checkedLogs(logs, [block]).filter((log) => addresses.has(log.address));
  });
}
