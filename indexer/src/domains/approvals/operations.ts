import { z } from "zod";
import type { Operations } from "../../platform/http/operation.ts";
import { query, verdict } from "./routes.ts";

const time = z.iso.datetime();
const approval = z.strictObject({
  id: z.uuid(),
  kind: z.string(),
  subjectId: z.uuid(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  proposedBy: z.uuid(),
  proposedAt: time,
  expiresAt: time,
  decidedBy: z.uuid().nullable(),
  decidedAt: time.nullable(),
  outcome: z.string().nullable(),
  reason: z.string().nullable(),
  isMine: z.boolean(),
  mayDecide: z.boolean(),
  subjectAddress: z.string().nullable(),
  proposedByAddress: z.string().nullable(),
  decidedByAddress: z.string().nullable(),
});

export const operations: Operations = {
  "GET /api/v1/admin/approvals": {
    summary: "What waits for a second person, or was decided",
    who: "the staff",
    query,
    answers: { 200: z.strictObject({ approvals: z.array(approval) }) },
  },
  "POST /api/v1/admin/approvals/:id/decision": {
    summary: "Decides what another person has proposed; asks for a second factor",
    who: "the staff whose role the kind names, but for the proposer",
    body: verdict,
    answers: { 200: z.strictObject({ id: z.uuid(), outcome: z.string() }) },
  },
  "DELETE /api/v1/admin/approvals/:id": {
    summary: "Takes back what one has proposed",
    who: "the proposer",
    answers: { 204: null },
  },
};
