import type { Pool } from "pg";
import type { Sql } from "../../../indexer/src/platform/db/pool.ts";
import { Snapshot } from "../../../indexer/src/platform/db/reads/snapshot.ts";
import { type Table, upsert } from "../../../indexer/src/platform/db/tables.ts";
import type { Chains, Lineage } from "../world/chain.ts";
import { announced, type NaiveReplay, type Replay } from "./naive.ts";

/** The engine has broken a promise. */
export class Breach extends Error {}

interface OutboxRow {
  id: string;
  block_number: string;
  block_hash: string;
  log_index: number;
  event: string;
  retracts: string | null;
  payload: object;
}

/** What an answer of the API stands on. */
interface Seen {
  number: number;
  hash: string;
  finalBlock: number;
}

/** Announcements that stand after all that was taken back. @throws {Breach} if one was taken back out of turn. */
function standing(rows: OutboxRow[]): string[] {
  const stack: { id: string; name: string; place: [number, number] }[] = [];
  for (const row of rows) {
    const name = announced(row.block_hash, row.log_index, row.event, row.payload);
    const top = stack.at(-1);
    if (row.retracts !== null) {
      // Newest first: whoever applies them in order never meets a state that no chain had.
      if (top?.id !== row.retracts || top.name !== name) throw new Breach(`outbox ${row.id} retracts out of turn`);
      stack.pop();
      continue;
    }
    const place: [number, number] = [Number(row.block_number), row.log_index];
    if (top && (place[0] - top.place[0] || place[1] - top.place[1]) <= 0) {
      throw new Breach(`outbox ${row.id}: ${name.slice(0, 120)} comes after ${top.place.join(".")}`);
    }
    stack.push({ id: row.id, name, place });
  }
  return stack.map(({ name }) => name);
}

/** A digest of each table's rows in key order, in one statement: hundreds of schedules ask for it. */
async function digests(sql: Sql, tables: Map<string, Table>): Promise<Map<string, string>> {
  const each = [...tables.values()].map(({ name, key }) => {
    const order = key.map((column) => `t."${column}"`).join(", ");
    return `select '${name}' as name, md5(coalesce(string_agg(md5(t::text), '' order by ${order}), '')) as digest from chain."${name}" t`;
  });
  const { rows } = await sql.query<{ name: string; digest: string }>(each.join(" union all "));
  return new Map(rows.map(({ name, digest }) => [name, digest]));
}

/** Empties tables of few rows: to truncate them would make hundreds of files anew. */
export const emptied = (tables: Map<string, Table>, more: string[] = []): string =>
  [...[...tables.keys()].map((name) => `chain."${name}"`), ...more].map((name) => `delete from ${name}`).join("; ");

/** Reads as a server of the API does, and holds what it reads against a naive replay. */
export class Judge {
  readonly #reader: Pool;
  readonly #bench: Pool;
  readonly #tables: Map<string, Table>;
  readonly #replay: NaiveReplay;
  readonly #startBlock: number;
  #chains: Chains | undefined;
  #history = () => -1;
  #replays = new Map<string, Replay>();
  #digests = new Map<string, Map<string, string>>();

  /** @param bench A database of the same schema in which the naive replay's rows get their digest. */
  constructor(reader: Pool, bench: Pool, tables: Map<string, Table>, replay: NaiveReplay, startBlock: number) {
    this.#reader = reader;
    this.#bench = bench;
    this.#tables = tables;
    this.#replay = replay;
    this.#startBlock = startBlock;
  }

  /** @param history Up to which block a mirror that is begun now need not announce anything. */
  begin(chains: Chains, history: () => number): void {
    this.#chains = chains;
    this.#history = history;
    this.#replays = new Map();
    this.#digests = new Map();
  }

  /**
   * One read of everything at one moment.
   * @param isDeep Whether each table's rows are compared, too.
   * @returns what the answer stands on; undefined before the first block.
   * @throws {Breach}
   */
  async look(isDeep: boolean): Promise<Seen | undefined> {
    const snapshot = new Snapshot(this.#reader, 20_000);
    try {
      const seen = await this.#checkpoint(snapshot);
      const lineage = seen ? this.#chains?.upTo(seen.hash) : [];
      if (!lineage) throw new Breach(`the checkpoint ${seen?.number} ${seen?.hash} is of no chain that ever was`);
      await this.#raw(snapshot, lineage);
      await this.#outbox(snapshot, lineage);
      if (seen) await this.#journal(snapshot, seen);
      if (isDeep) await this.#rows(snapshot, lineage);
      return seen;
    } finally {
      await snapshot.end();
    }
  }

  async #checkpoint(sql: Sql): Promise<Seen | undefined> {
    const { rows } = await sql.query<{ block_number: string; block_hash: string; final_block: string }>(
      "select * from ops.checkpoint",
    );
    const [row] = rows;
    return row && { number: Number(row.block_number), hash: row.block_hash, finalBlock: Number(row.final_block) };
  }

  /** Blocks and logs are those of the chain up to the checkpoint. */
  async #raw(sql: Sql, lineage: Lineage): Promise<void> {
    const blocks = await sql.query<{ number: string; hash: string }>("select * from chain.blocks order by number");
    const mine = blocks.rows.map(({ number, hash }) => `${number} ${hash}`);
    const theirs = lineage.slice(this.#startBlock).map(({ number, hash }) => `${number} ${hash}`);
    this.#same("blocks", mine, theirs);
    const logs = await sql.query<{ name: string }>(
      `select block_number || '.' || log_index || ' 0x' || encode(tx_hash, 'hex') as name
         from ops.raw_logs order by block_number, log_index`,
    );
    const replay = await this.#replayOf(lineage);
    this.#same(
      "logs",
      logs.rows.map(({ name }) => name),
      replay.logs,
    );
    await this.#published(sql, replay.digests);
  }

  /** Digests that other operators would compare are those of a replay of one batch for each block. */
  async #published(sql: Sql, wanted: Map<number, string>): Promise<void> {
    const { rows } = await sql.query<{ number: string; digest: string }>(
      "select number, encode(digest, 'hex') as digest from ops.block_digests order by number",
    );
    const wrong = rows.find(({ number, digest }) => wanted.get(Number(number)) !== digest);
    if (wrong) throw new Breach(`the digest of block ${wrong.number} is not that of a naive replay`);
    const last = [...wanted.keys()].at(-1);
    if (last !== undefined && Number(rows.at(-1)?.number) !== last) throw new Breach(`block ${last} has no digest`);
  }

  async #outbox(sql: Sql, lineage: Lineage): Promise<void> {
    const { rows } = await sql.query<OutboxRow>("select * from ops.outbox order by id");
    const silent = await this.#silentTo(sql);
    const wanted = (await this.#replayOf(lineage)).announcements.filter(({ block }) => block > silent);
    this.#same(
      "standing announcements",
      standing(rows),
      wanted.map(({ line }) => line),
    );
  }

  /** Up to which block nothing was announced. @throws {Breach} if it was not final when the mirror was begun */
  async #silentTo(sql: Sql): Promise<number> {
    const { rows } = await sql.query<{ block_number: string }>("select block_number from ops.outbox_horizon");
    const silent = Number(rows[0]?.block_number);
    if (silent > Math.max(-1, this.#history()))
      throw new Breach(`blocks up to ${silent} are silent and were not final`);
    return silent;
  }

  /** Entries for what may still be taken back, and for nothing else. */
  async #journal(sql: Sql, { number, finalBlock }: Seen): Promise<void> {
    const { rows } = await sql.query<{ block_number: string }>(
      "select distinct block_number from ops.journal where block_number <= $1 or block_number > $2",
      [finalBlock, number],
    );
    if (rows.length > 0) throw new Breach(`the journal tells of blocks ${rows.map((row) => row.block_number).join()}`);
  }

  async #rows(sql: Sql, lineage: Lineage): Promise<void> {
    const [mine, theirs] = [await digests(sql, this.#tables), await this.#digestOf(lineage)];
    const wrong = [...theirs.keys()].filter((name) => mine.get(name) !== theirs.get(name));
    if (wrong.length === 0) return;
    const block = lineage.at(-1)?.number ?? "none";
    throw new Breach(`at block ${block}, rows differ from a naive replay in: ${wrong.join(", ")}`);
  }

  #same(what: string, mine: string[], theirs: string[]): void {
    if (mine.length === theirs.length && mine.every((one, i) => one === theirs[i])) return;
    const at = mine.findIndex((one, i) => one !== theirs[i]);
    const place = at < 0 ? mine.length : at;
    const [is, wants] = [mine[place], theirs[place]].map((one) => one?.slice(0, 140) ?? "nothing");
    throw new Breach(`${what}: ${mine.length} for ${theirs.length}; at ${place} ${is} instead of ${wants}`);
  }

  async #replayOf(lineage: Lineage): Promise<Replay> {
    const name = lineage.at(-1)?.hash ?? "";
    const found = this.#replays.get(name) ?? (await this.#replay.of(lineage));
    this.#replays.set(name, found);
    return found;
  }

  async #digestOf(lineage: Lineage): Promise<Map<string, string>> {
    const name = lineage.at(-1)?.hash ?? "";
    const found = this.#digests.get(name);
    if (found) return found;
    await this.#bench.query(emptied(this.#tables));
    for (const [table, rows] of (await this.#replayOf(lineage)).rows) {
      const described = this.#tables.get(table);
      if (described) await upsert(this.#bench, described, rows);
    }
    const made = await digests(this.#bench, this.#tables);
    this.#digests.set(name, made);
    return made;
  }
}
