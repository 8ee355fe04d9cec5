import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Door } from "../../platform/access/door.ts";
import { checked } from "../../platform/http/rest.ts";
import { wantedKey } from "./rules.ts";
import type { ApiKeys, ShownKey } from "./service.ts";

const keyPath = z.object({ keyId: z.uuid() });

const shown = ({ createdAt, expiresAt, lastUsedAt, ...key }: ShownKey) => ({
  ...key,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});

/** A member's keys for its programs. The key itself is in one answer only: that to its making. */
export function apiKeyRoutes(rest: FastifyInstance, keys: ApiKeys, door: Door): void {
  rest.get("/api/v1/members/:id/api-keys", async (request) => {
    const actor = await door.self(request);
    return { apiKeys: (await keys.list(actor)).map(shown) };
  });

  rest.post("/api/v1/members/:id/api-keys", async (request, reply) => {
    const actor = await door.self(request);
    return reply.status(201).send(await keys.create(actor, checked(wantedKey, request.body), request.id));
  });

  rest.delete("/api/v1/members/:id/api-keys/:keyId", async (request, reply) => {
    const actor = await door.self(request);
    await keys.remove(actor, checked(keyPath, request.params).keyId, request.id);
    return reply.status(204).send();
  });
}
