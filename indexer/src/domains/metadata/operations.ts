import { z } from "zod";
import type { Operations } from "../../platform/http/operation.ts";
import { profileSchema } from "./rules.ts";

const { shape } = profileSchema;
const told = z.strictObject({
  ...{ memberId: z.uuid(), version: z.int(), displayName: z.string(), bio: z.string(), website: z.string() },
  links: z.array(z.strictObject({ label: z.string(), url: z.string() })),
  tags: z.array(z.string()),
  ...{ language: z.string().optional(), currency: z.string().optional(), timeZone: z.string().optional() },
  custom: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});

export const operations: Operations = {
  "GET /api/v1/members/:id/profile": {
    summary: "What a member publishes; language, currency, zone and own fields are for the member and the staff",
    who: "anybody",
    token: "optional",
    answers: { 200: told, 304: null },
  },
  "PUT /api/v1/members/:id/metadata": {
    summary: "Publishes a profile over the version that was seen",
    who: "the member, or a key with the scope profile:write",
    body: z.strictObject(shape),
    headers: { "If-Match": 'the ETag of the profile that was seen, "0" for a first one' },
    answers: { 200: told },
  },
};
