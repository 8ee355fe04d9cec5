import { system } from "../../../platform/access/actor.ts";
import { tell } from "../../../platform/db/outbox.ts";
import { type Sql, transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { EgressError } from "../../../platform/http/egress/guard.ts";
import type { JobData } from "../../../platform/jobs.ts";
import { type Attempted, claim, type Delivery, endWaiting, noteAttempt } from "../repository/deliveries.ts";
import {
  type DisabledBecause,
  disable,
  type Endpoint,
  findEndpoint,
  lockEndpoint,
  noteFailing,
} from "../repository/endpoints.ts";
import { askedWait, bodyOf, FAILING_MS, isGone, isTaken, signedHeaders, TEST_EVENT, waitAfter } from "../rules.ts";
import { secretsOf, urlOf } from "./secrets.ts";

export const DELIVERY_QUEUE = "webhook-delivery";
/** Longer than an attempt may take; whoever has a delivery for longer has died. */
const LEASE_MS = 60_000;
/** Clocks of the queue and of this process may differ by so much. */
const EARLY_MS = 2_000;

interface Sent {
  status: number | null;
  problem: string | null;
  /** Milliseconds that the endpoint asks to be left alone. */
  asked: number;
  ms: number;
}

async function send(kit: Kit, e: Endpoint, d: Delivery): Promise<Sent> {
  const at = kit.clock();
  const body = bodyOf(d);
  const headers = signedHeaders(d.id, at, body, await secretsOf(kit, e, at));
  const url = await urlOf(kit, e);
  const began = performance.now();
  const took = () => Math.round(performance.now() - began);
  try {
    const { status, retryAfter } = await kit.egress.post(url, headers, body);
    return { status, problem: null, asked: askedWait(retryAfter, kit.clock()), ms: took() };
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    return { status: null, problem: error.code, asked: 0, ms: took() };
  }
}

/** Switches an endpoint off, and tells its member. */
async function switchOff(sql: Sql, kit: Kit, e: Endpoint, because: DisabledBecause): Promise<void> {
  const at = kit.clock();
  const detail = { endpointId: e.id, because };
  await disable(sql, e, because);
  await endWaiting(sql, e.memberId, e.id, at);
  await kit.audit.append(sql, system, { action: "webhooks.disable", subjectId: e.memberId, detail }, at);
  await tell(sql, { event: "WebhookEndpointDisabled", memberId: e.memberId, detail }, at);
}

function outcomeOf(d: Delivery, { status, problem, asked, ms }: Sent, at: Date): Attempted {
  const said = { status, problem, ms, at };
  if (status !== null && isTaken(status)) return { ...said, state: "delivered", nextAt: null };
  const isLast = d.event === TEST_EVENT || (status !== null && isGone(status));
  const wait = isLast ? undefined : waitAfter(d.attempts, asked, Math.random());
  if (wait === undefined) return { ...said, state: "failed", nextAt: null };
  return { ...said, state: "waiting", nextAt: new Date(at.getTime() + wait) };
}

async function note(kit: Kit, d: Delivery, sent: Sent): Promise<void> {
  await transaction(kit.pool, async (sql) => {
    const e = await lockEndpoint(sql, d.memberId, d.endpointId);
    const at = kit.clock();
    const outcome = outcomeOf(d, sent, at);
    if (!e || !(await noteAttempt(sql, d, outcome))) return;
    if (outcome.state === "delivered") return void (await noteFailing(sql, e, null));
    if (e.state !== "active") return;
    if (sent.status !== null && isGone(sent.status)) return switchOff(sql, kit, e, "GONE");
    if (e.failingSince && at.getTime() - e.failingSince.getTime() >= FAILING_MS) {
      return switchOff(sql, kit, e, "FAILING");
    }
    if (!e.failingSince) await noteFailing(sql, e, at);
    if (!outcome.nextAt) return;
    const data = { memberId: d.memberId, endpointId: d.endpointId, deliveryId: d.id };
    await kit.jobs.send(sql, DELIVERY_QUEUE, data, { startAfter: outcome.nextAt });
  });
}

/**
 * Makes one attempt at a delivery that is due. A stop between sending and noting sends again, under the same id: whoever
 * receives must know ids again.
 */
export async function deliver({ memberId, endpointId, deliveryId }: JobData, kit: Kit): Promise<void> {
  const name = { memberId: String(memberId), endpointId: String(endpointId), id: String(deliveryId) };
  const e = await findEndpoint(kit.pool, name.memberId, name.endpointId);
  if (e?.state !== "active") return;
  const now = kit.clock();
  const due = new Date(now.getTime() + EARLY_MS);
  const d = await claim(kit.pool, name, { now, due, until: new Date(now.getTime() + LEASE_MS) });
  if (d) await note(kit, d, await send(kit, e, d));
}
