import type { Pool } from "pg";
import type { Undo } from "../db/journal.ts";
import { isEmpty, type Row, read, type Table } from "../db/tables.ts";

export type Key = Record<string, string | number | bigint>;

const CACHE_ROWS = 50_000;

/**
 * The rows that projections read and write, kept in memory between batches: one writer holds the lock, so the cache
 * cannot grow stale. A change remembers the row as it was at the block's beginning.
 */
export class Store {
  readonly #pool: Pool;
  readonly #tables: Map<string, Table>;
  readonly #rows = new Map<string, Row | undefined>();
  /** Tables of which every row is in memory: a row that is not there does not exist. */
  readonly #complete = new Set<string>();
  readonly #dirty = new Map<string, { table: Table; row: Row }>();
  /** Rows that the block has changed, as they were at its beginning. */
  #touched = new Map<string, Row | undefined>();
  #undo: Undo[] = [];
  #block = 0;

  constructor(pool: Pool, tables: Map<string, Table>) {
    this.#pool = pool;
    this.#tables = tables;
  }

  /** Finds out which tables are empty, so that filling them asks for nothing. */
  async open(): Promise<void> {
    this.reset();
    for (const table of this.#tables.values()) if (await isEmpty(this.#pool, table)) this.#complete.add(table.name);
  }

  beginBlock(number: number): void {
    this.#block = number;
    this.#touched = new Map();
  }

  /** Keeps what the block has changed of tables whose past can be asked for, as it leaves them. */
  endBlock(): void {
    for (const [id, before] of [...this.#touched]) {
      const { table, row } = this.#dirty.get(id) ?? {};
      if (!table?.versions || !row) continue;
      const { table: into, columns } = table.versions;
      if (before && columns.every((column) => isSame(before[column], row[column]))) continue;
      const key: Key = { block_number: this.#block };
      for (const column of table.key) key[column] = row[column] as string;
      this.append(into, key, Object.fromEntries(columns.map((column) => [column, row[column]])));
    }
  }

  /** The row with this key, to read only; undefined if there is none. */
  async find(table: string, key: Key): Promise<Row | undefined> {
    const { id, exact } = this.#named(table, key);
    if (!this.#rows.has(id) && !this.#complete.has(table)) {
      this.#rows.set(id, await read(this.#pool, this.#table(table), exact));
    }
    return this.#rows.get(id);
  }

  /** The row with this key, which an earlier event must have made. */
  async need(table: string, key: Key): Promise<Row> {
    const row = await this.find(table, key);
    if (!row) throw new Error(`block ${this.#block}: ${table} ${JSON.stringify(key, plain)} does not exist`);
    return row;
  }

  /** Changes the row with this key; it must exist. */
  async change(table: string, key: Key, change: (row: Row) => Row): Promise<Row> {
    const row = await this.need(table, key);
    return this.#write(table, key, row, { ...row, ...change(row) });
  }

  /** Writes a row, new or not. */
  async put(table: string, key: Key, values: Row): Promise<Row> {
    const row = await this.find(table, key);
    return this.#write(table, key, row, { ...row, ...key, ...values });
  }

  /** Appends a row that nothing can have written before, such as a log; it is not kept in memory. */
  append(table: string, key: Key, values: Row): void {
    this.#write(table, key, undefined, { ...key, ...values });
    this.#rows.delete(this.#named(table, key).id);
    this.#complete.delete(table);
  }

  /** Rows that the block has changed so far, as they are now, in the order of their first change. */
  *touched(): Generator<{ table: Table; row: Row }> {
    for (const id of this.#touched.keys()) {
      const dirty = this.#dirty.get(id);
      if (dirty) yield dirty;
    }
  }

  /** Hands over what has changed since the last call. Between batches only: it may forget rows that are written. */
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
    if (this.#rows.size > CACHE_ROWS) {
      this.#rows.clear();
      this.#complete.clear();
    }
    return { writes, undo };
  }

  /** Forgets everything: the database has moved without this store. */
  reset(): void {
    this.#rows.clear();
    this.#complete.clear();
    this.#dirty.clear();
    this.#undo = [];
  }

  #write(table: string, key: Key, before: Row | undefined, values: Row): Row {
    // Whole numbers are written as text: a JSON number would lose digits in the journal.
    const row = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === "bigint" ? String(value) : value]),
    );
    const { id, exact } = this.#named(table, key);
    if (!this.#touched.has(id)) {
      this.#touched.set(id, before);
      this.#undo.push({ blockNumber: this.#block, table, key: exact, before: before ?? null });
    }
    this.#rows.set(id, row);
    this.#dirty.set(id, { table: this.#table(table), row });
    return row;
  }

  /** One name per row, whatever order and types the caller's key has. */
  #named(name: string, key: Key): { id: string; exact: Record<string, string> } {
    const exact: Record<string, string> = {};
    let id = name;
    for (const column of this.#table(name).key) {
      const part = key[column];
      if (part === undefined) throw new Error(`the key of ${name} lacks ${column}`);
      exact[column] = String(part);
      id += `:${part}`;
    }
    return { id, exact };
  }

  #table(name: string): Table {
    const table = this.#tables.get(name);
    if (!table) throw new Error(`no table chain.${name}`);
    return table;
  }
}

/** A value is alike whether it was just made or comes from the database, which tells wide numbers as text. */
const isSame = (a: unknown, b: unknown) => String(a ?? null) === String(b ?? null);

const plain = (_key: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);
