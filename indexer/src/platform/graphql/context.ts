import { type ExecutionArgs, type ExecutionResult, execute, getOperationAST, OperationTypeNode } from "graphql";
import type { Address, Hex } from "viem";
import { type Actor, visitor } from "../access/actor.ts";
import type { CallDecoder } from "../chain/calls.ts";
import { type NewestBlock, newestBlock } from "../db/mirror/state.ts";
import type { Sql } from "../db/pool.ts";
import type { Places } from "../db/reads/places.ts";
import { Reading } from "../db/reads/reading.ts";
import { Problem } from "../http/problem.ts";
import type { Witness } from "./answers/witness.ts";
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
  const { places, timeoutMs } = source;
  const reading = new Reading({ places, timeoutMs, wroteAt: () => people?.actor.wroteAt });
  const next = async (place: "anywhere" | "primary") => {
    made.clear();
    witness?.again();
    await reading.next(place);
  };
  const read = witness ? witness.over(reading) : reading;
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
    news: async function* (wanted) {
      for await (const news of source.news(wanted, leaving.signal)) {
        // What it tells of has just been written; a replica may not have it yet.
        await reading.catchUp();
        yield news;
      }
    },
    ...{ gone: leaving.signal, leave: () => leaving.abort(), once },
    asOfBlock: () => once("asOfBlock", async () => (await newestBlock(read)) ?? null),
    renew: () => next("anywhere"),
    catchUp: () => reading.catchUp(),
    moveToPrimary: () => next("primary"),
    isLost: () => reading.isLost,
    wrote: async () => {
      const { memberId } = people?.actor ?? visitor;
      if (memberId !== undefined) await source.places.wrote(memberId);
    },
    end: () => reading.end(),
  };
}

const writes = ({ document, operationName }: ExecutionArgs) =>
  getOperationAST(document, operationName)?.operation === OperationTypeNode.MUTATION;

/**
 * Answers a document at one moment of the database. What writes is read where it writes, and its asker's next answers hold
 * it; what was read from a replica that failed is read anew where it is written, and nobody notices.
 */
export async function answered(args: ExecutionArgs): Promise<ExecutionResult> {
  const context = args.contextValue as Context;
  if (writes(args)) {
    await context.moveToPrimary();
    const result = await execute(args);
    // What was asked for is done, whether or not its asker can be told to look for it.
    await context.wrote().catch(() => undefined);
    return result;
  }
  const result = await execute(args);
  if (!context.isLost()) return result;
  await context.moveToPrimary();
  return execute(args);
}
