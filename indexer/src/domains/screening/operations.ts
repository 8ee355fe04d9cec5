import { z } from "zod";
import type { Operations } from "../../platform/http/operation.ts";
import { query, verdict } from "./routes.ts";

const time = z.iso.datetime();
const score = z.int().min(0).max(100);
const scored = { amlScore: score.nullable(), isExposed: z.boolean().nullable() };
const state = z.enum(["open", "proposed", "confirmed", "dismissed", "lapsed"]);
const kind = z.enum(["wallet", "name"]);
const queued = z.strictObject({
  ...{ id: z.uuid(), memberId: z.uuid(), kind, score, state, openedAt: time, isMine: z.boolean() },
  ...scored,
});
const hit = z.strictObject({
  ...{ id: z.uuid(), memberId: z.uuid(), kind, score, state, reason: z.string().nullable() },
  ...{ openedAt: time, decidedAt: time.nullable(), approvalId: z.uuid().nullable(), isMine: z.boolean() },
  ...{ list: z.string(), entryId: z.string(), caption: z.string(), wallet: z.string().nullable() },
  features: z.array(z.looseObject({})),
  likeness: z.looseObject({}).nullable(),
});
const version = z.strictObject({
  ...{ id: z.uuid(), list: z.string(), format: z.string(), state: z.string(), sha256: z.string() },
  ...{ entries: z.int(), before: z.int(), approvalId: z.uuid().nullable() },
  ...{ loadedAt: time, inForceAt: time.nullable(), comparedAt: time.nullable() },
});
const readers = "compliance and auditors";

export const operations: Operations = {
  "GET /api/v1/admin/sanctions-lists": {
    summary: "Lists that are in force, held back or over",
    who: readers,
    answers: { 200: z.strictObject({ versions: z.array(version) }) },
  },
  "POST /api/v1/admin/sanctions-lists/:id/acceptance": {
    summary: "Proposes that a list which has shrunk be taken all the same; another officer decides",
    who: "compliance",
    answers: { 202: z.strictObject({ approvalId: z.uuid() }) },
  },
  "GET /api/v1/admin/screening-hits": {
    summary: "Likenesses that wait for an officer, the oldest first",
    who: `${readers}; filters by score and exposure for compliance alone`,
    query,
    answers: { 200: z.strictObject({ hits: z.array(queued) }) },
  },
  "GET /api/v1/admin/screening-hits/:id": {
    summary: "A likeness, with what each part of its score comes from",
    who: readers,
    answers: { 200: hit },
  },
  "POST /api/v1/admin/screening-hits/:id/decision": {
    summary: "Dismisses a likeness, or proposes to confirm it; another officer decides that",
    who: "compliance",
    body: verdict,
    answers: {
      200: z.strictObject({ id: z.uuid(), approvalId: z.null() }),
      202: z.strictObject({ id: z.uuid(), approvalId: z.uuid() }),
    },
  },
  "GET /api/v1/admin/members/:id/screening": {
    summary: "What screening last said of a member, and its likenesses",
    who: readers,
    answers: {
      200: z.strictObject({
        result: z
          .strictObject({
            ...{ at: time, why: z.string(), versions: z.looseObject({}), ...scored },
            factors: z.array(z.looseObject({})),
          })
          .nullable(),
        hits: z.array(hit),
      }),
    },
  },
};
