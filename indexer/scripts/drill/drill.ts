import { inForce } from "../../src/platform/db/checkpoint.ts";
import { digest } from "../../src/platform/db/tables.ts";
import { address, type TestChain } from "../../test/harness/chain.ts";
import type { TestDatabase } from "../../test/harness/database.ts";
import { retold } from "../../test/harness/engine.ts";
import { type Run, start } from "../../test/harness/process.ts";
import { act, pick, traffic } from "../../test/harness/traffic.ts";
import { until } from "../../test/harness/until.ts";

export type Fault = "kill" | "postgres" | "reorg";

export interface DrillOptions {
  chain: TestChain;
  mine: TestDatabase;
  /** Told anew after each fault. */
  second: TestDatabase;
  environment: Record<string, string>;
  /** Kills PostgreSQL with -9 and starts it again. */
  crashPostgres: () => Promise<void>;
  /** After so many faults each the rows are held against a fresh replay. */
  compareEvery: number;
  random: () => number;
}

/** What one chain and one indexer went through. */
export interface Chapter {
  kills: number;
  postgresKills: number;
  reorgs: number;
  reorgsWhileDown: number;
  depths: number[];
  reorgsUndone: number;
  /** How often the indexer ended by itself after its database had died, and was started again. */
  restarts: number;
  rowsUndone: number;
  recoveries: number[];
  comparisons: number[];
  differences: string[];
  outboxDifferences: number;
}

const DEEPEST = 12;
const PROGRESS_EVERY = 20;

const between = (random: () => number, least: number, most: number) =>
  least + Math.floor(random() * (most - least + 1));
const share = (sorted: number[], part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

/** Median and 95th percentile, milliseconds. */
export function figures(samples: number[]) {
  const sorted = [...samples].sort((a, b) => a - b).map((ms) => Math.round(ms * 10) / 10);
  return { count: sorted.length, medianMs: share(sorted, 0.5) ?? null, p95Ms: share(sorted, 0.95) ?? null };
}

/** Breaks the indexer and its chain, and compares. */
export class Drill {
  readonly #o: DrillOptions;
  readonly #lowest: Promise<number>;
  #run: Run | undefined;
  #kills = 0;
  #postgresKills = 0;
  #reorgs = 0;
  #whileDown = 0;
  #restarts = 0;
  /** In the fault that is being healed: then the indexer may end by itself, as it may not otherwise. */
  #databaseDied = false;
  #transfers = 0n;
  readonly #depths: number[] = [];
  readonly #recoveries: number[] = [];
  readonly #comparisons: number[] = [];
  readonly #differences: string[] = [];

  constructor(options: DrillOptions) {
    this.#o = options;
    // The cast stays: below it there is nothing to act with.
    this.#lowest = options.chain.height();
  }

  /** @param say Told how many faults are over, and at which block. */
  async run(faults: Fault[], say: (over: number, block: number, differences: number) => void): Promise<Chapter> {
    await traffic(this.#o.chain, this.#o.random, DEEPEST + 3);
    this.#begin();
    await this.#caughtUp();
    for (const [i, fault] of faults.entries()) {
      this.#databaseDied = fault === "postgres";
      if (fault === "kill") await this.#kill();
      else if (fault === "postgres") await this.#killPostgres();
      else await this.#reorganise();
      await this.#caughtUp();
      const isDue = (i + 1) % this.#o.compareEvery === 0 || i + 1 === faults.length;
      if (isDue) await this.#compare(`${i + 1} ${fault}`);
      if ((i + 1) % PROGRESS_EVERY === 0) say(i + 1, await this.#o.chain.height(), this.#differences.length);
    }
    const outboxDifferences = await this.#outboxDifferences();
    await this.stop();
    const { rows } = await this.#o.mine.pool.query<{ n: string; rows: string }>(
      "select count(*) as n, coalesce(sum(rows_undone), 0) as rows from ops.reorgs",
    );
    return {
      kills: this.#kills,
      postgresKills: this.#postgresKills,
      reorgs: this.#reorgs,
      reorgsWhileDown: this.#whileDown,
      depths: this.#depths,
      reorgsUndone: Number(rows[0]?.n),
      restarts: this.#restarts,
      rowsUndone: Number(rows[0]?.rows),
      recoveries: this.#recoveries,
      comparisons: this.#comparisons,
      differences: this.#differences,
      outboxDifferences,
    };
  }

  async stop(): Promise<void> {
    await this.#run?.kill("SIGKILL");
    this.#run = undefined;
  }

  #begin(): void {
    this.#run = start(this.#o.environment);
  }

  /** Kills in the midst of traffic; now and then the chain changes before the indexer is back. */
  async #kill(): Promise<void> {
    const { chain, random } = this.#o;
    const acting = traffic(chain, random, between(random, 1, 4));
    await new Promise((resolve) => setTimeout(resolve, between(random, 0, 60)));
    await this.#run?.kill("SIGKILL");
    await acting;
    this.#kills++;
    if (random() < 0.3) {
      await this.#changeChain();
      this.#whileDown++;
    }
    this.#begin();
  }

  /** PostgreSQL dies in the midst of traffic; the indexer has to find its way back by itself, or ends and is started again. */
  async #killPostgres(): Promise<void> {
    const { chain, random, crashPostgres } = this.#o;
    const acting = traffic(chain, random, between(random, 1, 4));
    await new Promise((resolve) => setTimeout(resolve, between(random, 0, 60)));
    await crashPostgres();
    await acting;
    this.#postgresKills++;
    // As whatever watches over it does.
    if (this.#run?.process.exitCode !== null) this.#begin();
  }

  async #reorganise(): Promise<void> {
    const { chain, random } = this.#o;
    await traffic(chain, random, between(random, 0, 3));
    await this.#changeChain();
    // Nested: another one before the first is worked off.
    if (random() < 0.2) await this.#changeChain();
    this.#reorgs++;
  }

  async #changeChain(): Promise<void> {
    const { chain, random } = this.#o;
    const room = (await chain.height()) - (await this.#lowest);
    if (room < 1) return traffic(chain, random, 2);
    const depth = Math.min(between(random, 1, DEEPEST), room);
    this.#depths.push(depth);
    await chain.rollBack(depth);
    // An empty block mined anew may be the very same block: what begins another chain has to differ.
    await chain.act(0, "TBurnToken", "transfer", [address(40), ++this.#transfers]);
    // Shorter, as high, and higher than before.
    const instead = pick(random, [Math.max(1, depth - 2), depth, depth + 1]);
    for (let i = 1; i < instead; i++) {
      if (random() < 0.4) await chain.mine();
      else await chain.mined(await act(chain, random));
    }
  }

  /** Resolves when the checkpoint is the chain's head, by hash. */
  async #caughtUp(): Promise<void> {
    const { chain, mine } = this.#o;
    const startedAt = performance.now();
    const { hash, number } = await chain.rpc<{ hash: string; number: string }>("eth_getBlockByNumber", [
      "latest",
      false,
    ]);
    let at: unknown;
    const what = () =>
      `block ${Number(number)} ${hash}; the mirror stands at ${JSON.stringify(at)}; the indexer said ${this.#run?.output().slice(-1500)}`;
    await until(what, async () => {
      if (this.#run?.process.exitCode !== null) {
        if (!this.#databaseDied) throw new Error(`the indexer ended: ${this.#run?.output().slice(-600)}`);
        this.#restarts++;
        this.#begin();
      }
      const found = await inForce(mine.pool).catch(() => undefined);
      at = found;
      return found?.blockHash === hash;
    });
    this.#recoveries.push(performance.now() - startedAt);
  }

  async #compare(fault: string): Promise<void> {
    const { chain, mine, second } = this.#o;
    const startedAt = performance.now();
    const fresh = await retold(second.pool, { urls: [chain.url], record: chain.record, proof: "bloom" });
    this.#comparisons.push(performance.now() - startedAt);
    const found = await digest(mine.pool);
    for (const [table, value] of Object.entries(fresh)) {
      if (found[table] === value) continue;
      this.#differences.push(`after fault ${fault}: ${table}`);
      console.error(`drill: after fault ${fault} ${table} differs from a fresh replay`);
    }
  }

  /** Announcements that stand must be the logs of the chain, each once. */
  async #outboxDifferences(): Promise<number> {
    const { rows } = await this.#o.mine.pool.query<{ n: string }>(`
      with standing as (
        select o.block_hash, o.log_index, count(*) as times from ops.outbox o
         where o.retracts is null and not exists (select 1 from ops.outbox r where r.retracts = o.id) group by 1, 2
      ), wanted as (select b.hash as block_hash, l.log_index from ops.raw_logs l join chain.blocks b on b.number = l.block_number)
      select count(*) as n from standing s full join wanted w using (block_hash, log_index)
       where s.times is distinct from 1 or w.log_index is null`);
    return Number(rows[0]?.n);
  }
}
