import type { Deployment } from "@tburn/deployments";
import { nextDigest } from "../../db/raw/digest.ts";
import type { Digested } from "../../db/raw/digests.ts";
import type { Projection } from "../../domain.ts";
import type { BlockHead, RawLog } from "../blocks.ts";
import { type ChainEvent, decoder } from "../decode.ts";
import type { Page } from "../source.ts";
import type { Store } from "../store.ts";

/** What a batch of blocks holds: its events, and the digest that each block leaves. */
export interface Folded {
  events: ChainEvent[];
  digests: Digested[];
}

/** Blocks told in their order into the rows of a store. */
export class Fold {
  readonly #store: Store;
  readonly #decode: ReturnType<typeof decoder>["decode"];
  readonly #projectionsOf: (event: ChainEvent) => Projection[];
  /** Whom to listen to, and for what. */
  readonly addresses: ReturnType<typeof decoder>["addresses"];
  readonly topics: ReturnType<typeof decoder>["topics"];

  /** @param projectionsOf Projections of an event, lowest floor first. */
  constructor(deployment: Deployment, store: Store, projectionsOf: (event: ChainEvent) => Projection[]) {
    const { addresses, topics, decode } = decoder(deployment);
    this.addresses = addresses;
    this.topics = topics;
    this.#decode = decode;
    this.#store = store;
    this.#projectionsOf = projectionsOf;
  }

  /** @param before Digest of the block before the first; undefined in a mirror that is older than digests. */
  async tell({ headers, logs }: Page, before: Buffer | undefined): Promise<Folded> {
    const folded: Folded = { events: [], digests: [] };
    const logsOf = new Map<number, RawLog[]>(headers.map(({ number }) => [number, []]));
    for (const log of logs) logsOf.get(log.blockNumber)?.push(log);
    for (const head of headers) {
      const mine = logsOf.get(head.number) ?? [];
      this.#store.beginBlock(head.number);
      this.#writeBlock(head, mine.length);
      for (const log of mine) {
        const event = this.#decode(log, head.timestamp);
        if (!event) continue;
        folded.events.push(event);
        for (const projection of this.#projectionsOf(event)) await projection(event, this.#store);
      }
      const last = folded.digests.at(-1)?.digest ?? before;
      if (last) folded.digests.push({ head, digest: nextDigest(last, head, mine, this.#store.touched()) });
      // After the digest, which has the rows themselves: versions repeat them.
      this.#store.endBlock();
    }
    return folded;
  }

  #writeBlock({ number, hash, parentHash, timestamp }: BlockHead, logs: number): void {
    const values = { hash, parent_hash: parentHash, block_time: timestamp, log_count: logs };
    this.#store.append("blocks", { number }, values);
  }
}
