import pg from "pg";
import { Watch } from "./clock.ts";
import { AMOUNT, POSITION } from "./miner.ts";

/**
 * Sees when the row of the position that each block adds to has been committed, whoever writes it: by a trigger that notifies
 * its shares. What comes late, or twice, is of fewer shares than the block that is waited for.
 */
export class Rows {
  readonly committed = new Watch();
  readonly #client: pg.Client;
  #wanted = 0n;

  private constructor(databaseUrl: string) {
    this.#client = new pg.Client({ connectionString: databaseUrl });
    this.#client.on("error", () => undefined);
    this.#client.on("notification", ({ payload }) => {
      if (this.isNews(BigInt(payload ?? 0))) this.committed.note();
    });
  }

  /** @param table Of positions, with its schema. */
  static async of(serverUrl: string, database: string, table: string): Promise<Rows> {
    const url = new URL(serverUrl);
    url.pathname = `/${database}`;
    const rows = new Rows(url.href);
    await rows.#client.connect();
    await rows.#client.query(`
      create function public.bench_told() returns trigger language plpgsql as
        $$ begin perform pg_notify('bench_rows', new.shares::text); return null; end $$;
      create trigger bench_told after insert or update on ${table}
        for each row when (new.position_id = ${POSITION}) execute function public.bench_told();
      listen bench_rows`);
    const { rows: found } = await rows.#client.query<{ shares: string }>(
      `select shares::text as shares from ${table} where position_id = $1`,
      [String(POSITION)],
    );
    rows.#wanted = BigInt(found[0]?.shares ?? 0);
    return rows;
  }

  /** The next block is about to come. */
  next(): void {
    this.#wanted += AMOUNT;
  }

  /** Whether the position has so many shares after the block that is waited for, not before. */
  isNews(shares: bigint): boolean {
    return shares >= this.#wanted;
  }

  close(): Promise<void> {
    return this.#client.end();
  }
}
