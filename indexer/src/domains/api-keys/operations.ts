import { z } from "zod";
import { scopes } from "../../platform/access/actor.ts";
import type { Operations } from "../../platform/http/operation.ts";
import { wantedKey } from "./rules.ts";

const time = z.iso.datetime();
const count = z.string().regex(/^\d+$/);
const apiKey = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.enum(scopes)),
  ratePerMinute: z.int(),
  networks: z.array(z.string()),
  createdAt: time,
  expiresAt: time,
  lastUsedAt: time.nullable(),
  state: z.enum(["good", "expired", "suspended"]),
  requests: count,
  requestsToday: count,
});
const who = "the member, signed in; no API key";

export const operations: Operations = {
  "GET /api/v1/members/:id/api-keys": {
    summary: "A member's API keys, and how often each was used",
    who,
    answers: { 200: z.strictObject({ apiKeys: z.array(apiKey) }) },
  },
  "POST /api/v1/members/:id/api-keys": {
    summary: "Makes a key, whose text is in this answer alone; asks for a second factor",
    who,
    body: wantedKey,
    answers: { 201: z.strictObject({ key: z.string(), id: z.uuid() }) },
  },
  "DELETE /api/v1/members/:id/api-keys/:keyId": {
    summary: "Ends a key from its next request on; asks for a second factor",
    who,
    answers: { 204: null },
  },
};
