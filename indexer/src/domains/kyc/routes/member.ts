import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { RouteKit } from "../../../platform/domain.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { checked, noBody } from "../../../platform/http/rest.ts";
import type { Level } from "../rules.ts";
import { beginCase, submitCase } from "../service/applying.ts";
import { attestationFor, attestIntent, isAttested } from "../service/attesting.ts";
import { ownView } from "../service/reading.ts";
import { kycStandingOf } from "../service/standing.ts";
import { shownCase, shownComment, shownDocument } from "./shown.ts";

const name = z.string().trim().normalize("NFC").min(1).max(200);

export const application = z.strictObject({
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  legalName: name,
  latinName: name.regex(/^[A-Za-z][A-Za-z .'-]*$/, "as in the passport, in Latin letters"),
  birthDate: z.iso.date(),
  nationality: z.string().regex(/^[A-Z]{3}$/, "ISO 3166-1 alpha-3, as in KOR"),
});

/** What a member does for its own case. */
export function memberRoutes(rest: FastifyInstance, kit: RouteKit): void {
  rest.get("/api/v1/members/:id/kyc", async (request) => {
    const actor = await kit.door.self(request);
    const { state, level, reapplyAfter } = await kycStandingOf(kit.pool, actor.memberId);
    const standing = { state, level, reapplyAfter: reapplyAfter?.toISOString() ?? null };
    const view = await ownView(kit, actor);
    if (!view) return { standing, case: null };
    const own = {
      ...shownCase(view.one),
      isAttested: await isAttested(kit, view.one),
      sessionUrl: view.sessionUrl,
      documents: view.documents.map(shownDocument),
      comments: view.comments.map(shownComment),
    };
    return { standing, case: own };
  });

  rest.post("/api/v1/members/:id/kyc", async (request, reply) => {
    const actor = await kit.door.self(request);
    const wish = checked(application, request.body);
    const caseId = await beginCase(kit, actor, { ...wish, level: wish.level as Level }, request.id);
    return reply.status(201).send({ caseId });
  });

  rest.post("/api/v1/members/:id/kyc/submission", async (request, reply) => {
    const actor = await kit.door.self(request);
    checked(noBody, request.body);
    await submitCase(kit, actor, request.id);
    return reply.status(202).send({ state: "review" });
  });

  rest.post("/api/v1/members/:id/kyc/attestation", async (request) => {
    const actor = await kit.door.self(request);
    checked(noBody, request.body);
    const view = await ownView(kit, actor);
    if (view?.one.state !== "approved")
      throw new Problem(409, "KYC_NOT_APPROVED", "no approved case is there to attest");
    const attestation = await attestationFor(kit, view.one.id);
    if (!attestation) {
      throw new Problem(409, "KYC_NOT_REGISTERED", "register your wallet as a member on the chain first");
    }
    const { uid, level, validUntil, account } = attestation;
    return { uid, level, validUntil, account, intent: attestIntent(kit, attestation) };
  });
}
