import { createHmac } from "node:crypto";
import type DataLoader from "dataloader";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { type Actor, type Level, type Role, visitor } from "../../platform/access/actor.ts";
import type { Arrival } from "../../platform/access/arrival.ts";
import { permit, type Verb } from "../../platform/access/decide.ts";
import type { Caller, Door, MemberActor } from "../../platform/access/door.ts";
import { acrossMembers, asVisitor, letIn } from "../../platform/access/scope.ts";
import { type Passage, type Rate, takeFromEach } from "../../platform/db/load/rate-limit.ts";
import { together } from "../../platform/db/load/together.ts";
import type { Kit } from "../../platform/domain.ts";
import { Problem } from "../../platform/http/problem.ts";
import { bearerOf, checked } from "../../platform/http/rest.ts";
import type { ApiKeys } from "../api-keys/service.ts";
import type { SignIn, Standing } from "./service/sign-in.ts";

const AUTH_RATE: Rate = { requests: 10, seconds: 60 };
/** Every page of a signed-in member begins with one. */
const RENEWAL_RATE: Rate = { requests: 120, seconds: 60 };
/** Reading without a token. */
const VISITOR_RATE: Rate = { requests: 60, seconds: 60 };
const MEMBER_RATE: Rate = { requests: 600, seconds: 60 };

const memberPath = z.object({ id: z.uuid() });

const levelOf: Record<Role, Level> = { administrator: "admin", compliance: "admin", auditor: "auditor" };

function actorOf(standing: Standing): MemberActor {
  const { memberId, sessionId, address, authTime, roles, steppedUpAt, until, wroteAt } = standing;
  const levels = new Set<Level>(["public", "member", ...roles.map((role) => levelOf[role])]);
  const signedAt = new Date(authTime * 1_000);
  const held = new Set(roles);
  const sometimes = { ...(steppedUpAt && { steppedUpAt }), ...(wroteAt !== null && { wroteAt }) };
  return { memberId, sessionId, address, signedAt, until, levels, roles: held, ...sometimes };
}

const isKey = (bearer: string) => bearer.startsWith("tbk_");

/** One answer for a key that nobody made, that has ended, that comes from elsewhere, and whose member may not come in. */
const keyRefused = () =>
  new Problem(401, "API_KEY_REFUSED", "this API key is not good here, or not any more; make a new one", {
    headers: { "www-authenticate": 'Bearer error="invalid_token"' },
  });

/** The door of this service: by access tokens, and by API keys where a program may come in. */
export class TokenDoor implements Door {
  readonly #kit: Pick<Kit, "pool" | "clock">;
  readonly #signIn: SignIn;
  readonly #keys: ApiKeys;
  readonly #secret: Buffer;
  readonly #limits: DataLoader<Passage, number>;

  /** @param secret Hides the addresses of visitors in the buckets of the limit. */
  constructor(kit: Pick<Kit, "pool" | "clock">, signIn: SignIn, keys: ApiKeys, secret: Buffer) {
    this.#kit = kit;
    this.#signIn = signIn;
    this.#keys = keys;
    this.#secret = secret;
    this.#limits = together((passages) => asVisitor(() => takeFromEach(kit.pool, kit.clock, passages)));
  }

  async visitor(arrival: Arrival): Promise<void> {
    await this.#limit(`auth|${this.#addressOf(arrival)}`, AUTH_RATE);
  }

  async renewal(arrival: Arrival): Promise<void> {
    await this.#limit(`renewal|${this.#addressOf(arrival)}`, RENEWAL_RATE);
  }

  async anybody(arrival: Arrival, verb?: Verb): Promise<Actor> {
    if (arrival.headers.authorization !== undefined) {
      return verb ? this.memberOrKey(arrival, verb) : this.member(arrival);
    }
    await this.#limit(`visitor|${this.#addressOf(arrival)}`, VISITOR_RATE);
    return visitor;
  }

  async member(arrival: Arrival): Promise<MemberActor> {
    const actor = await this.#known(arrival);
    await this.#limit(`member|${actor.memberId}`, MEMBER_RATE);
    letIn(actor);
    return actor;
  }

  async again(arrival: Arrival): Promise<MemberActor> {
    const actor = await this.#known(arrival);
    letIn(actor);
    return actor;
  }

  async self(request: FastifyRequest): Promise<MemberActor> {
    return this.#named(request, await this.member(request));
  }

  async memberOrKey(arrival: Arrival, verb: Verb): Promise<Caller> {
    const bearer = bearerOf(arrival);
    if (!isKey(bearer)) return this.member(arrival);
    const key = await acrossMembers(() => this.#believed(bearer, arrival.ip));
    if (!key) {
      await this.#limit(`visitor|${this.#addressOf(arrival)}`, VISITOR_RATE);
      throw keyRefused();
    }
    await this.#limit(`key|${key.keyId}`, { requests: key.ratePerMinute, seconds: 60 });
    // Asked here, too: a route that forgets to ask has opened nothing to programs.
    permit(key.caller, verb, this.#kit.clock(), key.caller.memberId);
    letIn(key.caller);
    await this.#keys.count(key);
    return key.caller;
  }

  async selfOrKey(request: FastifyRequest, verb: Verb): Promise<Caller> {
    return this.#named(request, await this.memberOrKey(request, verb));
  }

  async #known(arrival: Arrival): Promise<MemberActor> {
    const bearer = bearerOf(arrival);
    // Said before the key is looked at, so that it tells nothing of it.
    if (isKey(bearer)) throw new Problem(403, "API_KEY_NOT_ENOUGH", "no API key can do this; sign in");
    return actorOf(await acrossMembers(() => this.#signIn.authenticate(bearer, arrival.ip)));
  }

  /** What a key stands for, if it and its member may come in from here. */
  async #believed(bearer: string, ip: string) {
    const key = await this.#keys.believe(bearer, ip);
    return key && (await this.#signIn.admits(key.caller.memberId, ip)) ? key : undefined;
  }

  #named<T extends Caller>(request: FastifyRequest, actor: T): T {
    if (checked(memberPath, request.params).id !== actor.memberId) {
      throw new Problem(404, "MEMBER_NOT_FOUND", "there is no such member");
    }
    return actor;
  }

  #addressOf(arrival: Arrival): string {
    return createHmac("sha256", this.#secret).update(arrival.ip).digest("base64url");
  }

  async #limit(name: string, rate: Rate): Promise<void> {
    const wait = await this.#limits.load({ name, rate });
    if (wait === 0) return;
    const headers = { "retry-after": String(wait) };
    throw new Problem(429, "RATE_LIMITED", `too many requests; try again in ${wait} s`, { headers });
  }
}
