import type { Deployment } from "@tburn/deployments";
import type { Pool } from "pg";
import { nextDigest } from "../../db/raw/digest.ts";
import type { Digested } from "../../db/raw/digests.ts";
import type { Table } from "../../db/tables.ts";
import type { Projection } from "../../domain.ts";
import type { BlockHead, RawLog } from "../blocks.ts";
import { type ChainEvent, decoder } from "../decode.ts";
import type { Page } from "../source.ts";
import type { Store } from "../store.ts";
import { readAhead } from "./probe.ts";

/** What a batch of blocks holds: its events, and the digest that each block leaves. */
export interface Folded {
  events: ChainEvent[];
  digests: Digested[];
}

export interface FoldOptions {
  deployment: Deployment;
  pool: Pool;
  tables: Map<string, Table>;
  store: Store;
  /** Projections of an event, lowest floor first. */
  projectionsOf: (event: ChainEvent) => Projection[];
}

/** Blocks told in their order into the rows of a store. */
export class Fold {
  readonly #o: FoldOptions;
  readonly #decode: ReturnType<typeof decoder>["decode"];
  /** Whom to listen to, and for what. */
  readonly addresses: ReturnType<typeof decoder>["addresses"];
  readonly topics: ReturnType<typeof decoder>["topics"];

  constructor(options: FoldOptions) {
    const { addresses, topics, decode } = decoder(options.deployment);
    this.addresses = addresses;
    this.topics = topics;
    this.#decode = decode;
    this.#o = options;
  }

  /**
   * @param before Digest of the block before the first; undefined in a mirror that is older than digests.
   * @param finalBlock Up to it, nothing is remembered as it was.
   */
  async tell({ headers, logs }: Page, before: Buffer | undefined, finalBlock: number): Promise<Folded> {
    const logsOf = new Map<number, RawLog[]>(headers.map(({ number }) => [number, []]));
    for (const log of logs) logsOf.get(log.blockNumber)?.push(log);
    const told = headers.map((head) => {
      const mine = logsOf.get(head.number) ?? [];
      return { head, logs: mine, events: mine.flatMap((log) => this.#decode(log, head.timestamp) ?? []) };
    });
    const events = told.flatMap((block) => block.events);
    const { pool, tables, store } = this.#o;
    await readAhead({ pool, tables, store, events, tell: this.#project });
    const digests: Digested[] = [];
    for (const { head, logs: mine, events: these } of told) {
      store.beginBlock(head.number, head.number <= finalBlock);
      this.#writeBlock(head, mine.length);
      for (const event of these) await this.#project(event, store);
      const last = digests.at(-1)?.digest ?? before;
      if (last) digests.push({ head, digest: nextDigest(last, head, mine, store.touched()) });
      // After the digest, which has the rows themselves: versions repeat them.
      store.endBlock();
    }
    return { events, digests };
  }

  readonly #project = async (event: ChainEvent, store: Store): Promise<void> => {
    for (const projection of this.#o.projectionsOf(event)) await projection(event, store);
  };

  #writeBlock({ number, hash, parentHash, timestamp }: BlockHead, logs: number): void {
    const values = { hash, parent_hash: parentHash, block_time: timestamp, log_count: logs };
    this.#o.store.append("blocks", { number }, values);
  }
}
