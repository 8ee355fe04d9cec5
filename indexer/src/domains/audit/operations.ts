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

const hash = z.string().regex(/^0x[0-9a-f]{64}$/);
const root = z.strictObject({
  ...{ firstSeq: z.int(), lastSeq: z.int(), madeAt: time, root: hash, head: hash, signature: hex },
  /** As the mirror of the chain knows it. */
  anchor: z.strictObject({ transactionHash: hash, blockNumber: z.int() }).nullable(),
});

export const operations: Operations = {
  "GET /api/v1/audit/entries": {
    summary: "Entries of the trail in a form that can be recomputed: a hash chain over HMAC leaves, each with its key",
    who: "auditors",
    query: range,
    answers: { 200: z.strictObject({ entries: z.array(entry) }) },
  },
  "GET /api/v1/audit/roots": {
    summary: "Signed Merkle roots over the trail, the key that signs, and where the chain carries each",
    who: "auditors",
    answers: {
      200: z.strictObject({
        key: z.looseObject({ kty: z.string() }),
        roots: z.array(root),
      }),
    },
  },
  "GET /api/v1/audit/:id/proof": {
    summary: "That the entry of this number lies under a signed and anchored root: hashes alone (RFC 9162 §2.1.3)",
    who: "auditors, and the member whom the entry concerns, or its key with the scope audit:read",
    answers: {
      200: z.strictObject({
        ...{ seq: z.int(), leaf: hash, previous: hash, hash, siblings: z.array(hash) },
        root: root.nullable(),
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
