import { z } from "zod";
import type { Operations } from "../../platform/http/operation.ts";
import { hold } from "./routes.ts";

const time = z.iso.datetime();
const erasure = z.strictObject({ requestedAt: time, dueAt: time });

export const operations: Operations = {
  "GET /api/v1/members/:id/erasure": {
    summary: "Whether one is about to be forgotten, and whether something stops it",
    who: "the member",
    answers: { 200: z.strictObject({ erasure: erasure.nullable(), isHeld: z.boolean() }) },
  },
  "POST /api/v1/members/:id/erasure": {
    summary: "Asks to be forgotten after seven days; asks for a second factor",
    who: "the member",
    answers: { 202: z.strictObject({ erasure }) },
  },
  "DELETE /api/v1/members/:id/erasure": {
    summary: "Stays",
    who: "the member",
    answers: { 204: null },
  },
  "GET /api/v1/admin/members/:id/legal-hold": {
    summary: "What stands between a member's data and its end; that it was looked at is written down",
    who: "the staff whom the table of docs/access.md names",
    answers: {
      200: z.strictObject({
        hold: z.strictObject({ reference: z.string(), placedAt: time }).nullable(),
        erasure: erasure.nullable(),
      }),
    },
  },
  "POST /api/v1/admin/members/:id/legal-hold": {
    summary: "Proposes that a member's records be kept, or no longer; another officer decides",
    who: "compliance",
    body: hold,
    answers: { 202: z.strictObject({ approvalId: z.uuid() }) },
  },
};
