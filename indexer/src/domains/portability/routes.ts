import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { RouteKit } from "../../platform/domain.ts";
import { checked } from "../../platform/http/rest.ts";
import type { Export } from "./repository/exports.ts";
import { OwnExports } from "./service.ts";

export const asked = z.strictObject({ recipient: z.string().max(4_000).optional() });
const path = z.object({ exportId: z.uuid() });

const shown = ({ id, state, requestedAt, readyAt, endsAt, size, sha256 }: Export) => ({
  ...{ id, state, requestedAt: requestedAt.toISOString(), readyAt: readyAt?.toISOString() ?? null },
  ...{ endsAt: endsAt.toISOString(), size, sha256: sha256?.toString("hex") ?? null },
});

/** A member's copy of everything that is held of it. */
export function exportRoutes(rest: FastifyInstance, kit: RouteKit): void {
  const { door } = kit;
  const own = new OwnExports(kit);

  rest.get("/api/v1/members/:id/export", async (request) => {
    const one = await own.newest(await door.self(request));
    return { export: one ? shown(one) : null };
  });

  rest.post("/api/v1/members/:id/export", async (request, reply) => {
    const actor = await door.self(request);
    const { recipient } = checked(asked, request.body ?? {});
    const { one, key } = await own.ask(actor, recipient, request.id);
    return reply.status(202).send({ export: shown(one), key });
  });

  rest.delete("/api/v1/members/:id/export", async (request, reply) => {
    await own.drop(await door.self(request), request.id);
    return reply.status(204).send();
  });

  // A POST, so that nothing that follows links before the member does spends the one time.
  rest.post("/api/v1/members/:id/export/:exportId/archive", async (request, reply) => {
    const actor = await door.self(request);
    const archive = await own.take(actor, checked(path, request.params).exportId, request.id);
    reply.header("content-disposition", 'attachment; filename="tburn-members-export.zip.age"');
    return reply.type("application/octet-stream").send(archive);
  });
}
