import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { roles } from "../../../platform/access/actor.ts";
import type { Door } from "../../../platform/access/door.ts";
import { checked } from "../../../platform/http/rest.ts";
import type { Staff } from "../service/staff.ts";

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/, "0x and 40 hex digits");
export const change = z.strictObject({ change: z.enum(["appoint", "dismiss"]), address, role: z.enum(roles) });

/** Who works here; each change is proposed by one administrator and decided by another. */
export function staffRoutes(rest: FastifyInstance, staff: Staff, door: Door): void {
  rest.get("/api/v1/admin/staff", async (request) => ({ staff: await staff.list(await door.member(request)) }));

  rest.post("/api/v1/admin/staff", async (request, reply) => {
    const actor = await door.member(request);
    const { change: kind, address: wallet, role } = checked(change, request.body);
    return reply.status(202).send({ approvalId: await staff.propose(actor, kind, wallet, role) });
  });
}
