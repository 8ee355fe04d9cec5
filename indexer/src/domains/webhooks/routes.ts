import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Door } from "../../platform/access/door.ts";
import { checked } from "../../platform/http/rest.ts";
import type { Delivery } from "./repository/deliveries.ts";
import { changedEndpoint, wantedEndpoint } from "./rules.ts";
import type { ShownEndpoint, Webhooks } from "./service/endpoints.ts";

const path = z.object({ id: z.uuid() });
const deliveryPath = z.object({ id: z.uuid(), deliveryId: z.uuid() });
export const query = z.object({ first: z.coerce.number().int().min(1).max(200).default(50) });

const iso = (at: Date | null) => at?.toISOString() ?? null;

const shownEndpoint = ({ createdAt, oldUntil, failingSince, ...e }: ShownEndpoint) => ({
  ...e,
  ...{ createdAt: createdAt.toISOString(), oldUntil: iso(oldUntil), failingSince: iso(failingSince) },
});

const shownDelivery = (d: Delivery) => ({
  ...{ id: d.id, messageId: `msg_${d.id}`, event: d.event, data: d.data, happenedAt: d.happenedAt.toISOString() },
  ...{ state: d.state, attempts: d.attempts, nextAt: iso(d.nextAt), lastAttemptAt: iso(d.lastAttemptAt) },
  ...{ status: d.lastStatus, problem: d.lastProblem, durationMs: d.lastMs },
});

/** Where a member hears of what happens to it. A secret is in one answer only: that to its making. */
export function webhookRoutes(rest: FastifyInstance, webhooks: Webhooks, door: Door): void {
  const base = "/api/v1/webhook-endpoints";

  rest.get(base, async (request) => ({
    endpoints: (await webhooks.list(await door.member(request))).map(shownEndpoint),
  }));

  rest.post(base, async (request, reply) => {
    const actor = await door.member(request);
    return reply.status(201).send(await webhooks.create(actor, checked(wantedEndpoint, request.body), request.id));
  });

  rest.put(`${base}/:id`, async (request, reply) => {
    const actor = await door.member(request);
    const { id } = checked(path, request.params);
    await webhooks.change(actor, id, checked(changedEndpoint, request.body), request.id);
    return reply.status(204).send();
  });

  rest.delete(`${base}/:id`, async (request, reply) => {
    const actor = await door.member(request);
    await webhooks.remove(actor, checked(path, request.params).id, request.id);
    return reply.status(204).send();
  });

  rest.post(`${base}/:id/rotate-secret`, async (request) => {
    const actor = await door.member(request);
    const { secret, oldUntil } = await webhooks.rotate(actor, checked(path, request.params).id, request.id);
    return { secret, oldUntil: oldUntil.toISOString() };
  });

  rest.post(`${base}/:id/test`, async (request, reply) => {
    const actor = await door.member(request);
    return reply.status(202).send(await webhooks.test(actor, checked(path, request.params).id));
  });

  rest.get(`${base}/:id/deliveries`, async (request) => {
    const actor = await door.member(request);
    const { id } = checked(path, request.params);
    const list = await webhooks.deliveries(actor, id, checked(query, request.query).first);
    return { deliveries: list.map(shownDelivery) };
  });

  rest.post(`${base}/:id/deliveries/:deliveryId/redeliver`, async (request, reply) => {
    const actor = await door.member(request);
    const { id, deliveryId } = checked(deliveryPath, request.params);
    await webhooks.redeliver(actor, id, deliveryId);
    return reply.status(202).send({ deliveryId });
  });
}
