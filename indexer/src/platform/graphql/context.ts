import type { Address, Hex } from "viem";
import { type Actor, visitor } from "../access/actor.ts";
import type { CallDecoder } from "../chain/calls.ts";
import { type NewestBlock, newestBlock } from "../db/mirror.ts";
import type { Sql } from "../db/pool.ts";
import { type Lsn, laterOf, lsnOf } from "../db/reads/lsn.ts";
import type { Places } from "../db/reads/places.ts";
import { Snapshot } from "../db/reads/snapshot.ts";
import { Problem } from "../http/problem.ts";
import type { News, Wanted } from "./live/news.ts";
import type { People } from "./people.ts";

/** What stays the same from answer to answer. */
export interface ContextSource {
  places: Pick<Places, "open" | "present" | "wrote">;
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
export interface Context extends Omit<ContextSource, "places" | "timeoutMs" | "news"> {
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
  /** Lets what is read next hold everything that is written by now: for an answer about what has just been heard of. */
  catchUp(): Promise<void>;
  /** Begins the answer anew where it is written: it writes, or what it was read from has failed. */
  moveToPrimary(): Promise<void>;
  /** Whether what it was read from has failed in the middle of it. */
  isLost(): boolean;
  /** Notes that whoever asks has written. */
  wrote(): Promise<void>;
  end(): Promise<void>;
}

/** Where the answers of one asker are read: what it has written itself, and what it was told of, must be in them. */
function readingOf({ places, timeoutMs }: ContextSource, people: People | undefined) {
  let atPrimary = false;
  let heardOf: Lsn | undefined;
  const own = () => (people?.actor.wroteAt === undefined ? undefined : lsnOf(people.actor.wroteAt));
  const open = () => places.open({ upTo: laterOf(heardOf, own()), atPrimary, timeoutMs });
  return {
    begin: () => new Snapshot(open, timeoutMs),
    catchUp: async () => {
      heardOf = await places.present();
    },
    /** Where the next moment is read. */
    at: (place: "anywhere" | "primary") => {
      atPrimary = place === "primary";
    },
  };
}

/** @param people Absent where nobody can sign in. */
export function contextOf(source: ContextSource, people: People | undefined): Context {
  const made = new Map<string, unknown>();
  const once = <T>(key: string, make: () => T): T => {
    if (!made.has(key)) made.set(key, make());
    return made.get(key) as T;
  };
  const leaving = new AbortController();
  const from = readingOf(source, people);
  let snapshot = from.begin();
  const beginAt = async (place: "anywhere" | "primary") => {
    const old = snapshot;
    from.at(place);
    snapshot = from.begin();
    made.clear();
    await old.end();
  };
  const read: Sql = { query: (text, values) => snapshot.query(text, values) };
  return {
    read,
    actor: people?.actor ?? visitor,
    people: () => {
      if (people) return people;
      throw new Problem(503, "SIGN_IN_OFF", "nobody can sign in here");
    },
    chainId: source.chainId,
    finalityDepth: source.finalityDepth,
    windows: source.windows,
    write: source.write,
    isSignedBy: source.isSignedBy,
    decodeCall: source.decodeCall,
    news: async function* (wanted) {
      for await (const news of source.news(wanted, leaving.signal)) {
        // What it tells of has just been written; a replica may not have it yet.
        await from.catchUp();
        yield news;
      }
    },
    gone: leaving.signal,
    leave: () => leaving.abort(),
    once,
    asOfBlock: () => once("asOfBlock", async () => (await newestBlock(read)) ?? null),
    renew: () => beginAt("anywhere"),
    catchUp: from.catchUp,
    moveToPrimary: () => beginAt("primary"),
    isLost: () => snapshot.isLost,
    wrote: async () => {
      const { memberId } = people?.actor ?? visitor;
      if (memberId !== undefined) await source.places.wrote(memberId);
    },
    end: () => snapshot.end(),
  };
}
