import { z } from "zod";
import type { Operations } from "../../platform/http/operation.ts";
import { asked } from "./routes.ts";

const time = z.iso.datetime();
const one = z.strictObject({
  ...{ id: z.uuid(), state: z.enum(["waiting", "ready", "fetched", "ended"]) },
  ...{
    requestedAt: time,
    readyAt: time.nullable(),
    endsAt: time,
    size: z.int().nullable(),
    sha256: z.string().nullable(),
  },
});

export const operations: Operations = {
  "GET /api/v1/members/:id/export": {
    summary: "How far the copy of the member's data is that was asked for last",
    who: "the member itself",
    answers: { 200: z.strictObject({ export: one.nullable() }) },
  },
  "POST /api/v1/members/:id/export": {
    summary:
      "Asks for a copy, encrypted (age) to the recipient or to a key that is told once; asks for a second factor",
    who: "the member itself",
    body: asked,
    answers: { 202: z.strictObject({ export: one, key: z.string().nullable() }) },
  },
  "DELETE /api/v1/members/:id/export": {
    summary: "Takes the request back, such as when its key is lost",
    who: "the member itself",
    answers: { 204: null },
  },
  "POST /api/v1/members/:id/export/:exportId/archive": {
    summary: "Hands the encrypted archive out, once, within 24 hours",
    who: "the member itself",
    answers: { 200: "application/octet-stream" },
  },
};
