import pg from "pg";
import { Watch } from "./clock.ts";

/** Sees when rows of a table have been committed, whoever writes them: by a trigger that notifies. */
export class Rows {
  readonly committed = new Watch();
  readonly #client: pg.Client;

  private constructor(databaseUrl: string) {
    this.#client = new pg.Client({ connectionString: databaseUrl });
    this.#client.on("error", () => undefined);
    this.#client.on("notification", () => this.committed.note());
  }

  /** @param table With its schema. */
  static async of(serverUrl: string, database: string, table: string): Promise<Rows> {
    const url = new URL(serverUrl);
    url.pathname = `/${database}`;
    const rows = new Rows(url.href);
    await rows.#client.connect();
    await rows.#client.query(`
      create function public.bench_told() returns trigger language plpgsql as
        $$ begin perform pg_notify('bench_rows', ''); return null; end $$;
      create trigger bench_told after insert or update on ${table} for each statement execute function public.bench_told();
      listen bench_rows`);
    return rows;
  }

  close(): Promise<void> {
    return this.#client.end();
  }
}
