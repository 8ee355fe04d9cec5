import type { IncomingMessage } from "node:http";
import { type Actor, visitor } from "../access/actor.ts";
import { type Arrival, arrivalOf } from "../access/arrival.ts";
import type { MemberActor } from "../access/door.ts";
import type { RouteKit } from "../domain.ts";
import { Problem } from "../http/problem.ts";

/** Who asks a query, and what the commands that REST calls as well stand on. */
export interface People {
  /** A visitor if nobody has signed in. In a stream it is who the asker is by now. */
  readonly actor: Actor;
  kit: RouteKit;
  /** Names the query in the audit trail. */
  requestId: string;
  /** The member who asks. @throws {Problem} 401 SIGN_IN_REQUIRED */
  member(): MemberActor;
  /**
   * Asks the door again whether the asker may still be in, and takes on what has changed of its roles.
   * @throws {Problem} 401 TOKEN_ENDED or SESSION_ENDED, 403 ADDRESS_NOT_ALLOWED
   */
  again(): Promise<void>;
}

const isMember = (actor: Actor): actor is MemberActor => actor.memberId !== undefined && "address" in actor;

/** A token that was good when it came, and is not any more. */
export const tokenEnded = () =>
  new Problem(401, "TOKEN_ENDED", "the access token has ended; renew it, and subscribe again");

async function stillIn(kit: RouteKit, arrival: Arrival): Promise<MemberActor> {
  try {
    return await kit.door.again(arrival);
  } catch (error) {
    throw error instanceof Problem && error.code === "SIGN_IN_REQUIRED" ? tokenEnded() : error;
  }
}

/** Somebody whom the door has let in. @param arrival How it came; absent where an answer is all that it gets. */
export function peopleOf(kit: RouteKit, actor: Actor, requestId: string, arrival?: Arrival): People {
  let now = actor;
  return {
    get actor() {
      return now;
    },
    ...{ kit, requestId },
    member: () => {
      if (isMember(now)) return now;
      throw new Problem(401, "SIGN_IN_REQUIRED", "sign in first");
    },
    again: async () => {
      if (arrival && isMember(now)) now = await stillIn(kit, arrival);
    },
  };
}

/** Takes a member in by its token; whoever brings none is a visitor, as everything public is for everybody. */
async function enter(kit: RouteKit, request: IncomingMessage, proxyHops: number, token?: string): Promise<People> {
  const arrival = arrivalOf(request, proxyHops, token);
  const actor = arrival.headers.authorization === undefined ? visitor : await kit.door.member(arrival);
  return peopleOf(kit, actor, crypto.randomUUID(), arrival);
}

/** How queries find out who asks; undefined where nobody can sign in. */
export type Reception = (request: IncomingMessage, token?: string) => Promise<People | undefined>;

/** @param kit Absent where nobody can sign in. */
export const receptionOf =
  (kit: RouteKit | undefined, proxyHops: number): Reception =>
  async (request, token) =>
    kit && enter(kit, request, proxyHops, token);
