import type { FastifyRequest } from "fastify";
import type { Actor } from "./actor.ts";
import type { Arrival } from "./arrival.ts";
import type { Verb } from "./decide.ts";

/** A member: the person in a session, or a program with one of its keys. */
export interface Caller extends Actor {
  memberId: string;
}

/** Somebody who has signed in. */
export interface MemberActor extends Caller {
  sessionId: string;
  /** Wallet that signed in, lower case. */
  address: string;
  /** When it signed. */
  signedAt: Date;
  /** When its token or its session ends, whichever comes first. */
  until: Date;
}

/** Who may come in, and how often. All its promises reject with a Problem: 401, 403, 404 or 429. */
export interface Door {
  /** Lets a visitor try something that guesses could be tried at, ten times a minute from one address. */
  visitor(arrival: Arrival): Promise<void>;
  /** Lets a browser go on with its session, 120 times a minute from one address. */
  renewal(arrival: Arrival): Promise<void>;
  /**
   * Lets in whoever comes, as a visitor without a token; as often as a member, or 60 times a minute from one address.
   * @param verb What an API key must be for; without one, none is let in
   */
  anybody(arrival: Arrival, verb?: Verb): Promise<Actor>;
  /** Lets whoever has a session in, 600 times a minute. An API key is nobody here, whatever it is for. */
  member(arrival: Arrival): Promise<MemberActor>;
  /** Looks again at somebody who is in, and counts it for nothing: each event of a stream asks. */
  again(arrival: Arrival): Promise<MemberActor>;
  /** Lets the member in whom `:id` of the path names; nobody else's existence is told. */
  self(request: FastifyRequest): Promise<MemberActor>;
  /** As `member`, and lets API keys in that are for `verb`, each as often as it says. */
  memberOrKey(arrival: Arrival, verb: Verb): Promise<Caller>;
  /** As `self`, and lets API keys in that are for `verb`. */
  selfOrKey(request: FastifyRequest, verb: Verb): Promise<Caller>;
}
