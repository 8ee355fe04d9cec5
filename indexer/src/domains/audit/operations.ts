import { z } from "zod";
import type { Operations } from "../../platform/http/operation.ts";
import { range } from "./routes.ts";

const time = z.iso.datetime();
const hex = z.string().regex(/^0x[0-9a-f]*$/);
const detail = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const body = z.strictObject({
  at: time,
  actorKind: z.enum(["member", "staff", "system", "nobody"]),
  actorId: z.string().nullable(),
  action: z.string(),
  subjectId: z.string().nullable(),
  requestId: z.string().nullable(),
  detail,
});
const entry = z.union([
  z.strictObject({ seq: z.int(), hash: hex, leaf: z.null() }),
  z.strictObject({ seq: z.int(), hash: hex, leaf: hex, opening: hex, body }),
]);
const ownEntry = z.union([
  z.strictObject({ seq: z.int() }),
  z.strictObject({ seq: z.int(), at: time, action: z.string(), detail, by: z.string() }),
]);

export const operations: Operations = {
  "GET /api/v1/audit/entries": {
    summary: "Entries of the trail in a form that can be recomputed: a hash chain over HMAC leaves, each with its key",
    who: "auditors",
    query: range,
    answers: { 200: z.strictObject({ entries: z.array(entry) }) },
  },
  "GET /api/v1/audit/roots": {
    summary: "Signed Merkle roots over the trail, and the key that signs",
    who: "auditors",
    answers: {
      200: z.strictObject({
        key: z.looseObject({ kty: z.string() }),
        roots: z.array(
          z.looseObject({
            ...{ firstSeq: z.int(), lastSeq: z.int(), madeAt: time, root: hex, head: hex, signature: hex },
          }),
        ),
      }),
    },
  },
  "GET /api/v1/members/:id/audit-logs": {
    summary: "What was done to and by oneself; which of the staff did it stays unsaid",
    who: "the member, or a key with the scope audit:read",
    query: range,
    answers: { 200: z.strictObject({ entries: z.array(ownEntry) }) },
  },
};
