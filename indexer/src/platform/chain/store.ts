import type { Pool } from "pg";
import { read, type Table } from "../db/tables.ts";

export type Row = Record<string, unknown>;
type Key = Record<string, string | number>;

/** A row as it was before a block changed it; `before` is null where there was none. */
export interface Undo {
  blockNumber: number;
  table: string;
  key: Key;
  before: Row | null;
}

const CACHE_ROWS = 100_000;

/**
 * The rows that projections read and write, kept in memory between batches: one writer holds the lock, so the cache
 * cannot grow stale. A change remembers the row as it was at the block's beginning.
 */
export class Store {
  readonly #pool: Pool;
  readonly #tables: Map<string, Table>;
  readonly #rows = new Map<string, Row | undefined>();
  readonly #dirty = new Map<string, { table: Table; row: Row }>();
  #touched = new Set<string>();
  #undo: Undo[] = [];
  #block = 0;

  constructor(pool: Pool, tables: Map<string, Table>) {
    this.#pool = pool;
    this.#tables = tables;
  }

  beginBlock(number: number): void {
    this.#block = number;
    this.#touched = new Set();
  }

  /** The row with this key, to read only; undefined if there is none. */
  async find(table: string, key: Key): Promise<Row | undefined> {
    const id = this.#id(table, key);
    if (!this.#rows.has(id)) this.#rows.set(id, await read(this.#pool, this.#table(table), key));
    return this.#rows.get(id);
  }

  /** Changes the row with this key; it must exist. */
  async change(table: string, key: Key, change: (row: Row) => Row): Promise<Row> {
    const row = await this.find(table, key);
    if (!row) throw new Error(`projection changes ${table} ${JSON.stringify(key)}, which does not exist`);
    return this.#write(table, key, row, { ...row, ...change(row) });
  }

  /** Writes a row, new or not. */
  async put(table: string, key: Key, values: Row): Promise<Row> {
    const row = await this.find(table, key);
    return this.#write(table, key, row, { ...key, ...values });
  }

  /** Appends a row that nothing can have written before, such as a log. */
  append(table: string, key: Key, values: Row): void {
    this.#write(table, key, undefined, { ...key, ...values });
    this.#rows.delete(this.#id(table, key));
  }

  /** Hands over what has changed since the last call. */
  drain(): { writes: Map<Table, Row[]>; undo: Undo[] } {
    const writes = new Map<Table, Row[]>();
    for (const { table, row } of this.#dirty.values()) {
      const rows = writes.get(table);
      if (rows) rows.push(row);
      else writes.set(table, [row]);
    }
    const undo = this.#undo;
    this.#dirty.clear();
    this.#undo = [];
    if (this.#rows.size > CACHE_ROWS) this.#rows.clear();
    return { writes, undo };
  }

  /** Forgets everything: the database has moved without this store. */
  reset(): void {
    this.#rows.clear();
    this.#dirty.clear();
    this.#undo = [];
  }

  #write(table: string, key: Key, before: Row | undefined, values: Row): Row {
    const row = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === "bigint" ? String(value) : value]),
    );
    const id = this.#id(table, key);
    if (!this.#touched.has(id)) {
      this.#touched.add(id);
      this.#undo.push({ blockNumber: this.#block, table, key, before: before ?? null });
    }
    this.#rows.set(id, row);
    this.#dirty.set(id, { table: this.#table(table), row });
    return row;
  }

  #id(table: string, key: Key): string {
    return `${table}:${Object.values(key).join(":")}`;
  }

  #table(name: string): Table {
    const table = this.#tables.get(name);
    if (!table) throw new Error(`no table chain.${name}`);
    return table;
  }
}
