import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Door } from "../../../platform/access/door.ts";
import { networksSchema } from "../../../platform/http/networks.ts";
import { checked } from "../../../platform/http/rest.ts";
import type { SecuritySettings } from "../service/settings.ts";

const path = z.object({ id: z.uuid() });
export const wanted = z.strictObject({ networks: networksSchema, sessionHours: z.int().min(1).max(720).nullable() });

/** Where from and for how long a member is signed in. */
export function settingRoutes(rest: FastifyInstance, settings: SecuritySettings, door: Door): void {
  rest.get("/api/v1/members/:id/security", async (request) => {
    const actor = await door.member(request);
    return settings.of(actor, checked(path, request.params).id);
  });

  rest.put("/api/v1/members/:id/security", async (request) => {
    const actor = await door.self(request);
    await settings.change(actor, checked(wanted, request.body), request.ip, request.id);
    return settings.of(actor, actor.memberId);
  });
}
