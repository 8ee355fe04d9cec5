import { randomBytes, randomUUID } from "node:crypto";
import { permit } from "../../../platform/access/decide.ts";
import type { MemberActor } from "../../../platform/access/door.ts";
import { takeFrom } from "../../../platform/db/load/rate-limit.ts";
import { lockMember } from "../../../platform/db/lock.ts";
import { type Sql, transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { beginAgain, type Delivery, deliveriesOf, endWaiting, insertDeliveries } from "../repository/deliveries.ts";
import {
  countEndpoints,
  disable,
  dropEndpoint,
  type Endpoint,
  enable,
  endpointsOf,
  findEndpoint,
  insertEndpoint,
  lockEndpoint,
  putSecret,
  setEvents,
} from "../repository/endpoints.ts";
import {
  type ChangedEndpoint,
  changeWebhooks,
  MOST_ENDPOINTS,
  ROTATION_MS,
  seeWebhooks,
  TEST_EVENT,
  useWebhooks,
  type WantedEndpoint,
  writeSecret,
} from "../rules.ts";
import { DELIVERY_QUEUE } from "./delivering.ts";
import { sealed, secretOf, urlOf } from "./secrets.ts";

/** Tries and second sendings of a member in an hour. */
const SENDINGS_AN_HOUR = { requests: 60, seconds: 3_600 };

const noEndpoint = () => new Problem(404, "WEBHOOK_NOT_FOUND", "you have no such endpoint");
const newSecret = () => writeSecret(randomBytes(32));

const words: Record<string, string> = {
  MALFORMED: "is no address",
  NOT_HTTPS: "must begin with https://",
  CREDENTIALS: "must hold no user and no password",
  PORT: "must use https's own port, 443",
  NOT_PUBLIC: "must be public",
};

/** An endpoint as its member sees it; its secret was shown when it was made. */
export interface ShownEndpoint extends Pick<Endpoint, "id" | "name" | "events" | "state" | "disabledBecause"> {
  url: string;
  createdAt: Date;
  oldUntil: Date | null;
  failingSince: Date | null;
}

/** Where members hear of what happens to them. */
export class Webhooks {
  readonly #kit: Kit;

  constructor(kit: Kit) {
    this.#kit = kit;
  }

  async list(actor: MemberActor): Promise<ShownEndpoint[]> {
    permit(actor, seeWebhooks, this.#kit.clock(), actor.memberId);
    const rows = await endpointsOf(this.#kit.pool, actor.memberId);
    return Promise.all(
      rows.map(async (e) => ({
        ...{ id: e.id, name: e.name, url: await urlOf(this.#kit, e), events: e.events, state: e.state },
        ...{ disabledBecause: e.disabledBecause, createdAt: e.createdAt, oldUntil: e.oldUntil },
        failingSince: e.failingSince,
      })),
    );
  }

  /**
   * Makes an endpoint. @returns its secret, which nobody is shown again
   * @throws {Problem} 422 WEBHOOK_ADDRESS_REFUSED, 409 WEBHOOKS_FULL, 401 STEP_UP_REQUIRED
   */
  async create(actor: MemberActor, wanted: WantedEndpoint, requestId: string): Promise<{ id: string; secret: string }> {
    const { clock, pool, egress } = this.#kit;
    const at = clock();
    const { memberId } = actor;
    permit(actor, changeWebhooks, at, memberId);
    const why = egress.objection("web", wanted.url);
    if (why) {
      const message = `it ${words[why]}`;
      throw new Problem(422, "WEBHOOK_ADDRESS_REFUSED", `this address is not called: ${message}`, {
        errors: [{ field: "url", message }],
      });
    }
    const [id, secret] = [randomUUID(), newSecret()];
    const [sealedUrl, sealedSecret] = [
      await sealed(this.#kit, { memberId, id }, "sealed_url", wanted.url),
      await sealed(this.#kit, { memberId, id }, "sealed_secret", secret),
    ];
    await transaction(pool, async (sql) => {
      if (!(await lockMember(sql, memberId))) throw new Problem(404, "MEMBER_NOT_FOUND", "there is no such member");
      if ((await countEndpoints(sql, memberId)) >= MOST_ENDPOINTS) {
        throw new Problem(409, "WEBHOOKS_FULL", `a member has at most ${MOST_ENDPOINTS} endpoints; remove one first`);
      }
      const { name, events } = wanted;
      await insertEndpoint(sql, { memberId, id, name, events, sealedUrl, sealedSecret, createdAt: at });
      await this.#write(sql, actor, "webhooks.create", id, requestId);
    });
    return { id, secret };
  }

  /**
   * Chooses what an endpoint hears of, and whether it does. Switching on, and hearing of more, asks for a second factor.
   * @throws {Problem} 404 WEBHOOK_NOT_FOUND, 401 STEP_UP_REQUIRED
   */
  async change(actor: MemberActor, id: string, { events, enabled }: ChangedEndpoint, requestId: string): Promise<void> {
    const at = this.#kit.clock();
    permit(actor, useWebhooks, at, actor.memberId);
    await this.#locked(actor, id, async (sql, e) => {
      const isMore = (enabled && e.state === "disabled") || events.some((name) => !e.events.includes(name));
      if (isMore) permit(actor, changeWebhooks, at, actor.memberId);
      await setEvents(sql, e, events);
      if (enabled && e.state === "disabled") await enable(sql, e, at);
      if (!enabled && e.state === "active") {
        await disable(sql, e, "OWNER");
        await endWaiting(sql, e.memberId, e.id, at);
      }
      await this.#write(sql, actor, "webhooks.change", id, requestId);
    });
  }

  /** @throws {Problem} 404 WEBHOOK_NOT_FOUND */
  async remove(actor: MemberActor, id: string, requestId: string): Promise<void> {
    permit(actor, useWebhooks, this.#kit.clock(), actor.memberId);
    await transaction(this.#kit.pool, async (sql) => {
      if (!(await dropEndpoint(sql, actor.memberId, id))) throw noEndpoint();
      await this.#write(sql, actor, "webhooks.remove", id, requestId);
    });
  }

  /**
   * Puts a new secret in the place of the present one, which signs beside it for a day. @returns it, this once
   * @throws {Problem} 404 WEBHOOK_NOT_FOUND, 401 STEP_UP_REQUIRED
   */
  async rotate(actor: MemberActor, id: string, requestId: string): Promise<{ secret: string; oldUntil: Date }> {
    const at = this.#kit.clock();
    permit(actor, changeWebhooks, at, actor.memberId);
    const secret = newSecret();
    const oldUntil = new Date(at.getTime() + ROTATION_MS);
    await this.#locked(actor, id, async (sql, e) => {
      const old = await sealed(this.#kit, e, "sealed_old_secret", await secretOf(this.#kit, e));
      const present = await sealed(this.#kit, e, "sealed_secret", secret);
      await putSecret(sql, e, { present, old, oldUntil });
      await this.#write(sql, actor, "webhooks.rotate", id, requestId);
    });
    return { secret, oldUntil };
  }

  /** Has something sent that happened to nobody. @throws {Problem} 404, 409 WEBHOOK_DISABLED, 429 WEBHOOK_TRIED_OFTEN */
  async test(actor: MemberActor, id: string): Promise<{ deliveryId: string }> {
    const at = this.#kit.clock();
    permit(actor, useWebhooks, at, actor.memberId);
    return this.#locked(actor, id, async (sql, e) => {
      await this.#requireSending(sql, e);
      const happening = { event: TEST_EVENT, key: `test:${randomUUID()}`, data: { endpointId: id }, at };
      const [deliveryId = ""] = await insertDeliveries(sql, e, [happening], at);
      await this.#kit.jobs.send(sql, DELIVERY_QUEUE, { memberId: e.memberId, endpointId: id, deliveryId });
      return { deliveryId };
    });
  }

  /** What was sent to an endpoint, the newest first. @throws {Problem} 404 WEBHOOK_NOT_FOUND */
  async deliveries(actor: MemberActor, id: string, first: number): Promise<Delivery[]> {
    permit(actor, seeWebhooks, this.#kit.clock(), actor.memberId);
    if (!(await findEndpoint(this.#kit.pool, actor.memberId, id))) throw noEndpoint();
    return deliveriesOf(this.#kit.pool, actor.memberId, id, first);
  }

  /** Sends once more, under the same id. @throws {Problem} 404, 409 WEBHOOK_DISABLED or DELIVERY_WAITING, 429 */
  async redeliver(actor: MemberActor, id: string, deliveryId: string): Promise<void> {
    const at = this.#kit.clock();
    permit(actor, useWebhooks, at, actor.memberId);
    await this.#locked(actor, id, async (sql, e) => {
      await this.#requireSending(sql, e);
      const name = { memberId: e.memberId, endpointId: id, id: deliveryId };
      if (!(await beginAgain(sql, name, at))) {
        throw new Problem(409, "DELIVERY_WAITING", "this is not there any more, or is under way already");
      }
      await this.#kit.jobs.send(sql, DELIVERY_QUEUE, { memberId: e.memberId, endpointId: id, deliveryId });
    });
  }

  async #requireSending(sql: Sql, e: Endpoint): Promise<void> {
    if (e.state === "disabled") throw new Problem(409, "WEBHOOK_DISABLED", "switch the endpoint on first");
    const wait = await takeFrom(sql, this.#kit.clock, `webhooks|${e.memberId}`, SENDINGS_AN_HOUR);
    if (wait === 0) return;
    const headers = { "retry-after": String(wait) };
    throw new Problem(429, "WEBHOOK_TRIED_OFTEN", `you have had much sent; try again in ${wait} s`, { headers });
  }

  #locked<T>(actor: MemberActor, id: string, work: (sql: Sql, e: Endpoint) => Promise<T>): Promise<T> {
    return transaction(this.#kit.pool, async (sql) => {
      const found = await lockEndpoint(sql, actor.memberId, id);
      if (!found) throw noEndpoint();
      return work(sql, found);
    });
  }

  async #write(sql: Sql, actor: MemberActor, action: string, endpointId: string, requestId: string): Promise<void> {
    const act = { action, subjectId: actor.memberId, requestId, detail: { endpointId } };
    await this.#kit.audit.append(sql, actor, act, this.#kit.clock());
  }
}
