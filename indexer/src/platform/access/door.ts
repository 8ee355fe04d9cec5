import type { FastifyRequest } from "fastify";
import type { Actor } from "./actor.ts";
import type { Arrival } from "./arrival.ts";

/** Somebody who has signed in. */
export interface MemberActor extends Actor {
  memberId: string;
  sessionId: string;
  /** Wallet that signed in, lower case. */
  address: string;
  /** When it signed. */
  signedAt: Date;
}

/** Who may come in, and how often. All its promises reject with a Problem: 401, 404 or 429. */
export interface Door {
  /** Lets a visitor try something that guesses could be tried at, ten times a minute from one address. */
  visitor(arrival: Arrival): Promise<void>;
  /** Lets a browser go on with its session, 120 times a minute from one address. */
  renewal(arrival: Arrival): Promise<void>;
  /** Lets in whoever comes, as a visitor without a token; as often as a member, or 60 times a minute from one address. */
  anybody(arrival: Arrival): Promise<Actor>;
  /** Lets whoever has a session in, 600 times a minute. */
  member(arrival: Arrival): Promise<MemberActor>;
  /** Lets the member in whom `:id` of the path names; nobody else's existence is told. */
  self(request: FastifyRequest): Promise<MemberActor>;
}
