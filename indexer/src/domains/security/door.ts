import { createHmac } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { type Actor, type Level, type Role, visitor } from "../../platform/access/actor.ts";
import type { Arrival } from "../../platform/access/arrival.ts";
import type { Door, MemberActor } from "../../platform/access/door.ts";
import type { Sql } from "../../platform/db/pool.ts";
import { type Rate, takeFrom } from "../../platform/db/rate-limit.ts";
import { Problem } from "../../platform/http/problem.ts";
import { bearerOf, checked } from "../../platform/http/rest.ts";
import type { Clock } from "../../platform/time/clock.ts";
import type { SignIn, Standing } from "./service/sign-in.ts";

const AUTH_RATE: Rate = { requests: 10, seconds: 60 };
/** Every page of a signed-in member begins with one. */
const RENEWAL_RATE: Rate = { requests: 120, seconds: 60 };
/** Reading without a token. */
const VISITOR_RATE: Rate = { requests: 60, seconds: 60 };
const MEMBER_RATE: Rate = { requests: 600, seconds: 60 };

const memberPath = z.object({ id: z.uuid() });

const levelOf: Record<Role, Level> = { administrator: "admin", compliance: "admin", auditor: "auditor" };

function actorOf({ memberId, sessionId, address, authTime, roles, steppedUpAt }: Standing): MemberActor {
  const levels = new Set<Level>(["public", "member", ...roles.map((role) => levelOf[role])]);
  const signedAt = new Date(authTime * 1_000);
  return { memberId, sessionId, address, signedAt, levels, roles: new Set(roles), ...(steppedUpAt && { steppedUpAt }) };
}

/** The door of this service: by access tokens. */
export class TokenDoor implements Door {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #signIn: SignIn;
  readonly #secret: Buffer;

  /** @param secret Hides the addresses of visitors in the buckets of the limit. */
  constructor(sql: Sql, clock: Clock, signIn: SignIn, secret: Buffer) {
    this.#sql = sql;
    this.#clock = clock;
    this.#signIn = signIn;
    this.#secret = secret;
  }

  async visitor(arrival: Arrival): Promise<void> {
    await this.#limit(`auth|${this.#addressOf(arrival)}`, AUTH_RATE);
  }

  async renewal(arrival: Arrival): Promise<void> {
    await this.#limit(`renewal|${this.#addressOf(arrival)}`, RENEWAL_RATE);
  }

  async anybody(arrival: Arrival): Promise<Actor> {
    if (arrival.headers.authorization !== undefined) return this.member(arrival);
    await this.#limit(`visitor|${this.#addressOf(arrival)}`, VISITOR_RATE);
    return visitor;
  }

  async member(arrival: Arrival): Promise<MemberActor> {
    const standing = await this.#signIn.authenticate(bearerOf(arrival));
    await this.#limit(`member|${standing.memberId}`, MEMBER_RATE);
    return actorOf(standing);
  }

  async self(request: FastifyRequest): Promise<MemberActor> {
    const actor = await this.member(request);
    if (checked(memberPath, request.params).id !== actor.memberId) {
      throw new Problem(404, "MEMBER_NOT_FOUND", "there is no such member");
    }
    return actor;
  }

  #addressOf(arrival: Arrival): string {
    return createHmac("sha256", this.#secret).update(arrival.ip).digest("base64url");
  }

  async #limit(name: string, rate: Rate): Promise<void> {
    const wait = await takeFrom(this.#sql, this.#clock, name, rate);
    if (wait === 0) return;
    const headers = { "retry-after": String(wait) };
    throw new Problem(429, "RATE_LIMITED", `too many requests; try again in ${wait} s`, { headers });
  }
}
