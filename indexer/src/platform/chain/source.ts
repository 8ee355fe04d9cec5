import { type BlockHead, type Header, logsOf, newestHeader, type RawLog } from "./blocks.ts";
import { mayContain } from "./proof/bloom.ts";
import { Headers } from "./proof/headers.ts";
import { provenLogs, sameLogs } from "./proof/receipts.ts";
import { type Hex, type Rpc, RpcError, RpcLie } from "./rpc.ts";

const LARGEST_RANGE = 128;
/** Blocks of the first range, of which nothing is known yet. */
const FIRST_RANGE = 16;
/** Logs that a batch should not pass by much: it is held in memory and written in one transaction. */
const WANTED_LOGS = 5_000;
/** Blocks of which receipts are asked for at once. */
const RECEIPTS_AT_ONCE = 16;
/** Ranges that are on their way while one is told: a node thinks in the meantime. */
const RANGES_AHEAD = 2;

/**
 * How logs are held against the block's header: `receipts` come from receipts alone, which the header's root commits to; with
 * `bloom` they are asked for, and only what its filter contradicts is settled by receipts.
 */
export type Proof = "bloom" | "receipts";

export interface SourceOptions {
  rpc: Rpc;
  addresses: Hex[];
  /** First topics of our events. */
  topics: Hex[];
  proof: Proof;
  finalityDepth: number;
  /** Blocks of the largest range. */
  largestRange?: number | undefined;
}

/** Blocks in a row with all their logs. */
export interface Page {
  headers: BlockHead[];
  logs: RawLog[];
}

export interface Batch extends Page {
  /** Number of the newest block of which a header was read that stands on these. */
  confirmed: number;
}

/** Where blocks come from. */
export interface Blocks {
  newest(): Promise<BlockHead>;
  /** The blocks from `from`, as many as go at once but not above `head`; undefined if it has to be asked again. */
  take(from: number, head: number): Promise<Batch | undefined>;
  /** Forgets what was read ahead. */
  forget(): void;
}

const NONE: Promise<RawLog[]> = Promise.resolve([]);

interface Ahead {
  from: number;
  to: number;
  batch: Promise<Batch | undefined>;
}

/** As many blocks as hold the wanted logs if they are like these, but at most twice as many as these. */
export function nextRange({ headers, logs }: Batch, largest = LARGEST_RANGE): number {
  const wanted = Math.round((headers.length * WANTED_LOGS) / Math.max(1, logs.length));
  return Math.max(1, Math.min(largest, wanted, headers.length * 2));
}

/** Blocks in ranges that adapt to what the endpoints allow, read ahead, with logs that are complete. */
export class Source implements Blocks {
  readonly #o: SourceOptions;
  readonly #addresses: Set<string>;
  readonly #headers: Headers;
  #range: number;
  #ahead: Ahead[] = [];
  /** Logs of a block of the last range, on average. */
  #density = 0;

  constructor(options: SourceOptions) {
    this.#o = options;
    this.#addresses = new Set(options.addresses);
    this.#range = Math.min(FIRST_RANGE, options.largestRange ?? LARGEST_RANGE);
    this.#headers = new Headers(options.rpc, options.finalityDepth);
  }

  async newest(): Promise<BlockHead> {
    const newest = await newestHeader(this.#o.rpc);
    this.#headers.note(newest);
    return newest;
  }

  /** Forgets what was read ahead: the chain is another one now. */
  forget(): void {
    this.#ahead = [];
    this.#headers.forget();
  }

  /**
   * The blocks from `from`, as many as go at once but not above `head`.
   * @returns undefined if the endpoints refused a range; the next one is smaller.
   * @throws {RpcError} if not even one block can be had.
   */
  async take(from: number, head: number): Promise<Batch | undefined> {
    if (this.#ahead[0]?.from !== from) this.#ahead = [];
    const batch = await (this.#ahead.shift() ?? this.#send(from, head)).batch;
    const last = batch?.headers.at(-1)?.number;
    // What follows a range that was refused would leave a gap.
    if (last === undefined) {
      this.#ahead = [];
      return undefined;
    }
    this.#headers.dropTo(last);
    this.#readAhead(last + 1, head);
    return batch;
  }

  #readAhead(next: number, head: number): void {
    for (;;) {
      const from = (this.#ahead.at(-1)?.to ?? next - 1) + 1;
      if (this.#ahead.length === RANGES_AHEAD || from > head) return;
      const ahead = this.#send(from, head);
      // Reported when it is taken.
      ahead.batch.catch(() => undefined);
      this.#ahead.push(ahead);
    }
  }

  #send(from: number, head: number): Ahead {
    const to = Math.min(head, from + this.#range - 1);
    return { from, to, batch: this.#fetch(from, to, head) };
  }

  async #fetch(from: number, to: number, head: number): Promise<Batch | undefined> {
    try {
      const { headers, confirmed } = await this.#headers.between(from, to, head);
      const page = await (this.#o.proof === "receipts" ? this.#received(headers) : this.#complete(headers));
      const batch = { ...page, confirmed };
      this.#density = batch.logs.length / batch.headers.length;
      this.#range = nextRange(batch, this.#o.largestRange);
      return batch;
    } catch (error) {
      // What was read ahead may be of a chain that was left.
      this.#headers.forget();
      if (!(error instanceof RpcError) || from === to) throw error;
      this.#range = Math.max(1, (to - from + 1) >> 1);
      return undefined;
    }
  }

  /** Contracts of ours of which a block's filter announces events; that it announces none is certain. */
  #concernedBy(header: Header): Hex[] {
    return this.#o.addresses.filter((address) => mayContain(header.logsBloom, address));
  }

  /** Logs by receipts alone, of blocks that may have some. */
  #received(headers: Header[]): Promise<Page> {
    return this.#inTurns(headers, (header) =>
      this.#concernedBy(header).length > 0 ? provenLogs(this.#o.rpc, header, this.#addresses) : NONE,
    );
  }

  /** Blocks with their logs, a few at a time, until they have as many as a batch should. */
  async #inTurns(headers: Header[], logsOf: (header: Header) => Promise<RawLog[]>): Promise<Page> {
    const logs: RawLog[] = [];
    const atOnce = Math.max(1, Math.min(RECEIPTS_AT_ONCE, Math.round(WANTED_LOGS / Math.max(1, this.#density))));
    for (let i = 0; i < headers.length; i += atOnce) {
      for (const found of await Promise.all(headers.slice(i, i + atOnce).map(logsOf))) logs.push(...found);
      if (logs.length >= WANTED_LOGS) return { headers: headers.slice(0, i + atOnce), logs };
    }
    return { headers, logs };
  }

  /** Whether a block's filter announces an event of ours that its logs lack; only an answer of no is certain. */
  #isInDoubt(header: Header, logs: RawLog[]): boolean {
    const concerned = this.#concernedBy(header);
    if (concerned.length === 0) return false;
    const seen = new Set<string>(logs.flatMap((log) => [log.address, log.topics[0] ?? ""]));
    if (concerned.some((address) => !seen.has(address))) return true;
    return this.#o.topics.some((topic) => !seen.has(topic) && mayContain(header.logsBloom, topic));
  }

  /** Settles by receipts what is in doubt, and names the endpoint that left logs out or invented them. */
  async #complete(headers: Header[]): Promise<Page> {
    const { value: logs, endpoint } = await logsOf(this.#o.rpc, headers, this.#o.addresses);
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
    return this.#inTurns(headers, settle);
  }
}
