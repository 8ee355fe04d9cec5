import pg from "pg";
import type { Sql } from "../pool.ts";
import { beginAnswer, type Opened } from "./places.ts";

/**
 * Whether a server that follows another failed, and not the question: its connection broke, it is shut down or starting
 * (class 57P), or its replay could not wait for the reader any longer (40001).
 */
const isFailed = (error: unknown) => {
  const { code } = error as { code?: string };
  return !(error instanceof pg.DatabaseError) || /^(08|57P|40001$)/.test(code ?? "");
};

/**
 * All reads of one answer at one moment: rows, totals and the block that the answer names belong together. The
 * connection is taken with the first question and given back by `end`.
 */
export class Snapshot implements Sql {
  readonly #open: () => Promise<Opened>;
  #opened: Promise<Opened> | undefined;
  #ended = false;
  /** Whether the server failed in the middle of it, and another one could answer all of it anew. */
  isLost = false;

  /** @param from A pool, or what begins the transaction. */
  constructor(from: pg.Pool | (() => Promise<Opened>), timeoutMs: number) {
    this.#open = typeof from === "function" ? from : () => openAt(from, timeoutMs);
  }

  async query<R extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<pg.QueryResult<R>> {
    if (this.#ended) throw new Error("the answer is complete");
    this.#opened ??= this.#open();
    const { sql, lost } = await this.#opened;
    try {
      return await sql.query<R>(text, values);
    } catch (error) {
      if (lost && isFailed(error)) {
        this.isLost = true;
        lost();
      }
      throw error;
    }
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
}

async function openAt(pool: pg.Pool, timeoutMs: number): Promise<Opened> {
  const client = await pool.connect();
  return { client, sql: beginAnswer(client, timeoutMs) };
}
