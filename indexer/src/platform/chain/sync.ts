import type { Deployment } from "@tburn/deployments";
import type { Pool } from "pg";
import { type Checkpoint, type Edition, moveCheckpoint, readCheckpoint } from "../db/checkpoint.ts";
import { undoAbove, writeJournal } from "../db/journal.ts";
import { clearOrphans, knownHashes, rememberOrphans, rememberReorg } from "../db/mirror/state.ts";
import { type Announcement, announce, horizon, retractAbove } from "../db/outbox.ts";
import { transaction } from "../db/pool.ts";
import { firstDigest } from "../db/raw/digest.ts";
import { forgetDigestsAbove, keepDigests, readDigest } from "../db/raw/digests.ts";
import { forgetLogsAbove, keepLogs, nameLogs } from "../db/raw/logs.ts";
import { type Table, write } from "../db/tables.ts";
import type { Projection } from "../domain.ts";
import { batchSeconds, blocksProjected, eventsProjected, reorgDepth } from "../telemetry/metrics.ts";
import { plainArgs } from "./args.ts";
import type { BlockHead } from "./blocks.ts";
import type { ChainEvent } from "./decode.ts";
import { Fold, type Folded } from "./edition/fold.ts";
import { editionOf } from "./edition/version.ts";
import { commonAncestor } from "./proof/ancestor.ts";
import type { Rpc } from "./rpc.ts";
import { type Batch, type Blocks, type Proof, Source } from "./source.ts";
import { Store } from "./store.ts";

/** Blocks that are left when a batch far from the head was told. */
const OVERLAP_BEYOND = 128;

export interface SyncOptions {
  pool: Pool;
  rpc: Rpc;
  deployment: Deployment;
  /** Of the projections; a mirror that others told is left alone. */
  version: string;
  tables: Map<string, Table>;
  finalityDepth: number;
  proof: Proof;
  /** Projections of an event, lowest floor first. */
  projectionsOf: (event: ChainEvent) => Projection[];
  /** Told when a step reaches a point; only a simulation listens. */
  reached?: (point: Point) => Promise<void>;
  /** Blocks to tell the chain from in place of `rpc`. */
  source?: Blocks;
  /** The same, of blocks that are kept already. */
  kept?: Blocks | undefined;
  /** Whether a mirror that is filled for the first time announces what was final before it. */
  announcesHistory?: boolean;
  /** Blocks of the largest range that is read at once. */
  largestRange?: number;
  /** How many blocks must be left for the next batch to be told while one is written. */
  overlapBeyond?: number;
}

/** Moments of a step at which a process may die. */
export type Point =
  | ("read" | "projected" | "rows" | "journal" | "outbox" | "checkpoint" | "committed")
  | ("ancestor" | "orphans" | "undone" | "retracted" | "rewound" | "reorganised");

/** What one step found. */
export interface Step {
  kind: "advanced" | "idle" | "reorganised";
  head: number;
  indexed: number;
  events: number;
  /** Blocks undone. */
  depth: number;
}

/** Follows the chain block by block. One process at a time: the caller holds the lock. */
export class Sync {
  readonly #o: SyncOptions;
  readonly #mine: Edition;
  readonly #store: Store;
  readonly #source: Blocks;
  readonly #fold: Fold;
  #at: Checkpoint | undefined;
  /** Of the block at which this stands; undefined in a mirror that is older than digests, until it is replayed. */
  #digest: Buffer | undefined;
  #isLoaded = false;
  /** Nothing is announced up to this block. */
  #horizon = -1;
  /** The batch that was told last, on its way into the database. */
  #writing: Promise<void> | undefined;

  constructor(options: SyncOptions) {
    this.#o = options;
    const { rpc, proof, deployment, pool, tables, finalityDepth, largestRange } = options;
    this.#mine = editionOf(deployment, options.version);
    this.#store = new Store(pool, tables);
    this.#fold = new Fold({ ...options, store: this.#store });
    const { addresses, topics } = this.#fold;
    this.#source =
      options.kept ?? options.source ?? new Source({ rpc, addresses, topics, proof, finalityDepth, largestRange });
  }

  /**
   * Brings the database one batch forward, or one reorganisation back. Far below the head the batch is still being written
   * when this returns: if that fails, the next step says so, and nothing is lost.
   * @throws {FatalError} `REORG_BEYOND_FINALITY` when the chain changed deeper than the journal reaches.
   */
  async step(): Promise<Step> {
    const newest = await this.#source.newest();
    if (!this.#isLoaded) await this.#load(newest.number);
    const from = this.#at ? this.#at.blockNumber + 1 : this.#o.deployment.startBlock;
    if (newest.number < from) return this.#atHead(newest);
    const batch = await this.#source.take(from, newest.number);
    if (!batch) return this.#step("idle", newest.number);
    if (this.#at && batch.headers[0]?.parentHash !== this.#at.blockHash) return this.#rollBack(newest.number);
    await this.#o.reached?.("read");
    const started = performance.now();
    const events = await this.#apply(batch);
    const left = newest.number - (batch.headers.at(-1)?.number ?? 0);
    if (left <= (this.#o.overlapBeyond ?? OVERLAP_BEYOND)) await this.settle();
    batchSeconds.observe((performance.now() - started) / 1_000);
    return this.#step("advanced", newest.number, events);
  }

  /** Waits until all that was told is written. @throws why it could not be; it is told again then */
  async settle(): Promise<void> {
    const writing = this.#writing;
    this.#writing = undefined;
    try {
      await writing;
    } catch (error) {
      this.#reload();
      throw error;
    }
  }

  async #load(head: number): Promise<void> {
    await this.settle();
    const { pool, finalityDepth, announcesHistory } = this.#o;
    this.#at = await readCheckpoint(pool, this.#mine);
    this.#digest = this.#at
      ? await readDigest(pool, this.#mine.version, this.#at.blockNumber)
      : firstDigest(this.#mine);
    this.#horizon = await horizon(pool, this.#at || announcesHistory ? -1 : head - finalityDepth);
    await this.#store.open();
    this.#isLoaded = true;
  }

  #step(kind: Step["kind"], head: number, events = 0, depth = 0): Step {
    return { kind, head, indexed: this.#at?.blockNumber ?? this.#o.deployment.startBlock - 1, events, depth };
  }

  /** Nothing above the checkpoint: the chain may have been replaced by one as long, or a shorter one. */
  async #atHead(newest: BlockHead): Promise<Step> {
    await this.settle();
    const at = this.#at;
    // A node whose head is a block that we know, or lies before the contracts, lags behind; that is no reorganisation.
    if (at && newest.number >= this.#o.deployment.startBlock) {
      const known = await knownHashes(this.#o.pool, newest.number, newest.number);
      if (known.get(newest.number) !== newest.hash) return this.#rollBack(newest.number);
    }
    return this.#step("idle", newest.number);
  }

  async #apply(batch: Batch): Promise<number> {
    const finalBlock = this.#finalAfter(batch);
    let folded: Folded;
    try {
      folded = await this.#fold.tell(batch, this.#digest, finalBlock);
    } catch (error) {
      await this.#writing?.catch(() => undefined);
      this.#reload();
      throw error;
    }
    await this.settle();
    this.#writing = this.#commit(batch, folded, finalBlock);
    // Told by whoever waits for it.
    this.#writing.catch(() => undefined);
    eventsProjected.inc(folded.events.length);
    blocksProjected.inc(batch.headers.length);
    return folded.events.length;
  }

  /** The block below which nothing can be undone once the batch stands. */
  #finalAfter({ headers, confirmed }: Batch): number {
    const last = headers.at(-1)?.number ?? -1;
    const first = Math.min(this.#o.deployment.startBlock - 1, last);
    return Math.min(last, Math.max(this.#at?.finalBlock ?? -1, confirmed - this.#o.finalityDepth, first));
  }

  /** Writes what was told. Before it waits for the first time, this stands at the batch's last block. */
  async #commit({ headers, logs }: Batch, { events, digests }: Folded, finalBlock: number): Promise<void> {
    const [from, last] = [this.#at, headers.at(-1)];
    if (!last) return;
    const to = { blockNumber: last.number, blockHash: last.hash, finalBlock };
    const changes = this.#store.drain();
    this.#at = to;
    this.#digest = digests.at(-1)?.digest;
    const hashes = new Map(headers.map((header) => [header.number, header.hash]));
    const { pool, reached, kept } = this.#o;
    await reached?.("projected");
    await transaction(pool, async (client) => {
      // What a broken server forgets of final blocks is told again.
      if (last.number <= finalBlock) await client.query("set local synchronous_commit = off");
      // First: a process that slept while another one took over learns it before it writes.
      await moveCheckpoint(client, this.#mine, from, to);
      await reached?.("checkpoint");
      if (!kept) {
        if (!from) await nameLogs(client, this.#mine);
        await keepLogs(client, headers, logs);
      }
      await write(client, changes);
      await reached?.("rows");
      await writeJournal(client, changes.undo, finalBlock);
      await reached?.("journal");
      await announce(client, this.#announcements(events, hashes));
      await reached?.("outbox");
      if (digests.length > 0) {
        const final = { before: from?.finalBlock ?? -1, now: finalBlock };
        await keepDigests(client, this.#mine.version, digests, final);
      }
      await clearOrphans(client, [...hashes.values()]);
    });
    await reached?.("committed");
  }

  #announcements(events: ChainEvent[], hashes: Map<number, string>): Announcement[] {
    const told = events.filter((event) => event.blockNumber > this.#horizon);
    return told.map((event) => ({
      blockNumber: event.blockNumber,
      blockHash: hashes.get(event.blockNumber) ?? "",
      logIndex: event.logIndex,
      event: event.name,
      payload: { ...plainArgs(event), txHash: event.txHash, blockTime: event.blockTime },
    }));
  }

  /** The rows in memory are not those of the database any more. */
  #reload(): void {
    this.#store.reset();
    this.#source.forget();
    this.#isLoaded = false;
  }

  async #rollBack(head: number): Promise<Step> {
    await this.settle();
    const at = this.#at;
    this.#reload();
    if (!at) return this.#step("idle", head);
    const { ancestor, replacedBy } = await commonAncestor(this.#o, at);
    // What was read ahead was of another chain; this one is still ours.
    if (ancestor.number === at.blockNumber) return this.#step("idle", head);
    const depth = at.blockNumber - ancestor.number;
    const fromBlock = ancestor.number + 1;
    const to = ancestor.hash
      ? { blockNumber: ancestor.number, blockHash: ancestor.hash, finalBlock: at.finalBlock }
      : undefined;
    const { reached } = this.#o;
    await reached?.("ancestor");
    await transaction(this.#o.pool, async (client) => {
      await moveCheckpoint(client, this.#mine, at, to);
      await reached?.("rewound");
      const oldHash = (await knownHashes(client, fromBlock, fromBlock)).get(fromBlock) ?? "";
      await rememberOrphans(client, ancestor.number);
      await reached?.("orphans");
      const rowsUndone = await undoAbove(client, this.#o.tables, ancestor.number);
      await reached?.("undone");
      await rememberReorg(client, { fromBlock, depth, oldHash, newHash: replacedBy ?? "", rowsUndone });
      await retractAbove(client, ancestor.number);
      await reached?.("retracted");
      await forgetLogsAbove(client, ancestor.number);
      await forgetDigestsAbove(client, this.#mine.version, ancestor.number);
    });
    await reached?.("reorganised");
    this.#at = to;
    reorgDepth.observe(depth);
    return this.#step("reorganised", head, 0, depth);
  }
}
