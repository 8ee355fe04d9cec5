import type pg from "pg";
import type { Sql } from "./pool.ts";

/**
 * All reads of one answer at one moment: rows, totals and the block that the answer names belong together. The
 * connection is taken with the first question and given back by `end`.
 */
export class Snapshot implements Sql {
  readonly #pool: pg.Pool;
  readonly #timeoutMs: number;
  #client: Promise<pg.PoolClient> | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #ended = false;

  constructor(pool: pg.Pool, timeoutMs: number) {
    this.#pool = pool;
    this.#timeoutMs = timeoutMs;
  }

  async query<R extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<pg.QueryResult<R>> {
    if (this.#ended) throw new Error("the answer is complete");
    this.#client ??= this.#open();
    const client = await this.#client;
    // One question at a time, in the order in which they came.
    const answer = this.#last.then(() => client.query<R>(text, values));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async end(): Promise<void> {
    this.#ended = true;
    const client = await this.#client?.catch(() => undefined);
    if (!client) return;
    await this.#last;
    try {
      await client.query("commit");
      client.release();
    } catch (error) {
      client.release(error instanceof Error ? error : true);
    }
  }

  async #open(): Promise<pg.PoolClient> {
    const client = await this.#pool.connect();
    try {
      // One simple query: through a pooler the timeout must not outlive the transaction.
      await client.query(
        `begin isolation level repeatable read read only; set local statement_timeout = ${this.#timeoutMs}`,
      );
    } catch (error) {
      client.release(error instanceof Error ? error : true);
      throw error;
    }
    return client;
  }
}
