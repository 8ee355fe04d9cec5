import type { Deployment } from "@tburn/deployments";
import type { Pool } from "pg";
import {
  type Checkpoint,
  clearOrphans,
  knownHash,
  readCheckpoint,
  rememberOrphans,
  rememberReorg,
  undoAbove,
  writeCheckpoint,
  writeJournal,
  writeOutbox,
} from "../db/journal.ts";
import { transaction } from "../db/pool.ts";
import { type Table, upsert } from "../db/tables.ts";
import type { Projection } from "../domain.ts";
import { FatalError } from "../errors.ts";
import { mayContain } from "./bloom.ts";
import { type ChainEvent, decoder } from "./decode.ts";
import { blockHeader, blockRange, type Header, type Hex, type RawLog, type Rpc, RpcError, receiptLogs } from "./rpc.ts";
import { Store } from "./store.ts";

const LARGEST_RANGE = 200;

export interface SyncOptions {
  pool: Pool;
  rpc: Rpc;
  deployment: Deployment;
  tables: Map<string, Table>;
  finalityDepth: number;
  /** Projections of an event, lowest floor first. */
  projectionsOf: (event: ChainEvent) => Projection[];
}

/** What one step found. */
export interface Step {
  kind: "advanced" | "idle" | "reorganised";
  head: number;
  indexed: number;
  events: number;
}

/** Follows the chain block by block. One process at a time: the caller holds the lock. */
export class Sync {
  readonly #o: SyncOptions;
  readonly #store: Store;
  readonly #addresses: Hex[];
  readonly #decode: ReturnType<typeof decoder>["decode"];
  #range = LARGEST_RANGE;
  #at: Checkpoint | undefined;
  #loaded = false;

  constructor(options: SyncOptions) {
    this.#o = options;
    this.#store = new Store(options.pool, options.tables);
    ({ addresses: this.#addresses, decode: this.#decode } = decoder(options.deployment));
  }

  /**
   * Brings the database one batch forward, or one reorganisation back.
   * @throws {FatalError} `REORG_BEYOND_FINALITY` when the chain changed deeper than the journal reaches.
   */
  async step(): Promise<Step> {
    if (!this.#loaded) {
      this.#at = await readCheckpoint(this.#o.pool);
      this.#loaded = true;
    }
    const latest = await blockHeader(this.#o.rpc, "latest");
    const head = latest?.number ?? 0;
    const from = this.#at ? this.#at.blockNumber + 1 : this.#o.deployment.startBlock;
    if (!latest || head < from) return this.#idle(latest);
    const to = Math.min(head, from + this.#range - 1);
    const batch = await this.#fetch(from, to);
    if (!batch) return { kind: "idle", head, indexed: from - 1, events: 0 };
    if (this.#at && batch.headers[0]?.parentHash !== this.#at.blockHash) return this.#rollBack(head);
    const events = await this.#apply(batch.headers, batch.logs, head);
    return { kind: "advanced", head, indexed: to, events };
  }

  /** At the head, or above it: the chain may have been replaced by one as long, or a shorter one. */
  async #idle(latest: Header | undefined): Promise<Step> {
    const at = this.#at;
    const head = latest?.number ?? 0;
    if (at && latest) {
      const same = latest.number === at.blockNumber ? latest : await blockHeader(this.#o.rpc, at.blockNumber);
      // A node that lags behind another is not a reorganisation as long as its head is a block we know.
      const known = same ? same.hash === at.blockHash : (await knownHash(this.#o.pool, latest.number)) === latest.hash;
      if (!known) return this.#rollBack(head);
    }
    return { kind: "idle", head, indexed: at?.blockNumber ?? -1, events: 0 };
  }

  async #fetch(from: number, to: number): Promise<{ headers: Header[]; logs: RawLog[] } | undefined> {
    try {
      const batch = await blockRange(this.#o.rpc, from, to, this.#addresses);
      if (this.#range < LARGEST_RANGE) this.#range = Math.min(LARGEST_RANGE, this.#range * 2);
      return { headers: batch.headers, logs: await this.#complete(batch.headers, batch.logs) };
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      // Ask for less next time; a single block that fails is reported.
      if (from === to) throw error;
      this.#range = Math.max(1, Math.floor(this.#range / 2));
      return undefined;
    }
  }

  /** A filter that announces one of our contracts where no log came is settled by the block's receipts. */
  async #complete(headers: Header[], logs: RawLog[]): Promise<RawLog[]> {
    const seen = new Map<number, Set<string>>();
    for (const log of logs) seen.set(log.blockNumber, (seen.get(log.blockNumber) ?? new Set()).add(log.address));
    const addresses = new Set<string>(this.#addresses);
    const all = [...logs];
    for (const header of headers) {
      const missing = this.#addresses.some(
        (address) => !seen.get(header.number)?.has(address) && mayContain(header.logsBloom, address),
      );
      if (!missing) continue;
      const proven = await receiptLogs(this.#o.rpc, header, addresses);
      const had = logs.filter((log) => log.blockNumber === header.number);
      if (proven.length <= had.length) continue;
      this.#o.rpc.blame(new RpcError("RPC_LOGS_INCOMPLETE", `logs of block ${header.number} were left out`), 0);
      const indexes = new Set(had.map((log) => log.logIndex));
      all.push(...proven.filter((log) => !indexes.has(log.logIndex)));
    }
    return all.sort((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex);
  }

  async #apply(headers: Header[], logs: RawLog[], head: number): Promise<number> {
    const events: ChainEvent[] = [];
    try {
      for (const header of headers) {
        const mine = logs.filter((log) => log.blockNumber === header.number);
        this.#store.beginBlock(header.number);
        this.#writeRaw(header, mine);
        for (const log of mine) {
          const event = this.#decode(log, header.timestamp);
          if (!event) continue;
          events.push(event);
          for (const projection of this.#o.projectionsOf(event)) await projection(event, this.#store);
        }
      }
      await this.#commit(headers, events, head);
    } catch (error) {
      // Nothing of the batch stands; the cache must not pretend it does.
      this.#store.reset();
      this.#loaded = false;
      throw error;
    }
    return events.length;
  }

  #writeRaw(header: Header, logs: RawLog[]): void {
    this.#store.append(
      "blocks",
      { number: header.number },
      {
        hash: header.hash,
        parent_hash: header.parentHash,
        block_time: header.timestamp,
        log_count: logs.length,
      },
    );
    for (const log of logs) {
      const key = { block_number: log.blockNumber, log_index: log.logIndex };
      this.#store.append("logs", key, {
        tx_hash: log.transactionHash,
        contract: log.address,
        topics: log.topics,
        data: log.data,
      });
    }
  }

  async #commit(headers: Header[], events: ChainEvent[], head: number): Promise<void> {
    const last = headers.at(-1);
    if (!last) return;
    const { writes, undo } = this.#store.drain();
    const at = { blockNumber: last.number, blockHash: last.hash };
    await transaction(this.#o.pool, async (client) => {
      for (const [table, rows] of writes) await upsert(client, table, rows);
      await writeJournal(client, undo, head - this.#o.finalityDepth);
      await writeOutbox(client, events, new Map(headers.map((header) => [header.number, header.hash])));
      await clearOrphans(client, headers);
      await writeCheckpoint(client, at);
    });
    this.#at = at;
  }

  async #rollBack(head: number): Promise<Step> {
    const at = this.#at;
    if (!at) throw new Error("nothing to roll back");
    const ancestor = await this.#commonAncestor(at);
    const depth = at.blockNumber - ancestor;
    const replaced = await blockHeader(this.#o.rpc, ancestor + 1);
    await transaction(this.#o.pool, async (client) => {
      const oldHash = (await knownHash(client, ancestor + 1)) ?? at.blockHash;
      const blockHash = await knownHash(client, ancestor);
      await rememberOrphans(client, ancestor);
      const rowsUndone = await undoAbove(client, this.#o.tables, ancestor);
      await rememberReorg(client, {
        fromBlock: ancestor + 1,
        depth,
        oldHash,
        newHash: replaced?.hash ?? "",
        rowsUndone,
      });
      await writeCheckpoint(client, { blockNumber: ancestor, blockHash: blockHash ?? "" });
    });
    this.#store.reset();
    this.#loaded = false;
    return { kind: "reorganised", head, indexed: ancestor, events: 0 };
  }

  async #commonAncestor(at: Checkpoint): Promise<number> {
    for (let number = at.blockNumber; number >= this.#o.deployment.startBlock; number--) {
      if (at.blockNumber - number > this.#o.finalityDepth) break;
      const [mine, theirs] = [await knownHash(this.#o.pool, number), await blockHeader(this.#o.rpc, number)];
      if (mine && mine === theirs?.hash) return number;
    }
    throw new FatalError(
      "REORG_BEYOND_FINALITY",
      `the chain changed more than ${this.#o.finalityDepth} blocks below ${at.blockNumber}; check the endpoints, then rebuild with: npm run indexer -- replay`,
    );
  }
}
