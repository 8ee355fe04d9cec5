import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { RouteKit } from "../../platform/domain.ts";
import { checked } from "../../platform/http/rest.ts";
import { announce } from "./news.ts";
import { type ConsentRecord, purposeNames, purposes, standingOf } from "./rules.ts";
import { agreementSchema, OwnConsents } from "./service.ts";
import { texts } from "./texts.ts";

export const word = agreementSchema.pick({ purpose: true, textHash: true }).extend({ given: z.boolean() });
const words = z.strictObject({ title: z.string().min(1).max(120), text: z.string().min(1).max(5_000) });
export const news = z.strictObject({ ko: words, en: words });

const recordShown = (record: ConsentRecord) => ({
  ...{ purpose: record.purpose, given: record.given, version: record.version, language: record.language },
  ...{ textHash: record.textHash.toString("hex"), at: record.at.toISOString() },
});

const shown = (records: ConsentRecord[]) => ({
  consents: purposeNames.map((purpose) => {
    const { newest, isGiven } = standingOf(records, purpose);
    const { version, isRequired } = purposes[purpose];
    return { purpose, version, isRequired, texts: texts[purpose], isGiven, since: newest?.at.toISOString() ?? null };
  }),
  history: records.map(recordShown),
});

/** What a member has agreed to; and news for those who agreed to them. */
export function consentRoutes(rest: FastifyInstance, kit: RouteKit): void {
  const { door } = kit;
  const own = new OwnConsents(kit);

  rest.get("/api/v1/members/:id/consents", async (request) => shown(await own.list(await door.self(request))));

  rest.put("/api/v1/members/:id/consents", async (request) => {
    const actor = await door.self(request);
    return shown(await own.say(actor, checked(word, request.body), request.id));
  });

  rest.post("/api/v1/admin/news", async (request, reply) => {
    const actor = await door.member(request);
    const id = await announce(kit, actor, checked(news, request.body), request.id);
    return reply.status(202).send({ id });
  });
}
