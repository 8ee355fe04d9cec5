import { z } from "zod";
import type { Operations } from "../../platform/http/operation.ts";
import { news, word } from "./routes.ts";
import { languages, purposeNames } from "./rules.ts";

const purpose = z.enum(purposeNames);
const text = z.strictObject({ text: z.string(), hash: z.string() });
const standing = z.strictObject({
  consents: z.array(
    z.strictObject({
      ...{ purpose, version: z.int(), isRequired: z.boolean() },
      texts: z.strictObject({ ko: text, en: text }),
      isGiven: z.boolean(),
      since: z.iso.datetime().nullable(),
    }),
  ),
  history: z.array(
    z.strictObject({
      ...{ purpose, given: z.boolean(), version: z.int(), language: z.enum(languages) },
      textHash: z.string(),
      at: z.iso.datetime(),
    }),
  ),
});

export const operations: Operations = {
  "GET /api/v1/members/:id/consents": {
    summary: "What the member is asked to agree to, in both languages, what stands of it, and how that came",
    who: "the member itself",
    answers: { 200: standing },
  },
  "PUT /api/v1/members/:id/consents": {
    summary: "Agrees to a purpose, or takes it back; names the words that were shown",
    who: "the member itself",
    body: word,
    answers: { 200: standing },
  },
  "POST /api/v1/admin/news": {
    summary: "Has news mailed to members who agree to get some; asks for a second factor",
    who: "administrators",
    body: news,
    answers: { 202: z.strictObject({ id: z.uuid() }) },
  },
};
