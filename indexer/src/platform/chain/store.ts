import type { Pool } from "pg";
import type { Undo } from "../db/journal.ts";
import { isEmpty, type Row, readAll, type Table } from "../db/tables.ts";

export type Key = Record<string, string | number | bigint>;

/** Rows of each of two generations; a row that is used again joins the younger one. */
const CACHE_ROWS = 30_000;

/**
 * The rows that projections read and write, kept in memory between batches: one writer holds the lock, so the cache
 * cannot grow stale. A change remembers the row as it was at the block's beginning.
 */
export class Store {
  readonly #pool: Pool;
  readonly #tables: Map<string, Table>;
  #rows = new Map<string, Row | undefined>();
  #older = new Map<string, Row | undefined>();
  /** Tables of which every row is in memory: a row that is not there does not exist. */
  readonly #complete = new Set<string>();
  readonly #dirty = new Map<string, { table: Table; row: Row }>();
  /** Rows that the block has changed, as they were at its beginning. */
  #touched = new Map<string, Row | undefined>();
  #undo: Undo[] = [];
  #block = 0;
  #isFinal = false;
  #forgets = false;

  constructor(pool: Pool, tables: Map<string, Table>) {
    this.#pool = pool;
    this.#tables = tables;
  }

  /** Finds out which tables are empty, so that filling them asks for nothing. */
  async open(): Promise<void> {
    this.reset();
    for (const table of this.#tables.values()) if (await isEmpty(this.#pool, table)) this.#complete.add(table.name);
    this.#forgets = this.#complete.size < this.#tables.size;
  }

  /** @param isFinal Nothing can take the block back: its rows are not remembered as they were. */
  beginBlock(number: number, isFinal = false): void {
    this.#block = number;
    this.#isFinal = isFinal;
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

  /** Whether some row may be in the database and not in memory. */
  get forgets(): boolean {
    return this.#forgets;
  }

  /** What memory knows of a row by its name: the row, or that there is none; undefined if it knows nothing. */
  recall(table: string, id: string): { row: Row | undefined } | undefined {
    const row = this.#rows.get(id);
    if (row !== undefined || this.#rows.has(id)) return { row };
    if (this.#older.has(id)) {
      const old = this.#older.get(id);
      this.#rows.set(id, old);
      return { row: old };
    }
    return this.#complete.has(table) ? { row: undefined } : undefined;
  }

  /** Takes in rows that were read for `keys`; those that were not found do not exist. */
  learn(table: string, keys: ReadonlyMap<string, Key>, rows: Row[]): void {
    for (const id of keys.keys()) this.#rows.set(id, undefined);
    for (const row of rows) this.#rows.set(this.idOf(table, row as Key), row);
  }

  /** The row with this key, to read only; undefined if there is none. */
  async find(table: string, key: Key): Promise<Row | undefined> {
    const id = this.idOf(table, key);
    const known = this.recall(table, id);
    if (known) return known.row;
    const [row] = await readAll(this.#pool, this.#table(table), [key]);
    this.#rows.set(id, row);
    return row;
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
    const changed = { ...row, ...change(row) };
    this.#write(table, key, row, changed);
    return changed;
  }

  /** Writes a row, new or not. */
  async put(table: string, key: Key, values: Row): Promise<Row> {
    const row = await this.find(table, key);
    const changed = { ...row, ...key, ...values };
    this.#write(table, key, row, changed);
    return changed;
  }

  /** Appends a row that nothing can have written before, such as a log; it is not kept in memory. */
  append(table: string, key: Key, values: Row): void {
    this.#rows.delete(this.#write(table, key, undefined, { ...key, ...values }));
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
      // What falls out of memory is not told by an absence any more.
      if (this.#older.size > 0) {
        this.#complete.clear();
        this.#forgets = true;
      }
      this.#older = this.#rows;
      this.#rows = new Map();
    }
    return { writes, undo };
  }

  /** Forgets everything: the database has moved without this store. */
  reset(): void {
    this.#rows.clear();
    this.#older.clear();
    this.#complete.clear();
    this.#dirty.clear();
    this.#undo = [];
  }

  /** @param values Belong to the store from now on. @returns the row's name */
  #write(table: string, key: Key, before: Row | undefined, values: Row): string {
    // Whole numbers are written as text: a JSON number would lose digits in the journal.
    for (const name in values) if (typeof values[name] === "bigint") values[name] = String(values[name]);
    const id = this.idOf(table, key);
    if (!this.#touched.has(id)) {
      this.#touched.set(id, before);
      if (!this.#isFinal) {
        this.#undo.push({ blockNumber: this.#block, table, key: this.#exact(table, key), before: before ?? null });
      }
    }
    this.#rows.set(id, values);
    this.#dirty.set(id, { table: this.#table(table), row: values });
    return id;
  }

  /** One name per row, whatever order and types the caller's key has. */
  idOf(name: string, key: Key): string {
    let id = name;
    for (const column of this.#table(name).key) {
      const part = key[column];
      if (part === undefined) throw new Error(`the key of ${name} lacks ${column}`);
      id += `:${part}`;
    }
    return id;
  }

  #exact(name: string, key: Key): Record<string, string> {
    return Object.fromEntries(this.#table(name).key.map((column) => [column, String(key[column])]));
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
