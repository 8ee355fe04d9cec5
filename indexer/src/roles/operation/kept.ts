import type { BlockHead } from "../../platform/chain/blocks.ts";
import { type Batch, type Blocks, nextRange } from "../../platform/chain/source.ts";
import type { Origin } from "../../platform/db/checkpoint.ts";
import type { Sql } from "../../platform/db/pool.ts";
import { firstLoss, type Kept, keptBlocks, keptLogs, keptSpan } from "../../platform/db/raw/logs.ts";
import { FatalError } from "../../platform/errors.ts";

const FIRST_RANGE = 16;

/**
 * What is kept, if it is whole: of these contracts, from their first block on, without a gap.
 * @throws {FatalError} LOGS_MISSING, DATABASE_OF_OTHER_CHAIN or LOGS_INCOMPLETE, which names the block
 */
export async function wholeLogs(sql: Sql, origin: Origin, startBlock: number): Promise<Kept> {
  const kept = await keptSpan(sql);
  if (!kept)
    throw new FatalError("LOGS_MISSING", "no logs are kept; tell the chain from a node, or restore-logs first");
  if (kept.chainId !== origin.chainId || kept.contracts !== origin.contracts) {
    throw new FatalError(
      "DATABASE_OF_OTHER_CHAIN",
      `the logs are of other contracts (chain ${kept.chainId}); tell the chain from a node`,
    );
  }
  const lost = kept.first > startBlock ? startBlock : await firstLoss(sql);
  if (lost !== undefined) {
    throw new FatalError(
      "LOGS_INCOMPLETE",
      `logs of block ${lost} are lost; restore-logs, or tell the chain from a node`,
    );
  }
  return kept;
}

/** Blocks as the database keeps them. */
export class KeptBlocks implements Blocks {
  readonly #sql: Sql;
  readonly #last: number;
  #range = FIRST_RANGE;

  /** @param kept What `wholeLogs` has found whole. */
  constructor(sql: Sql, kept: Kept) {
    this.#sql = sql;
    this.#last = kept.last;
  }

  async newest(): Promise<BlockHead> {
    const [head] = await keptBlocks(this.#sql, this.#last, this.#last);
    if (!head) throw new FatalError("LOGS_MISSING", "the logs are gone; does another process follow the chain?");
    return head;
  }

  async take(from: number, head: number): Promise<Batch> {
    const to = Math.min(head, from + this.#range - 1);
    const [headers, logs] = await Promise.all([keptBlocks(this.#sql, from, to), keptLogs(this.#sql, from, to)]);
    const batch = { headers, logs, confirmed: this.#last };
    this.#range = nextRange(batch);
    return batch;
  }

  forget(): void {
    // Nothing is read ahead.
  }
}
