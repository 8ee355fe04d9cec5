import type { Deployment } from "@tburn/deployments";
import type { Pool } from "pg";
import { type Edition, type InForce, inForce } from "../../db/checkpoint.ts";
import { type Undo, undoAbove, writeJournal } from "../../db/journal.ts";
import {
  forgetMirror,
  type Mirror,
  readMirrors,
  readVersionStart,
  takeName,
  writeMirror,
  writeVersionStart,
} from "../../db/mirror/editions.ts";
import { knownHashes } from "../../db/mirror/state.ts";
import { type Sql, type Transaction, transaction } from "../../db/pool.ts";
import { firstDigest } from "../../db/raw/digest.ts";
import { type Digested, forgetDigestsAbove, keepDigests, readDigest } from "../../db/raw/digests.ts";
import { chainTables, type Table, write } from "../../db/tables.ts";
import type { Projection } from "../../domain.ts";
import { FatalError } from "../../errors.ts";
import type { ChainEvent } from "../decode.ts";
import type { Blocks } from "../source.ts";
import { Store } from "../store.ts";
import { Fold } from "./fold.ts";
import { editionOf } from "./version.ts";

export interface BesideOptions {
  pool: Pool;
  deployment: Deployment;
  version: string;
  /** Of the schema that is filled, which exists. */
  tables: Map<string, Table>;
  /** What is kept, read through `sql`. */
  keptOf: (sql: Sql) => Blocks;
  projectionsOf: (event: ChainEvent) => Projection[];
}

/**
 * Tells a mirror beside the one in force from kept logs: final blocks one batch at a time, and the rest in the transaction
 * that brings it in force. So it never has to take anything back, and the mirror that it replaces is left at a final block
 * in turn.
 */
export class Beside {
  readonly #o: BesideOptions;
  readonly #mine: Edition;
  readonly #store: Store;
  readonly #fold: Fold;
  #at: Mirror | undefined;

  constructor(options: BesideOptions) {
    this.#o = options;
    this.#mine = editionOf(options.deployment, options.version);
    this.#store = new Store(options.pool, options.tables);
    this.#fold = new Fold({ ...options, store: this.#store });
  }

  /** Finds out how far it was told before. */
  async open(): Promise<void> {
    const { version } = this.#mine;
    this.#at = (await readMirrors(this.#o.pool)).find((mirror) => mirror.version === version);
    await this.#store.open();
  }

  /** Tells one batch of final blocks. @returns the block it stands at, and the newest that is final */
  async step(): Promise<{ at: number; final: number }> {
    const { finalBlock: final = -1 } = (await inForce(this.#o.pool)) ?? {};
    const from = this.#next();
    if (from > final) return { at: from - 1, final };
    const batch = await this.#o.keptOf(this.#o.pool).take(from, final);
    const last = batch?.headers.at(-1);
    if (!batch || !last) throw new FatalError("LOGS_MISSING", `block ${from} is not kept`);
    const { digests } = await this.#fold.tell(batch, this.#digest(), final);
    const to = this.#mirrorAt(last.number, last.hash, digests.at(-1)?.digest);
    await transaction(this.#o.pool, async (sql) => {
      await write(sql, this.#store.drain());
      await keepDigests(sql, this.#mine.version, digests, { before: from - 1, now: last.number });
      await writeMirror(sql, to);
    });
    this.#at = to;
    return { at: last.number, final };
  }

  /**
   * Brings this mirror in force in one transaction. Whoever follows the chain waits for its end, and then finds that the
   * mirror is not its own any more.
   * @returns the version that was in force
   * @throws {FatalError} `MIRROR_BUSY` if reads would not end; nothing has changed then.
   */
  async takeOver(): Promise<{ replaced: string; blockNumber: number }> {
    try {
      return await transaction(this.#o.pool, async (sql) => {
        const old = await inForce(sql, true);
        if (!old) throw new FatalError("LOGS_MISSING", "no block is mirrored yet");
        if (old.version === this.#mine.version)
          throw new FatalError("MIRROR_IN_FORCE", `version ${old.version} is in force already`);
        const undo = await this.#catchUp(sql, old);
        await this.#leaveAtFinal(sql, old);
        await writeJournal(sql, undo, old.finalBlock);
        await writeVersionStart(sql, this.#at?.versionStart ?? null);
        await takeName(sql, old, this.#mine.version);
        return { replaced: old.version, blockNumber: old.blockNumber };
      });
    } catch (error) {
      // Rows in memory are ahead of those of the database.
      await this.open();
      throw error;
    }
  }

  /**
   * Tells what is left, up to the checkpoint, as one batch: rows that are written but not committed could not be read
   * again.
   * @returns how it can be taken back
   */
  async #catchUp(sql: Transaction, { blockNumber, finalBlock }: InForce): Promise<Undo[]> {
    const made: Digested[] = [];
    const before = this.#next() - 1;
    const kept = this.#o.keptOf(sql);
    let [from, digest] = [this.#next(), this.#digest()];
    while (from <= blockNumber) {
      const batch = await kept.take(from, blockNumber);
      const last = batch?.headers.at(-1);
      if (!batch || !last) throw new FatalError("LOGS_MISSING", `block ${from} is not kept`);
      const { digests } = await this.#fold.tell(batch, digest, finalBlock);
      for (const one of digests) made.push(one);
      [from, digest] = [last.number + 1, digests.at(-1)?.digest];
    }
    const changes = this.#store.drain();
    await write(sql, changes);
    await keepDigests(sql, this.#mine.version, made, { before, now: finalBlock });
    await forgetMirror(sql, this.#mine.version);
    return changes.undo;
  }

  /** Takes back what is not final of the mirror in force, and notes where it is left. */
  async #leaveAtFinal(sql: Sql, { version, finalBlock }: InForce): Promise<void> {
    const blockHash = (await knownHashes(sql, finalBlock, finalBlock)).get(finalBlock);
    await undoAbove(sql, await chainTables(sql), finalBlock);
    const digest = (await readDigest(sql, version, finalBlock)) ?? null;
    await forgetDigestsAbove(sql, version, finalBlock);
    const versionStart = await readVersionStart(sql);
    if (blockHash) await writeMirror(sql, { version, blockNumber: finalBlock, blockHash, digest, versionStart });
  }

  #next(): number {
    return this.#at ? this.#at.blockNumber + 1 : this.#o.deployment.startBlock;
  }

  #digest(): Buffer | undefined {
    return this.#at ? (this.#at.digest ?? undefined) : firstDigest(this.#mine);
  }

  #mirrorAt(blockNumber: number, blockHash: string, digest: Buffer | undefined): Mirror {
    const versionStart = this.#at?.versionStart ?? null;
    return { version: this.#mine.version, blockNumber, blockHash, digest: digest ?? null, versionStart };
  }
}
