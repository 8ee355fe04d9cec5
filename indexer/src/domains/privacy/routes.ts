import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { RouteKit } from "../../platform/domain.ts";
import { checked } from "../../platform/http/rest.ts";
import type { Erasure } from "./repository.ts";
import { holdOf, OwnErasure, proposeLegalHold } from "./service.ts";

const path = z.object({ id: z.uuid() });
/** Where the reason is written down, such as a court's file; no words about the person. */
export const hold = z.strictObject({
  change: z.enum(["place", "lift"]),
  reference: z.string().regex(/^[\w./-]{3,80}$/, "letters, digits, . / - _"),
});

const shown = ({ requestedAt, dueAt }: Erasure) => ({
  requestedAt: requestedAt.toISOString(),
  dueAt: dueAt.toISOString(),
});

/** A member's own erasure, and what stops it. */
export function privacyRoutes(rest: FastifyInstance, kit: RouteKit): void {
  const { door } = kit;
  const own = new OwnErasure(kit);

  rest.get("/api/v1/members/:id/erasure", async (request) => {
    const { erasure, isHeld } = await own.standing(await door.self(request));
    return { erasure: erasure && shown(erasure), isHeld };
  });

  rest.post("/api/v1/members/:id/erasure", async (request, reply) => {
    const actor = await door.self(request);
    return reply.status(202).send({ erasure: shown(await own.ask(actor, request.id)) });
  });

  rest.delete("/api/v1/members/:id/erasure", async (request, reply) => {
    await own.cancel(await door.self(request), request.id);
    return reply.status(204).send();
  });

  rest.get("/api/v1/admin/members/:id/legal-hold", async (request) => {
    const actor = await door.member(request);
    const { hold, erasure } = await holdOf(kit, actor, checked(path, request.params).id, request.id);
    return {
      hold: hold && { reference: hold.reference, placedAt: hold.placedAt.toISOString() },
      erasure: erasure && shown(erasure),
    };
  });

  rest.post("/api/v1/admin/members/:id/legal-hold", async (request, reply) => {
    const actor = await door.member(request);
    const { id } = checked(path, request.params);
    const approvalId = await proposeLegalHold(kit, actor, id, checked(hold, request.body));
    return reply.status(202).send({ approvalId });
  });
}
