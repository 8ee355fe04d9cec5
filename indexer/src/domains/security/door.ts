import { createHmac } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { Clock } from "../../platform/clock.ts";
import type { Sql } from "../../platform/db/pool.ts";
import { type Rate, takeFrom } from "../../platform/db/rate-limit.ts";
import { Problem } from "../../platform/http/problem.ts";
import { bearerOf, checked } from "../../platform/http/rest.ts";
import type { SignIn } from "./service.ts";
import type { Bearer } from "./tokens.ts";

const AUTH_RATE: Rate = { requests: 10, seconds: 60 };
/** Every page of a signed-in member begins with one. */
const RENEWAL_RATE: Rate = { requests: 120, seconds: 60 };
const MEMBER_RATE: Rate = { requests: 600, seconds: 60 };

const memberPath = z.object({ id: z.uuid() });

/** Who may come in, and how often. */
export class Door {
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

  /** Lets a visitor try to sign in, ten times a minute from one address. @throws {Problem} 429 RATE_LIMITED */
  async visitor(request: FastifyRequest): Promise<void> {
    await this.#limit(`auth|${this.#addressOf(request)}`, AUTH_RATE);
  }

  /** Lets a browser go on with its session. @throws {Problem} 429 RATE_LIMITED */
  async renewal(request: FastifyRequest): Promise<void> {
    await this.#limit(`renewal|${this.#addressOf(request)}`, RENEWAL_RATE);
  }

  /** Whom the request's token speaks for. @throws {Problem} 401, 429 */
  async member(request: FastifyRequest): Promise<Bearer> {
    const bearer = await this.#signIn.authenticate(bearerOf(request));
    await this.#limit(`member|${bearer.memberId}`, MEMBER_RATE);
    return bearer;
  }

  /** The member whom the path names, if it is the caller; nobody else's existence is told. @throws {Problem} 404 */
  async self(request: FastifyRequest): Promise<Bearer> {
    const bearer = await this.member(request);
    if (checked(memberPath, request.params).id !== bearer.memberId) {
      throw new Problem(404, "MEMBER_NOT_FOUND", "there is no such member");
    }
    return bearer;
  }

  #addressOf(request: FastifyRequest): string {
    return createHmac("sha256", this.#secret).update(request.ip).digest("base64url");
  }

  async #limit(name: string, rate: Rate): Promise<void> {
    const wait = await takeFrom(this.#sql, this.#clock, name, rate);
    if (wait === 0) return;
    const headers = { "retry-after": String(wait) };
    throw new Problem(429, "RATE_LIMITED", `too many requests; try again in ${wait} s`, { headers });
  }
}
