import type { Pool } from "pg";
import type { Address, Hex } from "viem";
import { type Actor, visitor } from "../access/actor.ts";
import type { CallDecoder } from "../chain/calls.ts";
import { type NewestBlock, newestBlock } from "../db/mirror/state.ts";
import type { Sql } from "../db/pool.ts";
import { Snapshot } from "../db/snapshot.ts";
import { Problem } from "../http/problem.ts";
import type { Witness } from "./answers/witness.ts";
import type { News, Wanted } from "./live/news.ts";
import type { People } from "./people.ts";

/** What stays the same from answer to answer. */
export interface ContextSource {
  pool: Pool;
  timeoutMs: number;
  chainId: number;
  finalityDepth: number;
  /** Seconds that an exit cohort spans, and from its end to its maturity. */
  windows: { cohort: number; unbonding: number };
  /** For what people say: it goes past replicas and snapshots. */
  write: Sql;
  /** Whether a wallet signed a digest. */
  isSignedBy(account: Address, hash: Hex, signature: Hex): Promise<boolean>;
  /** Words for a call of one of our contracts. */
  decodeCall: CallDecoder;
  /** Tells of what is wanted from its first question on, until `gone`. */
  news(wanted: Wanted, gone: AbortSignal): AsyncGenerator<News>;
}

/** What a resolver may use. Loaders live as long as one answer, which reads the database at one moment. */
export interface Context extends Omit<ContextSource, "pool" | "timeoutMs" | "news"> {
  read: Sql;
  /** Who asks; a visitor where nobody can sign in. In a stream it is who the asker is by now. */
  actor: Actor;
  /** Tells of what is wanted, until whoever listens to the stream has left. */
  news(wanted: Wanted): AsyncGenerator<News>;
  /** Whoever listened to the stream has left. */
  gone: AbortSignal;
  leave(): void;
  /** What services for people stand on. @throws {Problem} 503 SIGN_IN_OFF where nobody can sign in */
  people(): People;
  /** The block that this answer stands for. */
  asOfBlock(): Promise<NewestBlock | null>;
  /** One loader per key and answer, made on first use. */
  once<T>(key: string, make: () => T): T;
  /** Begins the next message of a subscription: a later moment, and loaders that remember nothing. */
  renew(): Promise<void>;
  end(): Promise<void>;
}

/** What is written past the mirror, or asked of others, is no answer to keep. */
const witnessed = ({ write, isSignedBy }: ContextSource, witness: Witness | undefined) => ({
  write: {
    query: ((text, values) => {
      witness?.spoil();
      return write.query(text, values);
    }) as Sql["query"],
  },
  isSignedBy: ((...signed) => {
    witness?.spoil();
    return isSignedBy(...signed);
  }) as ContextSource["isSignedBy"],
});

/**
 * @param people Absent where nobody can sign in.
 * @param witness Sees what the answer is made of, where others may be told it again.
 */
export function contextOf(source: ContextSource, people: People | undefined, witness?: Witness): Context {
  const made = new Map<string, unknown>();
  const once = <T>(key: string, make: () => T): T => {
    if (!made.has(key)) made.set(key, make());
    return made.get(key) as T;
  };
  const leaving = new AbortController();
  let snapshot = new Snapshot(source.pool, source.timeoutMs);
  const plain: Sql = { query: (text, values) => snapshot.query(text, values) };
  const read = witness ? witness.over(plain) : plain;
  return {
    read,
    actor: people?.actor ?? visitor,
    people: () => {
      // Services for people have clocks and tables of their own.
      witness?.spoil();
      if (people) return people;
      throw new Problem(503, "SIGN_IN_OFF", "nobody can sign in here");
    },
    chainId: source.chainId,
    finalityDepth: source.finalityDepth,
    windows: source.windows,
    ...witnessed(source, witness),
    decodeCall: source.decodeCall,
    news: (wanted) => source.news(wanted, leaving.signal),
    gone: leaving.signal,
    leave: () => leaving.abort(),
    once,
    asOfBlock: () => once("asOfBlock", async () => (await newestBlock(read)) ?? null),
    renew: async () => {
      const old = snapshot;
      snapshot = new Snapshot(source.pool, source.timeoutMs);
      made.clear();
      await old.end();
    },
    end: () => snapshot.end(),
  };
}
