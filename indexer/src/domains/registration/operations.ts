import { z } from "zod";
import type { Operation, Operations } from "../../platform/http/operation.ts";
import { beginning, bodies, code } from "./routes.ts";
import { memberCommands, nodeStates, states, tierNames } from "./rules.ts";

const time = z.iso.datetime();
const amount = z.string().regex(/^\d+$/);
const node = {
  state: z.enum(nodeStates),
  validatorId: z.int().nullable(),
  ...{ askedAt: time.nullable(), expiresAt: time.nullable(), endedAt: time.nullable() },
};
const ownNode = { ...node, endpoint: z.string().nullable(), waivedAt: time.nullable() };
const registration = z.strictObject({
  id: z.uuid(),
  state: z.enum(states),
  tier: z.enum(tierNames),
  language: z.enum(["ko", "en"]),
  open: z.array(z.enum(memberCommands)),
  startedAt: time.nullable(),
  deadline: time.nullable(),
  code: z
    .strictObject({ kind: z.enum(["email", "phone"]), attemptsLeft: z.int(), expiresAt: time, resendAt: time })
    .nullable(),
  kycLevel: z.int(),
  kycNeeded: z.int(),
  reapplyAfter: time.nullable(),
  stake: z
    .strictObject({
      least: amount,
      asked: amount.nullable(),
      held: amount,
      standing: z.enum(["none", "seen", "final", "gone"]),
      block: z.int().nullable(),
      tx: z.string().nullable(),
    })
    .nullable(),
  node: z.strictObject(node).nullable(),
  queuePosition: z.int().nullable(),
});
const who = "the member whose registration it is";
const headers = { "Idempotency-Key": "8 to 128 letters, digits, _ or -; the same when a request is repeated" };

const step = (summary: string, body?: z.ZodType): Operation => ({
  ...{ summary, who, headers },
  ...(body && { body }),
  answers: { 200: registration, 202: registration },
});

const seenByStaff = z.strictObject({
  ...{ id: z.uuid(), state: z.enum(states), tier: z.enum(tierNames), language: z.enum(["ko", "en"]) },
  ...{ startedAt: time.nullable(), deadline: time.nullable(), reapplyAfter: time.nullable() },
  stakeAsked: amount.nullable(),
  node: z.strictObject({ ...ownNode, waivedBecause: z.string().nullable() }).nullable(),
  steps: z.array(z.strictObject({ command: z.string(), state: z.enum(states), at: time.nullable() })),
});

export const operations: Operations = {
  "GET /api/v1/admin/members/:id/registrations": {
    summary: "A member's ways in, the newest first; that they were looked at is written down",
    who: "the staff whom the table of docs/access.md names",
    answers: { 200: z.strictObject({ registrations: z.array(seenByStaff) }) },
  },
  "PUT /api/v1/admin/members/:id/registrations/:registrationId/node-waiver": {
    summary: "Says why a validator may be let in though its node has not answered",
    who: "administrators and compliance, with a second factor, about somebody else",
    body: bodies.waiver,
    answers: { 204: null },
  },
  "POST /api/v1/members/register": {
    ...step("Begins a registration; the answer is the same whether an address is known or not", beginning),
    who: "anybody who has signed in",
    answers: { 201: registration, 202: registration },
  },
  "POST /api/v1/members/:id/verify-email": step("Proves the e-mail address of the open registration", code),
  "GET /api/v1/registrations/current": {
    summary: "Where one's registration stands",
    who,
    answers: { 200: z.strictObject({ registration: registration.nullable() }) },
  },
  "GET /api/v1/registrations/:id": { summary: "A registration", who, answers: { 200: registration } },
  "POST /api/v1/registrations/:id/email": step("Gives another e-mail address", bodies.email),
  "POST /api/v1/registrations/:id/verify-email": step("Proves the e-mail address by the code of the mail", code),
  "POST /api/v1/registrations/:id/resend": step("Has a code sent once more"),
  "POST /api/v1/registrations/:id/phone": step("Gives a telephone number", bodies.phone),
  "POST /api/v1/registrations/:id/verify-phone": step("Proves the telephone number by the code that came", code),
  "POST /api/v1/registrations/:id/skip-phone": step("Goes on without a telephone"),
  "POST /api/v1/registrations/:id/tier": step("Asks for another tier", bodies.tier),
  "POST /api/v1/registrations/:id/reapply": step("Has the identity checked once more, after a refusal"),
  "POST /api/v1/registrations/:id/stake-intent": step("Says how much will be staked", bodies.stake),
  "GET /api/v1/registrations/:id/node": {
    summary: "Whether the validator's node has shown that it holds its key, and where it was asked",
    who,
    answers: { 200: z.strictObject(ownNode) },
  },
  "POST /api/v1/registrations/:id/node-check": {
    ...step(
      "Has the validator's node asked to sign a challenge; host:port, tcp://host:port or tls://host:port",
      bodies.node,
    ),
    answers: { 202: registration },
  },
  "POST /api/v1/registrations/:id/setup": step("Says that the validator is registered on the chain"),
  "POST /api/v1/registrations/:id/submit": step("Hands the registration in"),
};
