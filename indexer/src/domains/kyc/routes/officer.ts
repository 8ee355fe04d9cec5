import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { RouteKit } from "../../../platform/domain.ts";
import { checked } from "../../../platform/http/rest.ts";
import type { QueuedCase } from "../repository/queue.ts";
import { rejectionCodes, revocationCodes, states } from "../rules.ts";
import { revocationIntents } from "../service/attesting.ts";
import { revokeCase } from "../service/ending.ts";
import { casesOfMember, officerView, openDocument } from "../service/reading.ts";
import { queue, recommend, releaseCase, takeCase, takeNextCase } from "../service/reviewing.ts";
import { shownInList, shownToOfficer } from "./shown.ts";

const path = z.object({ id: z.uuid() });
const documentPath = z.object({ id: z.uuid(), documentId: z.uuid() });
export const query = z.strictObject({ state: z.enum(states).optional() });
const text = z.string().trim().normalize("NFC").max(2_000).default("");
export const recommendation = z
  .strictObject({
    outcome: z.enum(["approve", "reject"]),
    reason: z.enum(rejectionCodes).nullable().default(null),
    comment: text,
    note: text,
  })
  .refine(({ outcome, reason }) => (outcome === "reject") === (reason !== null), {
    path: ["reason"],
    message: "a rejection has a reason, an approval has none",
  })
  .meta({ examples: [{ outcome: "approve", reason: null, comment: "", note: "Compared with the register." }] });
export const revocation = z.strictObject({ reason: z.enum(revocationCodes) });

const shown = (one: QueuedCase, actorId: string, now: Date) => ({
  ...{ id: one.id, level: one.level, state: one.state, answer: one.answer },
  submittedAt: one.submittedAt?.toISOString() ?? null,
  isLeased: one.leaseUntil !== null && one.leaseUntil > now && one.leaseBy !== actorId,
  isMine: one.recommendedBy === actorId,
});

function workRoutes(rest: FastifyInstance, kit: RouteKit): void {
  rest.get("/api/v1/admin/kyc-cases", async (request) => {
    const actor = await kit.door.member(request);
    const { state } = checked(query, request.query);
    const cases = await queue(kit, actor, state ? [state] : ["review", "recommended"]);
    return { cases: cases.map((one) => shown(one, actor.memberId, kit.clock())) };
  });

  rest.post("/api/v1/admin/kyc-cases/next", async (request) => {
    const actor = await kit.door.member(request);
    return { id: (await takeNextCase(kit, actor)) ?? null };
  });

  rest.put("/api/v1/admin/kyc-cases/:id/lease", async (request) => {
    const actor = await kit.door.member(request);
    return { until: (await takeCase(kit, actor, checked(path, request.params).id)).toISOString() };
  });

  rest.delete("/api/v1/admin/kyc-cases/:id/lease", async (request, reply) => {
    const actor = await kit.door.member(request);
    await releaseCase(kit, actor, checked(path, request.params).id);
    return reply.status(204).send();
  });

  rest.post("/api/v1/admin/kyc-cases/:id/recommendation", async (request, reply) => {
    const actor = await kit.door.member(request);
    const { id } = checked(path, request.params);
    const approvalId = await recommend(kit, actor, id, checked(recommendation, request.body), request.id);
    return reply.status(202).send({ approvalId });
  });

  rest.post("/api/v1/admin/kyc-cases/:id/revocation", async (request, reply) => {
    const actor = await kit.door.member(request);
    const { id } = checked(path, request.params);
    await revokeCase(kit, actor, id, checked(revocation, request.body).reason, request.id);
    return reply.status(204).send();
  });
}

/** What officers do with cases, and what auditors see of that. */
export function officerRoutes(rest: FastifyInstance, kit: RouteKit): void {
  workRoutes(rest, kit);

  rest.get("/api/v1/admin/members/:id/kyc-cases", async (request) => {
    const actor = await kit.door.member(request);
    const found = await casesOfMember(kit, actor, checked(path, request.params).id, request.id);
    return { cases: found.map(shownInList) };
  });

  rest.get("/api/v1/admin/kyc-cases/:id", async (request) => {
    const actor = await kit.door.member(request);
    const view = await officerView(kit, actor, checked(path, request.params).id, request.id);
    const intents = await revocationIntents(kit, view.one);
    return { ...shownToOfficer(view, actor.memberId, kit.clock()), revocations: intents };
  });

  rest.get("/api/v1/admin/kyc-cases/:id/documents/:documentId", async (request, reply) => {
    const actor = await kit.door.member(request);
    const { id: caseId, documentId } = checked(documentPath, request.params);
    const { document, bytes } = await openDocument(kit, actor, { caseId, documentId }, request.id);
    reply.header("content-length", document.size);
    // Bytes of a stranger: they are shown, and run nothing.
    reply.header("content-security-policy", "default-src 'none'; sandbox");
    return reply.type(document.mediaType).send(Readable.from(bytes));
  });
}
