import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Actor } from "../../platform/access/actor.ts";
import { projected } from "../../platform/access/decide.ts";
import type { RouteKit } from "../../platform/domain.ts";
import { checked, noBody } from "../../platform/http/rest.ts";
import { resultFields } from "./access.ts";
import type { QueuedHit } from "./repository/hits.ts";
import type { Version } from "./repository/versions.ts";
import { lists, proposeHeld } from "./service/loading.ts";
import { type HitView, hitView, judge, type MemberView, memberView, queue } from "./service/reviewing.ts";

const path = z.object({ id: z.uuid() });
const states = ["open", "proposed", "confirmed", "dismissed", "lapsed"] as const;
export const query = z.strictObject({
  state: z.enum(states).optional(),
  minScore: z.coerce.number().int().min(0).max(100).optional(),
  pep: z.enum(["true", "false"]).optional(),
});
export const verdict = z.strictObject({
  outcome: z.enum(["confirm", "dismiss"]),
  reason: z.string().trim().normalize("NFC").min(1).max(2_000),
});

const iso = (at: Date | null) => at?.toISOString() ?? null;

/** The two numbers as the actor sees them. */
function scored(actor: Actor, amlScore: number, isExposed: boolean) {
  const seen = projected(actor, resultFields, { aml_score: String(amlScore), pep: String(isExposed) });
  return {
    amlScore: seen.aml_score === null ? null : Number(seen.aml_score),
    isExposed: seen.pep && seen.pep === "true",
  };
}

const shownQueued = (actor: Actor, hit: QueuedHit) => ({
  ...{ id: hit.id, memberId: hit.memberId, kind: hit.kind, score: hit.score, state: hit.state },
  ...{ openedAt: hit.openedAt.toISOString(), isMine: hit.proposedBy === actor.memberId },
  ...scored(actor, hit.amlScore, hit.isExposed),
});

const shownHit = (actor: Actor, { hit, finding, reason }: HitView) => ({
  ...{ id: hit.id, memberId: hit.memberId, kind: hit.kind, score: hit.score, state: hit.state, reason },
  ...{ openedAt: hit.openedAt.toISOString(), decidedAt: iso(hit.decidedAt), approvalId: hit.approvalId },
  isMine: hit.proposedBy === actor.memberId,
  ...{ list: finding.list, entryId: finding.entryId, caption: finding.caption, wallet: finding.wallet },
  ...{ features: finding.features, likeness: finding.likeness },
});

const shownMember = (actor: Actor, { result, explanation, hits }: MemberView) => ({
  result: result
    ? {
        ...{ at: result.at.toISOString(), why: result.why, versions: result.versions },
        ...scored(actor, result.amlScore, result.isExposed),
        factors: explanation?.risk.factors ?? [],
      }
    : null,
  hits: hits.map((one) => shownHit(actor, one)),
});

const shownVersion = (one: Version) => ({
  ...{ id: one.id, list: one.list, format: one.format, state: one.state, sha256: one.sha256.toString("hex") },
  ...{ entries: one.entryCount, before: one.entriesBefore, approvalId: one.approvalId },
  ...{ loadedAt: one.loadedAt.toISOString(), inForceAt: iso(one.inForceAt), comparedAt: iso(one.comparedAt) },
});

function listRoutes(rest: FastifyInstance, kit: RouteKit): void {
  rest.get("/api/v1/admin/sanctions-lists", async (request) => {
    const actor = await kit.door.member(request);
    return { versions: (await lists(kit, actor)).map(shownVersion) };
  });

  rest.post("/api/v1/admin/sanctions-lists/:id/acceptance", async (request, reply) => {
    const actor = await kit.door.member(request);
    checked(noBody, request.body);
    return reply.status(202).send({ approvalId: await proposeHeld(kit, actor, checked(path, request.params).id) });
  });
}

/** What officers do with hits and lists, and what auditors see of that. */
export function screeningRoutes(rest: FastifyInstance, kit: RouteKit): void {
  listRoutes(rest, kit);

  rest.get("/api/v1/admin/screening-hits", async (request) => {
    const actor = await kit.door.member(request);
    const { state, minScore, pep } = checked(query, request.query);
    const isExposed = pep === undefined ? undefined : pep === "true";
    const hits = await queue(kit, actor, { states: state ? [state] : ["open", "proposed"], minScore, isExposed });
    return { hits: hits.map((hit) => shownQueued(actor, hit)) };
  });

  rest.get("/api/v1/admin/screening-hits/:id", async (request) => {
    const actor = await kit.door.member(request);
    return shownHit(actor, await hitView(kit, actor, checked(path, request.params).id, request.id));
  });

  rest.post("/api/v1/admin/screening-hits/:id/decision", async (request, reply) => {
    const actor = await kit.door.member(request);
    const { id } = checked(path, request.params);
    const approvalId = await judge(kit, actor, id, checked(verdict, request.body), request.id);
    return reply.status(approvalId ? 202 : 200).send({ id, approvalId: approvalId ?? null });
  });

  rest.get("/api/v1/admin/members/:id/screening", async (request) => {
    const actor = await kit.door.member(request);
    return shownMember(actor, await memberView(kit, actor, checked(path, request.params).id, request.id));
  });
}
