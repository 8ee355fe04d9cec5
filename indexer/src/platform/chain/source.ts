import { type BlockHead, blockRange, type Header, newestHeader, type Range, type RawLog } from "./blocks.ts";
import { mayContain } from "./proof/bloom.ts";
import { provenLogs, sameLogs } from "./proof/receipts.ts";
import { type Hex, type Rpc, RpcError, RpcLie } from "./rpc.ts";

const LARGEST_RANGE = 128;
/** Blocks of the first range, of which nothing is known yet. */
const FIRST_RANGE = 16;
/** Logs that a batch should not pass by much: it is held in memory and written in one transaction. */
const WANTED_LOGS = 5_000;

/** How an answer's logs are held against the block's header. */
export type Proof = "bloom" | "receipts";

export interface SourceOptions {
  rpc: Rpc;
  addresses: Hex[];
  /** First topics of our events. */
  topics: Hex[];
  proof: Proof;
}

/** Blocks in a row with all their logs. */
export interface Page {
  headers: BlockHead[];
  logs: RawLog[];
}

export interface Batch extends Page {
  /** Number of the newest block of whoever told them: another node's may be of another chain, and make nothing final. */
  height: number;
}

/** Where blocks come from. */
export interface Blocks {
  newest(): Promise<BlockHead>;
  /** The blocks from `from`, as many as go at once but not above `head`; undefined if it has to be asked again. */
  take(from: number, head: number): Promise<Batch | undefined>;
  /** Forgets what was read ahead. */
  forget(): void;
}

interface Ahead {
  from: number;
  batch: Promise<Batch | undefined>;
}

/** As many blocks as hold the wanted logs if they are like these, but at most twice as many as these. */
export function nextRange({ headers, logs }: Batch): number {
  const wanted = Math.round((headers.length * WANTED_LOGS) / Math.max(1, logs.length));
  return Math.max(1, Math.min(LARGEST_RANGE, wanted, headers.length * 2));
}

/** Blocks in ranges that adapt to what the endpoints allow, read one range ahead, with logs that are complete. */
export class Source implements Blocks {
  readonly #o: SourceOptions;
  readonly #addresses: Set<string>;
  #range = FIRST_RANGE;
  #ahead: Ahead | undefined;

  constructor(options: SourceOptions) {
    this.#o = options;
    this.#addresses = new Set(options.addresses);
  }

  newest(): Promise<BlockHead> {
    return newestHeader(this.#o.rpc);
  }

  /** Forgets what was read ahead: the chain is another one now. */
  forget(): void {
    this.#ahead = undefined;
  }

  /**
   * The blocks from `from`, as many as go at once but not above `head`.
   * @returns undefined if the endpoints refused a range; the next one is smaller.
   * @throws {RpcError} if not even one block can be had.
   */
  async take(from: number, head: number): Promise<Batch | undefined> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    const batch = ahead?.from === from ? await ahead.batch : await this.#fetch(from, head);
    const last = batch?.headers.at(-1)?.number;
    if (last !== undefined && last < head) {
      const next = this.#fetch(last + 1, head);
      // Reported when it is taken.
      next.catch(() => undefined);
      this.#ahead = { from: last + 1, batch: next };
    }
    return batch;
  }

  async #fetch(from: number, head: number): Promise<Batch | undefined> {
    const to = Math.min(head, from + this.#range - 1);
    try {
      const range = await blockRange(this.#o.rpc, from, to, this.#o.addresses);
      const batch = { headers: range.headers, logs: await this.#complete(range), height: range.height };
      this.#range = nextRange(batch);
      return batch;
    } catch (error) {
      if (!(error instanceof RpcError) || from === to) throw error;
      this.#range = Math.max(1, (to - from + 1) >> 1);
      return undefined;
    }
  }

  /** Whether a block's filter announces an event of ours that its logs lack; only an answer of no is certain. */
  #isInDoubt(header: Header, logs: RawLog[]): boolean {
    const { addresses, topics, proof } = this.#o;
    const concerned = addresses.filter((address) => mayContain(header.logsBloom, address));
    if (concerned.length === 0) return false;
    if (proof === "receipts") return true;
    const seen = new Set<string>(logs.flatMap((log) => [log.address, log.topics[0] ?? ""]));
    if (concerned.some((address) => !seen.has(address))) return true;
    return topics.some((topic) => !seen.has(topic) && mayContain(header.logsBloom, topic));
  }

  /** Settles by receipts what is in doubt, and names the endpoint that left logs out or invented them. */
  async #complete({ headers, logs, endpoint }: Range): Promise<RawLog[]> {
    const byBlock = new Map<number, RawLog[]>();
    for (const log of logs) {
      const mine = byBlock.get(log.blockNumber);
      if (mine) mine.push(log);
      else byBlock.set(log.blockNumber, [log]);
    }
    const settle = async (header: Header): Promise<RawLog[]> => {
      const had = byBlock.get(header.number) ?? [];
      const impossible = had.some((log) => !mayContain(header.logsBloom, log.address));
      if (!impossible && !this.#isInDoubt(header, had)) return had;
      const proven = await provenLogs(this.#o.rpc, header, this.#addresses);
      if (sameLogs(had, proven)) return proven;
      const what = proven.length > had.length ? "left out" : "invented";
      this.#o.rpc.blame(
        endpoint,
        new RpcLie("RPC_LOGS_WRONG", `${endpoint}: logs of block ${header.number} were ${what}`),
      );
      return proven;
    };
    const settled: RawLog[] = [];
    const AT_ONCE = 16;
    for (let i = 0; i < headers.length; i += AT_ONCE) {
      settled.push(...(await Promise.all(headers.slice(i, i + AT_ONCE).map(settle))).flat());
    }
    return settled;
  }
}
