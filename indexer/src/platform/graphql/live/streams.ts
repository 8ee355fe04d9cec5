import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, GraphQLError } from "graphql";
import type { Actor } from "../../access/actor.ts";
import type { MemberActor } from "../../access/door.ts";
import { keepScope } from "../../access/scope.ts";
import { codedError } from "../coded-error.ts";
import { answered, type Context } from "../context.ts";
import { tokenEnded } from "../people.ts";

/** Streams that one session may hold at one process; a page needs one or two. */
const MAX_OF_SESSION = 5;
/** And all sessions of a member together. */
const MAX_OF_MEMBER = 20;
/** Longest wait that a timer can hold. */
const LONGEST_MS = 2 ** 31 - 1;

type Told = AsyncIterableIterator<ExecutionResult, void>;

const isUntil = (actor: Actor): actor is MemberActor => "until" in actor;

/** An answer that tells of an error alone; whoever sends it words it. */
function failed(error: unknown): ExecutionResult {
  const { message } = error as Error;
  return { data: null, errors: [new GraphQLError(message, { originalError: error as Error })] };
}

const tooMany = () =>
  codedError(
    "TOO_MANY_SUBSCRIPTIONS",
    `a session may hold ${MAX_OF_SESSION} streams, a member ${MAX_OF_MEMBER}; end one first`,
  );

/** Streams that signed-in members hold here. Visitors' are bounded by their sockets. */
export class Streams {
  readonly #held = new Map<string, number>();

  /** @returns what gives the place back, once; undefined if there is none left */
  enter({ memberId, sessionId }: Actor): (() => void) | undefined {
    if (memberId === undefined) return () => undefined;
    const places: [string, number][] = [
      [`session|${sessionId ?? ""}`, MAX_OF_SESSION],
      [`member|${memberId}`, MAX_OF_MEMBER],
    ];
    if (places.some(([place, most]) => (this.#held.get(place) ?? 0) >= most)) return undefined;
    for (const [place] of places) this.#held.set(place, (this.#held.get(place) ?? 0) + 1);
    return () => {
      for (const [place] of places.splice(0)) this.#give(place);
    };
  }

  #give(place: string): void {
    const left = (this.#held.get(place) ?? 1) - 1;
    if (left > 0) this.#held.set(place, left);
    else this.#held.delete(place);
  }
}

/** Waits until the asker is not let in any more: its token ends, or something of it changes and the door says no. */
async function refusal(context: Context): Promise<unknown> {
  const { actor, gone } = context;
  if (!isUntil(actor)) return new Promise(() => undefined);
  const ended = new Promise<unknown>((resolve) => {
    const left = actor.until.getTime() - context.people().kit.clock().getTime();
    const timer = setTimeout(() => resolve(tokenEnded()), Math.min(Math.max(left, 0), LONGEST_MS));
    gone.addEventListener("abort", () => clearTimeout(timer));
  });
  return Promise.race([ended, shownOut(context, actor.memberId)]);
}

/** Danger: the server copies what a context is made of, so that who asks is written onto the copy. */
async function lookAgain(context: Context): Promise<void> {
  if (!isUntil(context.actor)) return;
  const people = context.people();
  await people.again();
  context.actor = people.actor;
}

async function shownOut(context: Context, memberId: string): Promise<unknown> {
  try {
    for await (const _ of context.news({ blocks: false, memberId })) await lookAgain(context);
  } catch (error) {
    return error;
  }
  return new Promise(() => undefined);
}

/** Each event is for whoever the asker is by then: asked of the door after it came, and before anything of it is read. */
async function* answers(events: AsyncIterator<unknown>, args: ExecutionArgs, out: Promise<unknown>) {
  const context = args.contextValue as Context;
  const shown = out.then((error) => ({ error }));
  try {
    for (;;) {
      const next = await Promise.race([events.next(), shown]);
      if ("error" in next) throw next.error;
      if (next.done) return;
      await lookAgain(context);
      const answer = await answered({ ...args, rootValue: next.value });
      // Danger: whoever reads slowly must not hold a connection of the database meanwhile.
      await context.renew();
      yield answer;
      // Refused as a whole: what follows would be refused as well.
      if (!answer.data) return;
    }
  } catch (error) {
    yield failed(error);
  }
}

/** What runs: lets go of everything when whoever listens leaves, or nothing more comes. */
function running(events: AsyncIterator<unknown>, args: ExecutionArgs, leave: () => void): Told {
  const context = args.contextValue as Context;
  const inside = keepScope();
  const all = answers(events, args, refusal(context));
  const over = () => {
    leave();
    // Before the rest: a generator that waits for news does not return.
    context.leave();
    void Promise.resolve(events.return?.())
      .then(() => context.end())
      .catch(() => undefined);
  };
  return {
    next: async () => {
      const result = await inside(() => all.next());
      if (result.done) over();
      return result;
    },
    return: () => {
      over();
      return inside(() => all.return());
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/**
 * Runs a subscription. One that came with a token ends with it, with its session, and with what its member may: at the
 * latest before the next event is told. One answer waits at a time; what happens meanwhile is told together.
 */
export async function subscribed(args: ExecutionArgs, streams: Streams): Promise<ExecutionResult | Told> {
  const place = streams.enter((args.contextValue as Context).actor);
  if (!place) return { errors: [tooMany()] };
  const source = await createSourceEventStream(args);
  if (Symbol.asyncIterator in source) return running(source[Symbol.asyncIterator](), args, place);
  place();
  return source;
}
