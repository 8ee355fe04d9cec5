import type { Deployment } from "@tburn/deployments";
import { projectionsOf } from "../../../indexer/src/mirror.ts";
import { plainArgs } from "../../../indexer/src/platform/chain/args.ts";
import type { RawLog } from "../../../indexer/src/platform/chain/blocks.ts";
import { decoder } from "../../../indexer/src/platform/chain/decode.ts";
import { originOf } from "../../../indexer/src/platform/chain/edition/version.ts";
import type { Key, Store } from "../../../indexer/src/platform/chain/store.ts";
import { firstDigest, nextDigest, type Written } from "../../../indexer/src/platform/db/raw/digest.ts";
import type { Row, Table } from "../../../indexer/src/platform/db/tables.ts";
import type { Block, Lineage, WireLog } from "../world/chain.ts";

/** Tables of the past, and whose past it is: each beside the engine's own list, so that neither can lose one alone. */
const pasts: [of: string, past: string][] = [
  ["validators", "validator_versions"],
  ["positions", "position_versions"],
  ["cohorts", "cohort_versions"],
  ["members", "member_versions"],
  ["member_grades", "grade_versions"],
  ["vote_accounts", "vote_versions"],
];

/** Rows in maps, and nothing else: what the engine's store would be if nothing ever went wrong. */
class NaiveStore {
  readonly #tables: Map<string, Table>;
  readonly rows = new Map<string, Map<string, Row>>();
  #touched = new Map<string, { table: string; id: string }>();
  readonly #remembered = new Map<string, string>();

  constructor(tables: Map<string, Table>) {
    this.#tables = tables;
    for (const name of tables.keys()) this.rows.set(name, new Map());
  }

  async find(table: string, key: Key): Promise<Row | undefined> {
    return this.#of(table).get(this.#id(table, key));
  }

  async need(table: string, key: Key): Promise<Row> {
    const row = await this.find(table, key);
    if (!row) throw new Error(`naive replay: ${table} has no ${this.#id(table, key)}`);
    return row;
  }

  async change(table: string, key: Key, change: (row: Row) => Row): Promise<Row> {
    const row = await this.need(table, key);
    return this.#set(table, key, { ...row, ...change(row) });
  }

  async put(table: string, key: Key, values: Row): Promise<Row> {
    return this.#set(table, key, { ...(await this.find(table, key)), ...key, ...values });
  }

  append(table: string, key: Key, values: Row): void {
    this.#set(table, key, { ...key, ...values });
  }

  #set(table: string, key: Key, values: Row): Row {
    const row = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === "bigint" ? String(value) : value]),
    );
    const id = this.#id(table, key);
    this.#of(table).set(id, row);
    if (!this.#touched.has(`${table} ${id}`)) this.#touched.set(`${table} ${id}`, { table, id });
    return row;
  }

  /** Rows changed since this was asked last, in the order in which they were changed first. */
  changed(): Written[] {
    const changed = [...this.#touched.values()].map(({ table, id }) => {
      const [described, row] = [this.#tables.get(table), this.#of(table).get(id)];
      if (!described || !row) throw new Error(`naive replay: ${table} lost ${id}`);
      return { table: described, row };
    });
    this.#touched = new Map();
    return changed;
  }

  /** Looks at every row of tables with a past, and writes down those that read otherwise than when they were last written. */
  remember(block: number): void {
    for (const [of, past] of pasts) {
      const columns = this.#tables.get(past)?.columns.filter((column) => column !== "block_number") ?? [];
      for (const [id, row] of this.#of(of)) {
        const words = columns.map((column) => `${row[column] ?? "nothing"}`).join("|");
        if (this.#remembered.get(`${past} ${id}`) === words) continue;
        this.#remembered.set(`${past} ${id}`, words);
        this.#of(past).set(`${id}:${block}`, {
          block_number: block,
          ...Object.fromEntries(columns.map((column) => [column, row[column]])),
        });
      }
    }
  }

  #of(table: string): Map<string, Row> {
    const rows = this.rows.get(table);
    if (!rows) throw new Error(`naive replay: no table ${table}`);
    return rows;
  }

  #id(table: string, key: Key): string {
    return (this.#tables.get(table)?.key ?? []).map((column) => String(key[column])).join(":");
  }
}

/** Keys in one order: jsonb has its own. */
const ordered = (_key: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** Something that must be announced, as a line: equal lines are the same announcement. */
export const announced = (blockHash: string, logIndex: number, event: string, payload: object): string =>
  `${blockHash} ${logIndex} ${event} ${JSON.stringify(payload, ordered)}`;

export interface Replay {
  rows: Map<string, Row[]>;
  announcements: { block: number; line: string }[];
  /** Each as block, index and transaction. */
  logs: string[];
  /** Of each block, in hexadecimal. */
  digests: Map<number, string>;
}

const raw = (log: WireLog) => ({
  ...log,
  address: log.address.toLowerCase() as WireLog["address"],
  blockNumber: Number(log.blockNumber),
  logIndex: Number(log.logIndex),
  transactionIndex: null,
});

/** Folds a chain from its first block: block by block, log by log, with the projections of the engine and none of its parts. */
export class NaiveReplay {
  readonly #deployment: Deployment;
  readonly #tables: Map<string, Table>;
  readonly #decode: ReturnType<typeof decoder>["decode"];
  readonly #followed: Set<string>;

  constructor(deployment: Deployment, tables: Map<string, Table>) {
    this.#deployment = deployment;
    this.#tables = tables;
    const { decode, addresses } = decoder(deployment);
    this.#decode = decode;
    this.#followed = new Set(addresses);
  }

  async of(lineage: Lineage): Promise<Replay> {
    const store = new NaiveStore(this.#tables);
    const told: Omit<Replay, "rows"> = { announcements: [], logs: [], digests: new Map() };
    let digest = firstDigest(originOf(this.#deployment));
    for (const block of lineage.slice(this.#deployment.startBlock)) {
      const logs = await this.#fold(block, store, told);
      digest = nextDigest(digest, { ...block, timestamp: block.time }, logs, store.changed());
      store.remember(block.number);
      told.digests.set(block.number, digest.toString("hex"));
    }
    return { ...told, rows: new Map([...store.rows].map(([name, rows]) => [name, [...rows.values()]])) };
  }

  async #fold(block: Block, store: NaiveStore, told: Omit<Replay, "rows">): Promise<RawLog[]> {
    const logs = block.logs.map(raw).filter(({ address }) => this.#followed.has(address));
    store.append(
      "blocks",
      { number: block.number },
      { hash: block.hash, parent_hash: block.parentHash, block_time: block.time, log_count: logs.length },
    );
    for (const log of logs) {
      told.logs.push(`${block.number}.${log.logIndex} ${log.transactionHash}`);
      const event = this.#decode(log, block.time);
      if (!event) continue;
      const payload = { ...plainArgs(event), txHash: event.txHash, blockTime: event.blockTime };
      told.announcements.push({
        block: block.number,
        line: announced(block.hash, log.logIndex, event.name, payload),
      });
      // Projections ask for the class; these are all of its methods that they use.
      for (const projection of projectionsOf(event)) await projection(event, store as unknown as Store);
    }
    return logs;
  }
}
