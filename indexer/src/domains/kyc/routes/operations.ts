import { z } from "zod";
import type { Operations } from "../../../platform/http/operation.ts";
import { documentKinds, rejectionCodes, revocationCodes, states } from "../rules.ts";
import { announced, ended, part } from "./documents.ts";
import { application } from "./member.ts";
import { query, recommendation, revocation } from "./officer.ts";

const time = z.iso.datetime();
const level = z.int().min(0).max(3);
const hex = z.string().regex(/^0x[0-9a-fA-F]*$/);
const state = z.enum(states);
const answer = z.enum(["none", "waiting", "green", "red_retry", "red_final"]);
const reason = z.enum([...rejectionCodes, ...revocationCodes]).nullable();
const member = "the member";
const officers = "compliance";

const document = z.strictObject({
  ...{ id: z.uuid(), kind: z.enum(documentKinds), mediaType: z.string(), size: z.int(), received: z.int() },
  sha256: z.string().nullable(),
});
const shownCase = {
  ...{ id: z.uuid(), level, state, reason: z.union([reason, z.string()]), createdAt: time, stateAt: time },
  ...{ submittedAt: time.nullable(), reapplyAfter: time.nullable(), isRetry: z.boolean() },
};
const ownCase = z.strictObject({
  ...shownCase,
  isAttested: z.boolean(),
  sessionUrl: z.string().nullable(),
  documents: z.array(document),
  comments: z.array(z.strictObject({ at: time, text: z.string() })),
});
const intent = { chainId: z.int(), to: hex, data: hex };
const officerCase = z.strictObject({
  ...shownCase,
  ...{ memberId: z.uuid(), provider: z.string(), answer, answerAt: time.nullable() },
  lease: z.strictObject({ until: time, isMine: z.boolean() }).nullable(),
  ...{ recommendedBy: z.uuid().nullable(), isMine: z.boolean(), approvalId: z.uuid().nullable() },
  applicant: z.strictObject({
    ...{ legal_name: z.string().nullable(), latin_name: z.string().nullable() },
    ...{ birth_date: z.string().nullable(), nationality: z.string().nullable() },
  }),
  findings: z.looseObject({}).nullable(),
  documents: z.array(document.extend({ isRead: z.boolean() })),
  steps: z.array(z.strictObject({ at: time, state, actorId: z.uuid().nullable(), reason: z.string().nullable() })),
  remarks: z.array(
    z.strictObject({ at: time, authorId: z.uuid(), kind: z.enum(["comment", "note"]), text: z.string() }),
  ),
  revocations: z.array(z.strictObject({ uid: hex, ...intent })),
});

const own: Operations = {
  "GET /api/v1/members/:id/kyc": {
    summary: "Where one's identity check stands",
    who: member,
    answers: {
      200: z.strictObject({
        standing: z.strictObject({ state: z.string(), level, reapplyAfter: time.nullable() }),
        case: ownCase.nullable(),
      }),
    },
  },
  "POST /api/v1/members/:id/kyc": {
    summary: "Begins an identity check",
    who: member,
    body: application,
    answers: { 201: z.strictObject({ caseId: z.uuid() }) },
  },
  "POST /api/v1/members/:id/kyc/submission": {
    summary: "Hands the documents in",
    who: member,
    answers: { 202: z.strictObject({ state: z.literal("review") }) },
  },
  "POST /api/v1/members/:id/kyc/attestation": {
    summary: "The signed attestation of an approved case, as a transaction for the member's wallet",
    who: member,
    answers: {
      200: z.strictObject({ uid: hex, level, validUntil: z.int(), account: hex, intent: z.strictObject(intent) }),
    },
  },
};

const documents: Operations = {
  "POST /api/v1/members/:id/kyc/documents": {
    summary: "Announces a document, which is then sent in parts",
    who: member,
    body: announced,
    answers: { 201: z.strictObject({ documentId: z.uuid(), received: z.int(), partBytes: z.int() }) },
  },
  "PUT /api/v1/members/:id/kyc/documents/:documentId": {
    summary: "A part of a document from where the last one ended",
    who: member,
    query: part,
    file: "application/octet-stream",
    answers: { 200: z.strictObject({ received: z.int() }) },
  },
  "GET /api/v1/members/:id/kyc/documents/:documentId": {
    summary: "How much of a document has come",
    who: member,
    answers: { 200: document },
  },
  "POST /api/v1/members/:id/kyc/documents/:documentId/finish": {
    summary: "Ends a document with the SHA-256 that the browser computed",
    who: member,
    body: ended,
    answers: { 200: z.strictObject({ documentId: z.uuid(), sha256: z.string() }) },
  },
  "DELETE /api/v1/members/:id/kyc/documents/:documentId": {
    summary: "Removes a document before it is handed in",
    who: member,
    answers: { 204: null },
  },
};

const work: Operations = {
  "GET /api/v1/admin/kyc-cases": {
    summary: "Cases that wait, the oldest first",
    who: "compliance and auditors",
    query,
    answers: {
      200: z.strictObject({
        cases: z.array(
          z.strictObject({
            ...{ id: z.uuid(), level, state, answer, submittedAt: time.nullable() },
            ...{ isLeased: z.boolean(), isMine: z.boolean() },
          }),
        ),
      }),
    },
  },
  "POST /api/v1/admin/kyc-cases/next": {
    summary: "Takes the next case that nobody works on",
    who: officers,
    answers: { 200: z.strictObject({ id: z.uuid().nullable() }) },
  },
  "PUT /api/v1/admin/kyc-cases/:id/lease": {
    summary: "Takes a case for twenty minutes",
    who: officers,
    answers: { 200: z.strictObject({ until: time }) },
  },
  "DELETE /api/v1/admin/kyc-cases/:id/lease": { summary: "Gives a case back", who: officers, answers: { 204: null } },
  "POST /api/v1/admin/kyc-cases/:id/recommendation": {
    summary: "Says how a case should be decided; another officer decides",
    who: officers,
    body: recommendation,
    answers: { 202: z.strictObject({ approvalId: z.uuid() }) },
  },
  "POST /api/v1/admin/kyc-cases/:id/revocation": {
    summary: "Takes an identity back; asks for a second factor",
    who: officers,
    body: revocation,
    answers: { 204: null },
  },
  "GET /api/v1/admin/members/:id/kyc-cases": {
    summary: "A member's cases, the newest first; that they were looked at is written down",
    who: "compliance and auditors",
    answers: { 200: z.strictObject({ cases: z.array(z.strictObject({ ...shownCase, answer })) }) },
  },
  "GET /api/v1/admin/kyc-cases/:id": {
    summary: "A case as an officer sees it; that it was looked at is written down",
    who: "compliance, and auditors with names shortened and no documents",
    answers: { 200: officerCase },
  },
  "GET /api/v1/admin/kyc-cases/:id/documents/:documentId": {
    summary: "A document; that it was opened is written down before its first byte",
    who: officers,
    answers: { 200: "*/*" },
  },
};

export const operations: Operations = {
  ...own,
  ...documents,
  ...work,
  "POST /webhooks/kyc/:provider": {
    summary: "News of a provider, signed over the bytes as they come",
    who: "anybody whose signature is the provider's",
    token: "none",
    file: "*/*",
    answers: { 200: z.strictObject({ ok: z.literal(true) }) },
  },
};
