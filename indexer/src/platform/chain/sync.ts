import { createHash } from "node:crypto";
import type { Deployment } from "@tburn/deployments";
import type { Pool } from "pg";
import { type Checkpoint, type Edition, moveCheckpoint, type Origin, readCheckpoint } from "../db/checkpoint.ts";
import { undoAbove, writeJournal } from "../db/journal.ts";
import { clearOrphans, knownHashes, rememberOrphans, rememberReorg } from "../db/mirror/state.ts";
import { announce, retractAbove } from "../db/outbox.ts";
import { transaction } from "../db/pool.ts";
import { firstDigest } from "../db/raw/digest.ts";
import { forgetDigestsAbove, keepDigests, readDigest } from "../db/raw/digests.ts";
import { forgetLogsAbove, keepLogs, nameLogs } from "../db/raw/logs.ts";
import { type Table, upsert } from "../db/tables.ts";
import type { Projection } from "../domain.ts";
import { FatalError } from "../errors.ts";
import { batchSeconds, blocksProjected, eventsProjected, reorgDepth } from "../telemetry/metrics.ts";
import { plainArgs } from "./args.ts";
import { type BlockHead, hashesAt, headersOf } from "./blocks.ts";
import type { ChainEvent } from "./decode.ts";
import { Fold, type Folded } from "./edition/fold.ts";
import { type Rpc, RpcError, RpcLie } from "./rpc.ts";
import { type Batch, type Blocks, type Proof, Source } from "./source.ts";
import { Store } from "./store.ts";

const HEADERS_AT_ONCE = 16;

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

/** Whose mirror a database is. */
export function originOf({ chainId, startBlock, contracts }: Deployment): Origin {
  const addresses = Object.entries(contracts).map(([name, { address }]) => `${name} ${address.toLowerCase()}`);
  const digest = createHash("sha256").update([startBlock, ...addresses.sort()].join("\n"));
  return { chainId, contracts: digest.digest("hex").slice(0, 16) };
}

/** Whose mirror projections of `version` make of a deployment's chain. */
export const editionOf = (deployment: Deployment, version: string): Edition => ({ ...originOf(deployment), version });

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

  constructor(options: SyncOptions) {
    this.#o = options;
    const { rpc, proof, deployment, pool, tables } = options;
    this.#mine = editionOf(deployment, options.version);
    this.#store = new Store(pool, tables);
    this.#fold = new Fold({ ...options, store: this.#store });
    const { addresses, topics } = this.#fold;
    this.#source = options.kept ?? options.source ?? new Source({ rpc, addresses, topics, proof });
  }

  /**
   * Brings the database one batch forward, or one reorganisation back.
   * @throws {FatalError} `REORG_BEYOND_FINALITY` when the chain changed deeper than the journal reaches.
   */
  async step(): Promise<Step> {
    if (!this.#isLoaded) {
      this.#at = await readCheckpoint(this.#o.pool, this.#mine);
      this.#digest = this.#at
        ? await readDigest(this.#o.pool, this.#mine.version, this.#at.blockNumber)
        : firstDigest(this.#mine);
      await this.#store.open();
      this.#isLoaded = true;
    }
    const newest = await this.#source.newest();
    const from = this.#at ? this.#at.blockNumber + 1 : this.#o.deployment.startBlock;
    if (newest.number < from) return this.#atHead(newest);
    const batch = await this.#source.take(from, newest.number);
    if (!batch) return this.#step("idle", newest.number);
    if (this.#at && batch.headers[0]?.parentHash !== this.#at.blockHash) return this.#rollBack(newest.number);
    await this.#o.reached?.("read");
    const started = performance.now();
    const events = await this.#apply(batch);
    batchSeconds.observe((performance.now() - started) / 1_000);
    return this.#step("advanced", newest.number, events);
  }

  #step(kind: Step["kind"], head: number, events = 0, depth = 0): Step {
    return { kind, head, indexed: this.#at?.blockNumber ?? this.#o.deployment.startBlock - 1, events, depth };
  }

  /** Nothing above the checkpoint: the chain may have been replaced by one as long, or a shorter one. */
  async #atHead(newest: BlockHead): Promise<Step> {
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
      await this.#commit(batch, folded, finalBlock);
    } catch (error) {
      this.#reload();
      throw error;
    }
    eventsProjected.inc(folded.events.length);
    blocksProjected.inc(batch.headers.length);
    return folded.events.length;
  }

  /** The block below which nothing can be undone once the batch stands. */
  #finalAfter({ headers, height }: Batch): number {
    const last = headers.at(-1)?.number ?? -1;
    const first = Math.min(this.#o.deployment.startBlock - 1, last);
    return Math.min(last, Math.max(this.#at?.finalBlock ?? -1, height - this.#o.finalityDepth, first));
  }

  async #commit({ headers, logs }: Batch, { events, digests }: Folded, finalBlock: number): Promise<void> {
    const [from, last] = [this.#at, headers.at(-1)];
    if (!last) return;
    const hashes = new Map(headers.map((header) => [header.number, header.hash]));
    const announcements = events.map((event) => ({
      blockNumber: event.blockNumber,
      blockHash: hashes.get(event.blockNumber) ?? "",
      logIndex: event.logIndex,
      event: event.name,
      payload: { ...plainArgs(event), txHash: event.txHash, blockTime: event.blockTime },
    }));
    const to = { blockNumber: last.number, blockHash: last.hash, finalBlock };
    const { writes, undo } = this.#store.drain();
    const { reached } = this.#o;
    await reached?.("projected");
    await transaction(this.#o.pool, async (client) => {
      // First: a process that slept while another one took over learns it before it writes.
      await moveCheckpoint(client, this.#mine, from, to);
      await reached?.("checkpoint");
      if (!this.#o.kept) {
        if (!from) await nameLogs(client, this.#mine);
        await keepLogs(client, headers, logs);
      }
      for (const [table, rows] of writes) await upsert(client, table, rows);
      await reached?.("rows");
      await writeJournal(client, undo, finalBlock);
      await reached?.("journal");
      await announce(client, announcements);
      await reached?.("outbox");
      if (digests.length > 0) {
        const final = { before: from?.finalBlock ?? -1, now: finalBlock };
        await keepDigests(client, this.#mine.version, digests, final);
      }
      await clearOrphans(client, [...hashes.values()]);
    });
    await reached?.("committed");
    this.#at = to;
    this.#digest = digests.at(-1)?.digest;
  }

  /** The rows in memory are not those of the database any more. */
  #reload(): void {
    this.#store.reset();
    this.#source.forget();
    this.#isLoaded = false;
  }

  async #rollBack(head: number): Promise<Step> {
    const at = this.#at;
    this.#reload();
    if (!at) return this.#step("idle", head);
    const { ancestor, replacedBy } = await this.#commonAncestor(at);
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

  /** The newest block that both chains have; without a hash it is the one before the contracts. */
  async #commonAncestor(at: Checkpoint): Promise<{
    ancestor: { number: number; hash: string | undefined };
    replacedBy: string | undefined;
  }> {
    const { startBlock } = this.#o.deployment;
    const lowest = Math.max(at.finalBlock, startBlock);
    let replacedBy: string | undefined;
    for (let to = at.blockNumber; to >= lowest; to -= HEADERS_AT_ONCE) {
      const from = Math.max(lowest, to - HEADERS_AT_ONCE + 1);
      const theirs = await headersOf(this.#o.rpc, from, to);
      const mine = await knownHashes(this.#o.pool, from, to);
      for (let number = to; number >= from; number--) {
        const found = theirs[number - from];
        if (found && found.hash === mine.get(number)) return { ancestor: { number, hash: found.hash }, replacedBy };
        replacedBy = found?.hash;
      }
    }
    if (at.finalBlock < startBlock) return { ancestor: { number: startBlock - 1, hash: undefined }, replacedBy };
    return this.#noAncestor(at.finalBlock);
  }

  /** Stops if all endpoints agree that a final block is another one; a node that lags or lies alone decides nothing. */
  async #noAncestor(finalBlock: number): Promise<never> {
    const mine = (await knownHashes(this.#o.pool, finalBlock, finalBlock)).get(finalBlock);
    const theirs = await hashesAt(this.#o.rpc, finalBlock);
    if (theirs.every(({ hash }) => hash !== undefined && hash !== mine)) {
      throw new FatalError(
        "REORG_BEYOND_FINALITY",
        `the chain has changed below block ${finalBlock}, which was final; if the endpoints are right, rebuild with: npm run indexer -- replay`,
      );
    }
    // Who has not our block rests, so that the next question goes to whoever has it.
    for (const { endpoint, hash } of theirs.filter((one) => one.hash !== mine)) {
      const problem = `${endpoint} ${hash ? "has another" : "lacks"} block ${finalBlock}, which was final`;
      const error = hash ? new RpcLie("RPC_FINAL_BLOCK_OTHER", problem) : new RpcError("RPC_BLOCK_MISSING", problem);
      this.#o.rpc.blame(endpoint, error);
    }
    throw new RpcError("RPC_ENDPOINTS_DISAGREE", `not all endpoints say that block ${finalBlock} has changed`);
  }
}
