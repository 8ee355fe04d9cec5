import type pg from "pg";
import { type Sql, Walled } from "./pool.ts";

/**
 * All reads of one answer at one moment: rows, totals and the block that the answer names belong together. The
 * connection is taken with the first question and given back by `end`.
 */
export class Snapshot implements Sql {
  readonly #pool: pg.Pool;
  readonly #timeoutMs: number;
  #opened: Promise<{ client: pg.PoolClient; sql: Walled }> | undefined;
  #ended = false;

  constructor(pool: pg.Pool, timeoutMs: number) {
    this.#pool = pool;
    this.#timeoutMs = timeoutMs;
  }

  async query<R extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<pg.QueryResult<R>> {
    if (this.#ended) throw new Error("the answer is complete");
    this.#opened ??= this.#open();
    const { sql } = await this.#opened;
    return sql.query<R>(text, values);
  }

  async end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    const opened = await this.#opened?.catch(() => undefined);
    if (!opened) return;
    const { client, sql } = opened;
    try {
      await sql.end();
      client.release();
    } catch (error) {
      client.release(error instanceof Error ? error : true);
    }
  }

  async #open(): Promise<{ client: pg.PoolClient; sql: Walled }> {
    const client = await this.#pool.connect();
    try {
      // One simple query: through a pooler the timeout must not outlive the transaction. The lock comes before the first
      // thing seen: as long as it is held, no other mirror takes the name `chain`.
      const begin = `begin isolation level repeatable read read only; set local statement_timeout = ${this.#timeoutMs};
        lock table chain.blocks in access share mode`;
      return { client, sql: new Walled(client, begin) };
    } catch (error) {
      client.release(error instanceof Error ? error : true);
      throw error;
    }
  }
}
