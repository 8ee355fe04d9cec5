import type { Pool } from "pg";
import type { Undo } from "../db/journal.ts";
import { isEmpty, type Row, readAll, type Table, type Writes } from "../db/tables.ts";

export type Key = Record<string, string | number | bigint>;

/** Rows of each of two generations; a row that is used again joins the younger one. */
const CACHE_ROWS = 30_000;

/** A row in memory, and what has become of it since it was written last. */
interface Entry {
  table: Table;
  row: Row | undefined;
  /** The block that changed it last, and the row as it was at that block's beginning. */
  block: number;
  before: Row | undefined;
  isDirty: boolean;
  /** Not in the database yet. */
  isNew: boolean;
}

/** What is in memory of a table, by the rows' names. */
interface Shelf {
  table: Table;
  young: Map<string, Entry>;
  old: Map<string, Entry>;
  /** Every row is in memory: one that is not there does not exist. */
  isComplete: boolean;
}

/** What a batch has changed, and how to take it back. */
interface Changes extends Writes {
  undo: Undo[];
}

/**
 * The rows that projections read and write, kept in memory between batches: one writer holds the lock, so the cache
 * cannot grow stale. A change remembers the row as it was at the block's beginning.
 */
export class Store {
  readonly #pool: Pool;
  readonly #shelves: Map<string, Shelf>;
  #hasOld = false;
  #dirty: Entry[] = [];
  /** What the block has changed, in the order of the first change. */
  #touched: Entry[] = [];
  #undo: Undo[] = [];
  #block = -1;
  #isFinal = false;
  #forgets = false;

  constructor(pool: Pool, tables: Map<string, Table>) {
    this.#pool = pool;
    this.#shelves = new Map(
      [...tables].map(([name, table]) => [name, { table, young: new Map(), old: new Map(), isComplete: false }]),
    );
  }

  /** Finds out which tables are empty, so that filling them asks for nothing. */
  async open(): Promise<void> {
    this.reset();
    for (const shelf of this.#shelves.values()) shelf.isComplete = await isEmpty(this.#pool, shelf.table);
    this.#forgets = [...this.#shelves.values()].some(({ isComplete }) => !isComplete);
  }

  /** @param isFinal Nothing can take the block back: its rows are not remembered as they were. */
  beginBlock(number: number, isFinal = false): void {
    this.#block = number;
    this.#isFinal = isFinal;
    this.#touched = [];
  }

  /** Keeps what the block has changed of tables whose past can be asked for, as it leaves them. */
  endBlock(): void {
    const count = this.#touched.length;
    for (let i = 0; i < count; i++) {
      const { table, row, before } = this.#touched[i] as Entry;
      if (!table.versions || !row) continue;
      const { table: into, columns } = table.versions;
      if (before && columns.every((column) => isSame(before[column], row[column]))) continue;
      const version: Row = { block_number: this.#block };
      for (const column of table.key) version[column] = row[column];
      for (const column of columns) version[column] = row[column];
      this.append(into, version as Key, {});
    }
  }

  /** Whether some row may be in the database and not in memory. */
  get forgets(): boolean {
    return this.#forgets;
  }

  /** What memory knows of a row by its id: the row, or that there is none; undefined if it knows nothing. */
  recall(name: string, id: string): { row: Row | undefined } | undefined {
    return this.#known(this.#shelf(name), id);
  }

  /** Takes in rows that were read for `ids`; those that were not found do not exist. */
  learn(name: string, ids: Iterable<string>, rows: Row[]): void {
    const shelf = this.#shelf(name);
    for (const id of ids) this.#remember(shelf, id, undefined);
    for (const row of rows) this.#remember(shelf, idOf(shelf.table, row as Key), row);
  }

  /** The row with this key, to read only; undefined if there is none. */
  async find(name: string, key: Key): Promise<Row | undefined> {
    const shelf = this.#shelf(name);
    const id = idOf(shelf.table, key);
    return (this.#known(shelf, id) ?? (await this.#read(shelf, id, key))).row;
  }

  /** The row with this key, which an earlier event must have made. */
  async need(name: string, key: Key): Promise<Row> {
    const shelf = this.#shelf(name);
    const id = idOf(shelf.table, key);
    return this.#rowOf(this.#known(shelf, id) ?? (await this.#read(shelf, id, key)), key);
  }

  /** Changes the row with this key; it must exist. */
  async change(name: string, key: Key, change: (row: Row) => Row): Promise<Row> {
    const shelf = this.#shelf(name);
    const id = idOf(shelf.table, key);
    const entry = this.#known(shelf, id) ?? (await this.#read(shelf, id, key));
    const row = this.#rowOf(entry, key);
    return this.#write(entry, { ...row, ...asText(change(row)) });
  }

  /** Writes a row, new or not. */
  async put(name: string, key: Key, values: Row): Promise<Row> {
    const shelf = this.#shelf(name);
    const id = idOf(shelf.table, key);
    const entry = this.#known(shelf, id) ?? (await this.#read(shelf, id, key));
    return this.#write(entry, asText({ ...entry.row, ...key, ...values }));
  }

  /** Appends a row that nothing can have written before, such as a log; it is not kept in memory. */
  append(name: string, key: Key, values: Row): void {
    const shelf = this.#shelf(name);
    const row = asText({ ...key, ...values });
    const entry = { table: shelf.table, row, before: undefined, block: this.#block, isDirty: true, isNew: true };
    this.#touch(entry, row);
    this.#dirty.push(entry);
    shelf.isComplete = false;
  }

  /** Rows that the block has changed so far, as they are now, in the order of their first change. */
  *touched(): Generator<{ table: Table; row: Row }> {
    for (const { table, row } of this.#touched) if (row) yield { table, row };
  }

  /**
   * Hands over what has changed since the last call. Between batches only: it may forget rows that were handed over by the
   * call before, which must stand in the database by now.
   */
  drain(): Changes {
    const [inserts, upserts] = [new Map<Table, Row[]>(), new Map<Table, Row[]>()];
    for (const entry of this.#dirty) {
      const into = entry.isNew ? inserts : upserts;
      const rows = into.get(entry.table);
      if (rows) rows.push(entry.row as Row);
      else into.set(entry.table, [entry.row as Row]);
      entry.isDirty = false;
      entry.isNew = false;
      entry.before = undefined;
    }
    const undo = this.#undo;
    this.#dirty = [];
    this.#undo = [];
    this.#touched = [];
    const young = [...this.#shelves.values()].reduce((sum, shelf) => sum + shelf.young.size, 0);
    if (young > CACHE_ROWS) this.#age();
    return { inserts, upserts, undo };
  }

  /** Forgets everything: the database has moved without this store. */
  reset(): void {
    for (const shelf of this.#shelves.values()) {
      shelf.young.clear();
      shelf.old.clear();
      shelf.isComplete = false;
    }
    this.#hasOld = false;
    this.#dirty = [];
    this.#touched = [];
    this.#undo = [];
  }

  /** Forgets rows that were not used for a generation. */
  #age(): void {
    for (const shelf of this.#shelves.values()) {
      // What falls out of memory is not told by an absence any more.
      if (this.#hasOld) shelf.isComplete = false;
      shelf.old = shelf.young;
      shelf.young = new Map();
    }
    if (this.#hasOld) this.#forgets = true;
    this.#hasOld = true;
  }

  #known(shelf: Shelf, id: string): Entry | undefined {
    const found = shelf.young.get(id);
    if (found) return found;
    const old = shelf.old.get(id);
    if (old) {
      shelf.young.set(id, old);
      return old;
    }
    return shelf.isComplete ? this.#remember(shelf, id, undefined) : undefined;
  }

  async #read(shelf: Shelf, id: string, key: Key): Promise<Entry> {
    const [row] = await readAll(this.#pool, shelf.table, [key]);
    return this.#remember(shelf, id, row);
  }

  #remember({ table, young }: Shelf, id: string, row: Row | undefined): Entry {
    const entry = { table, row, before: undefined, block: -1, isDirty: false, isNew: false };
    young.set(id, entry);
    return entry;
  }

  /** @throws {Error} if there is none */
  #rowOf({ table, row }: Entry, key: Key): Row {
    if (row) return row;
    throw new Error(`block ${this.#block}: ${table.name} ${JSON.stringify(key, plain)} does not exist`);
  }

  /** @param row Belongs to the store from now on. */
  #write(entry: Entry, row: Row): Row {
    if (entry.block !== this.#block) {
      entry.before = entry.row;
      entry.block = this.#block;
      this.#touch(entry, row);
    }
    if (!entry.isDirty) {
      entry.isDirty = true;
      entry.isNew = entry.row === undefined;
      this.#dirty.push(entry);
    }
    entry.row = row;
    return row;
  }

  /** Notes that the block changes a row for the first time. */
  #touch(entry: Entry, row: Row): void {
    this.#touched.push(entry);
    if (this.#isFinal) return;
    const { table, before = null } = entry;
    // The key as text: a JSON number would lose digits in the journal.
    const key = Object.fromEntries(table.key.map((column) => [column, String(row[column])]));
    this.#undo.push({ blockNumber: this.#block, table: table.name, key, before });
  }

  #shelf(name: string): Shelf {
    const shelf = this.#shelves.get(name);
    if (!shelf) throw new Error(`no table chain.${name}`);
    return shelf;
  }
}

/** One name for each row of a table, whatever order and types the caller's key has. */
export function idOf({ name, key }: Table, values: Key): string {
  let id = "";
  for (const column of key) {
    const part = values[column];
    if (part === undefined) throw new Error(`the key of ${name} lacks ${column}`);
    id = id === "" ? String(part) : `${id}:${part}`;
  }
  return id;
}

/** Whole numbers as text: a JSON number would lose digits in the journal. Changes `values` itself. */
function asText(values: Row): Row {
  for (const name in values) if (typeof values[name] === "bigint") values[name] = String(values[name]);
  return values;
}

/** A value is alike whether it was just made or comes from the database, which tells wide numbers as text. */
const isSame = (a: unknown, b: unknown) => a === b || String(a ?? null) === String(b ?? null);

const plain = (_key: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);
