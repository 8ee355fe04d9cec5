import type { Pool } from "pg";
import { type Row, readAll, type Table } from "../../db/tables.ts";
import type { ChainEvent } from "../decode.ts";
import { idOf, type Key, Store } from "../store.ts";

/** A position leads to its owner, that to its member: so many steps are looked ahead. */
const STEPS = 4;

/** Thrown thousands of times a batch: one error for all, because each would walk the stack. */
const missing = new Error("a row is not in memory");

/** A store that reads nothing and writes nothing: it notes which rows would have been read from the database. */
class Probe extends Store {
  readonly #real: Store;
  readonly #tables: Map<string, Table>;
  readonly #wanted = new Map<string, Map<string, Key>>();
  readonly #written = new Map<string, Row>();

  constructor(pool: Pool, tables: Map<string, Table>, real: Store) {
    super(pool, tables);
    this.#real = real;
    this.#tables = tables;
  }

  /** Rows to read, by table and id. */
  get wanted(): ReadonlyMap<string, ReadonlyMap<string, Key>> {
    return this.#wanted;
  }

  override async find(table: string, key: Key): Promise<Row | undefined> {
    const id = this.#idOf(table, key);
    const written = this.#written.get(`${table}:${id}`);
    if (written) return written;
    const known = this.#real.recall(table, id);
    if (known) return known.row;
    const wanted = this.#wanted.get(table);
    if (wanted) wanted.set(id, key);
    else this.#wanted.set(table, new Map([[id, key]]));
    throw missing;
  }

  override async need(table: string, key: Key): Promise<Row> {
    const row = await this.find(table, key);
    // Whatever should have made it is not known yet, or there is an error, which the real store tells.
    if (!row) throw missing;
    return row;
  }

  override async change(table: string, key: Key, change: (row: Row) => Row): Promise<Row> {
    const row = await this.need(table, key);
    return this.#note(table, key, { ...row, ...change(row) });
  }

  override async put(table: string, key: Key, values: Row): Promise<Row> {
    const row = await this.find(table, key);
    return this.#note(table, key, { ...row, ...key, ...values });
  }

  override append(): void {
    // Nobody reads it.
  }

  #note(table: string, key: Key, row: Row): Row {
    this.#written.set(`${table}:${this.#idOf(table, key)}`, row);
    return row;
  }

  #idOf(name: string, key: Key): string {
    const table = this.#tables.get(name);
    if (!table) throw new Error(`no table chain.${name}`);
    return idOf(table, key);
  }
}

interface Reading {
  pool: Pool;
  tables: Map<string, Table>;
  store: Store;
  events: ChainEvent[];
  /** Makes rows of an event; rejects if it lacks one. */
  tell: (event: ChainEvent, store: Store) => Promise<void>;
}

/** Events that could not be told to the end for want of rows. */
async function leftOver({ events, tell }: Reading, probe: Probe): Promise<ChainEvent[]> {
  const left: ChainEvent[] = [];
  for (const event of events) {
    try {
      await tell(event, probe);
    } catch {
      left.push(event);
    }
  }
  return left;
}

/**
 * Reads, a statement for each table, the rows that `events` will ask `store` for: one by one each would wait for the
 * database. A row that is overlooked is read when it is asked for.
 */
export async function readAhead(reading: Reading): Promise<void> {
  const { pool, tables, store } = reading;
  if (!store.forgets) return;
  let left = reading.events;
  for (let step = 0; step < STEPS && left.length > 0; step++) {
    const probe = new Probe(pool, tables, store);
    left = await leftOver({ ...reading, events: left }, probe);
    if (probe.wanted.size === 0) return;
    for (const [name, keys] of probe.wanted) {
      const table = tables.get(name);
      if (table) store.learn(name, keys.keys(), await readAll(pool, table, [...keys.values()]));
    }
  }
}
