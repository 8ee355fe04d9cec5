import { z } from "zod";
import type { Operations } from "../../platform/http/operation.ts";
import { query } from "./routes.ts";
import { changedEndpoint, eventNames, wantedEndpoint } from "./rules.ts";

const time = z.iso.datetime();
const endpoint = z.strictObject({
  ...{ id: z.uuid(), name: z.string(), url: z.string(), events: z.array(z.enum(eventNames)) },
  ...{ state: z.enum(["active", "disabled"]), disabledBecause: z.enum(["OWNER", "GONE", "FAILING"]).nullable() },
  ...{ createdAt: time, oldUntil: time.nullable(), failingSince: time.nullable() },
});
const delivery = z.strictObject({
  ...{ id: z.uuid(), messageId: z.string(), event: z.string(), data: z.record(z.string(), z.unknown()) },
  ...{ happenedAt: time, state: z.enum(["waiting", "delivered", "failed"]), attempts: z.int() },
  ...{ nextAt: time.nullable(), lastAttemptAt: time.nullable(), status: z.int().nullable() },
  ...{ problem: z.string().nullable(), durationMs: z.int().nullable() },
});
const who = "the member, signed in; no API key";
const secret = z.string().describe("`whsec_` and base64; told this once");
const underWay = z.strictObject({ deliveryId: z.uuid() });

export const operations: Operations = {
  "GET /api/v1/webhook-endpoints": {
    summary: "Where a member hears of what happens to it",
    who,
    answers: { 200: z.strictObject({ endpoints: z.array(endpoint) }) },
  },
  "POST /api/v1/webhook-endpoints": {
    summary: "Makes an endpoint (Standard Webhooks); asks for a second factor",
    who,
    body: wantedEndpoint,
    answers: { 201: z.strictObject({ id: z.uuid(), secret }) },
  },
  "PUT /api/v1/webhook-endpoints/:id": {
    summary: "Chooses what it hears of, and whether it does; more of it asks for a second factor",
    who,
    body: changedEndpoint,
    answers: { 204: null },
  },
  "DELETE /api/v1/webhook-endpoints/:id": {
    summary: "Removes it with its deliveries",
    who,
    answers: { 204: null },
  },
  "POST /api/v1/webhook-endpoints/:id/rotate-secret": {
    summary: "Makes a new secret; the one before signs beside it for 24 hours; asks for a second factor",
    who,
    answers: { 200: z.strictObject({ secret, oldUntil: time }) },
  },
  "POST /api/v1/webhook-endpoints/:id/test": {
    summary: "Has a message sent that tells of nothing",
    who,
    answers: { 202: underWay },
  },
  "GET /api/v1/webhook-endpoints/:id/deliveries": {
    summary: "What was sent, the newest first, with status and time; kept for thirty days",
    who,
    query,
    answers: { 200: z.strictObject({ deliveries: z.array(delivery) }) },
  },
  "POST /api/v1/webhook-endpoints/:id/deliveries/:deliveryId/redeliver": {
    summary: "Sends once more, under the same `webhook-id`",
    who,
    answers: { 202: underWay },
  },
};
