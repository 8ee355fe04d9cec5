import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Door } from "../../platform/access/door.ts";
import { checked } from "../../platform/http/rest.ts";
import type { Approvals, Listed } from "./service.ts";

const path = z.object({ id: z.uuid() });
export const query = z.object({ state: z.enum(["open", "decided"]).default("open") });
export const verdict = z.strictObject({ approve: z.boolean(), reason: z.string().trim().min(1).max(500) });

const shown = ({ isMyRole, ...approval }: Listed, memberId: string) => ({
  ...approval,
  proposedAt: approval.proposedAt.toISOString(),
  expiresAt: approval.expiresAt.toISOString(),
  decidedAt: approval.decidedAt?.toISOString() ?? null,
  isMine: approval.proposedBy === memberId,
  mayDecide: isMyRole && approval.outcome === null && approval.proposedBy !== memberId,
});

/** What waits for a second person, and its decision. */
export function approvalRoutes(rest: FastifyInstance, approvals: Approvals, door: Door): void {
  rest.get("/api/v1/admin/approvals", async (request) => {
    const actor = await door.member(request);
    const { state } = checked(query, request.query);
    const list = await approvals.list(actor, state === "open");
    return { approvals: list.map((approval) => shown(approval, actor.memberId)) };
  });

  rest.post("/api/v1/admin/approvals/:id/decision", async (request) => {
    const actor = await door.member(request);
    const { id } = checked(path, request.params);
    const { outcome } = await approvals.decide(actor, id, checked(verdict, request.body), request.id);
    return { id, outcome };
  });

  rest.delete("/api/v1/admin/approvals/:id", async (request, reply) => {
    const actor = await door.member(request);
    await approvals.withdraw(actor, checked(path, request.params).id, request.id);
    return reply.status(204).send();
  });
}
