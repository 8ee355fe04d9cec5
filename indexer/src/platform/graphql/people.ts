import type { IncomingMessage } from "node:http";
import { type Actor, visitor } from "../access/actor.ts";
import { arrivalOf } from "../access/arrival.ts";
import type { MemberActor } from "../access/door.ts";
import type { RouteKit } from "../domain.ts";
import { Problem } from "../http/problem.ts";

/** Who asks a query, and what the commands that REST calls as well stand on. */
export interface People {
  /** A visitor if nobody has signed in. */
  actor: Actor;
  kit: RouteKit;
  /** Names the query in the audit trail. */
  requestId: string;
  /** The member who asks. @throws {Problem} 401 SIGN_IN_REQUIRED */
  member(): MemberActor;
}

const isMember = (actor: Actor): actor is MemberActor => actor.memberId !== undefined && "address" in actor;

/** Somebody whom the door has let in. */
export const peopleOf = (kit: RouteKit, actor: Actor, requestId: string): People => ({
  ...{ actor, kit, requestId },
  member: () => {
    if (isMember(actor)) return actor;
    throw new Problem(401, "SIGN_IN_REQUIRED", "sign in first");
  },
});

/** Takes a member in by its token; whoever brings none is a visitor, as everything public is for everybody. */
async function enter(kit: RouteKit, request: IncomingMessage, proxyHops: number, token?: string): Promise<People> {
  const arrival = arrivalOf(request, proxyHops, token);
  const actor = arrival.headers.authorization === undefined ? visitor : await kit.door.member(arrival);
  return peopleOf(kit, actor, crypto.randomUUID());
}

/** How queries find out who asks; undefined where nobody can sign in. */
export type Reception = (request: IncomingMessage, token?: string) => Promise<People | undefined>;

/** @param kit Absent where nobody can sign in. */
export const receptionOf =
  (kit: RouteKit | undefined, proxyHops: number): Reception =>
  async (request, token) =>
    kit && enter(kit, request, proxyHops, token);
