import { z } from "zod";
import { roles } from "../../platform/access/actor.ts";
import type { Operations } from "../../platform/http/operation.ts";
import { code, enrolled, proved } from "./routes/factors.ts";
import { returned } from "./routes/provider.ts";
import { signedMessage } from "./routes/sessions.ts";
import { wanted } from "./routes/settings.ts";
import { change } from "./routes/staff.ts";

const time = z.iso.datetime();
const address = z.string().regex(/^0x[0-9a-f]{40}$/);
const me = "whoever has signed in";
const member = "the member";

const signedIn = z.strictObject({
  memberId: z.uuid(),
  address,
  accessToken: z.string(),
  expiresIn: z.int(),
  tokenType: z.literal("Bearer"),
});
const session = z.strictObject({
  ...{ id: z.uuid(), address, createdAt: time, lastUsedAt: time, expiresAt: time, isCurrent: z.boolean() },
});
const factors = z.strictObject({
  totp: z.boolean(),
  passkeys: z.array(z.strictObject({ id: z.string(), name: z.string(), createdAt: time, lastUsedAt: time.nullable() })),
  recoveryCodesLeft: z.int(),
});
const steppedUp = z.strictObject({ steppedUpAt: time });
const recoveryCodes = z.strictObject({ recoveryCodes: z.array(z.string()) });
const options = z.looseObject({ challenge: z.string() });
const settings = z.strictObject({
  factors: z.strictObject({ totp: z.boolean(), passkeys: z.int(), recoveryCodesLeft: z.int() }),
  sessions: z.int(),
  lastUsedAt: time.nullable(),
  networkCount: z.int(),
  networks: z.array(z.string()).nullable(),
  sessionHours: z.int().nullable(),
  failures: z.array(z.strictObject({ day: z.iso.date(), because: z.string(), count: z.int() })),
});

const signIn: Operations = {
  "GET /.well-known/jwks.json": {
    summary: "Keys that sign access tokens (RFC 7517)",
    who: "anybody",
    token: "none",
    answers: { 200: z.looseObject({ keys: z.array(z.looseObject({ kid: z.string() })) }) },
  },
  "POST /api/v1/auth/siwe/nonce": {
    summary: "A nonce for this browser, for the message that the wallet signs (EIP-4361)",
    who: "anybody",
    token: "none",
    answers: {
      200: z.strictObject({ nonce: z.string(), expiresAt: time, chainId: z.int(), statements: z.array(z.string()) }),
    },
  },
  "POST /api/v1/auth/siwe/verify": {
    summary: "Begins a session by a signed message; what renews it is in a cookie",
    who: "anybody",
    token: "none",
    body: signedMessage,
    answers: { 200: signedIn },
  },
  "POST /api/v1/auth/token/refresh": {
    summary: "The next access token, by the cookie; nothing where there is none",
    who: "anybody with the cookie",
    token: "none",
    answers: { 200: signedIn, 204: null },
  },
  "POST /api/v1/auth/logout": { summary: "Ends this session", who: me, answers: { 204: null } },
  "GET /api/v1/auth/session": {
    summary: "Who one is here",
    who: me,
    answers: {
      200: z.strictObject({
        ...{ memberId: z.uuid(), sessionId: z.uuid(), roles: z.array(z.enum(roles)), steppedUpAt: time.nullable() },
      }),
    },
  },
  "GET /api/v1/members/:id/sessions": {
    summary: "Sessions that go on",
    who: member,
    answers: { 200: z.strictObject({ sessions: z.array(session) }) },
  },
  "DELETE /api/v1/members/:id/sessions": {
    summary: "Ends all sessions but this one",
    who: member,
    answers: { 200: z.strictObject({ ended: z.int() }) },
  },
  "DELETE /api/v1/members/:id/sessions/:sessionId": { summary: "Ends a session", who: member, answers: { 204: null } },
};

const secondFactors: Operations = {
  "GET /api/v1/auth/mfa": { summary: "One's second factors", who: me, answers: { 200: factors } },
  "POST /api/v1/auth/mfa/totp": {
    summary: "Begins to enrol an authenticator; its first code confirms it",
    who: me,
    answers: { 200: z.strictObject({ secret: z.string(), uri: z.string() }) },
  },
  "POST /api/v1/auth/mfa/totp/confirm": {
    summary: "Confirms an authenticator; with the first factor come recovery codes, once",
    who: me,
    body: code,
    answers: { 200: recoveryCodes },
  },
  "DELETE /api/v1/auth/mfa/totp": { summary: "Removes the authenticator", who: me, answers: { 204: null } },
  "POST /api/v1/auth/mfa/webauthn/options": {
    summary: "What a browser needs to make a passkey (WebAuthn)",
    who: me,
    answers: { 200: options },
  },
  "POST /api/v1/auth/mfa/webauthn": {
    summary: "Enrols a passkey; with the first factor come recovery codes, once",
    who: me,
    body: enrolled,
    answers: { 200: recoveryCodes },
  },
  "DELETE /api/v1/auth/mfa/webauthn/:passkeyId": { summary: "Removes a passkey", who: me, answers: { 204: null } },
  "POST /api/v1/auth/mfa/recovery": {
    summary: "New recovery codes in place of the old ones",
    who: me,
    answers: { 200: recoveryCodes },
  },
  "POST /api/v1/auth/step-up": {
    summary: "Proves by a code to be there, for five minutes (RFC 9470)",
    who: me,
    body: code,
    answers: { 200: steppedUp },
  },
  "POST /api/v1/auth/step-up/webauthn/options": {
    summary: "What a browser needs to prove by a passkey",
    who: me,
    answers: { 200: options },
  },
  "POST /api/v1/auth/step-up/webauthn": {
    summary: "Proves by a passkey to be there, for five minutes",
    who: me,
    body: proved,
    answers: { 200: steppedUp },
  },
};

const staff: Operations = {
  "GET /api/v1/members/:id/security": {
    summary:
      "How a member is signed in: factors, networks, failures of late; the staff see how many networks there are",
    who: "the member and the staff",
    answers: { 200: settings },
  },
  "PUT /api/v1/members/:id/security": {
    summary: "Sets from where and for how long one is signed in; asks for a second factor",
    who: member,
    body: wanted,
    answers: { 200: settings },
  },
  "GET /api/v1/auth/oidc": {
    summary: "Whether the staff sign in at a provider, and whether this member has",
    who: me,
    answers: { 200: z.looseObject({}) },
  },
  "POST /api/v1/auth/oidc/start": {
    summary: "Begins a sign-in at the staff's provider",
    who: me,
    answers: { 200: z.strictObject({ url: z.string() }) },
  },
  "POST /api/v1/auth/oidc/callback": {
    summary: "Ends it with what the provider sent back; gives this session the roles of the groups there",
    who: me,
    body: returned,
    answers: { 200: z.strictObject({ roles: z.array(z.enum(roles)), expiresAt: time }) },
  },
  "GET /api/v1/admin/staff": {
    summary: "Who works here",
    who: "the staff and auditors",
    answers: {
      200: z.strictObject({
        staff: z.array(
          z.strictObject({
            ...{ memberId: z.uuid(), address, role: z.enum(roles) },
            ...{ grantedAt: time, grantedBy: z.uuid().nullable(), expiresAt: time },
          }),
        ),
      }),
    },
  },
  "POST /api/v1/admin/staff": {
    summary: "Proposes that somebody is given a role, or has it no longer; another administrator decides",
    who: "administrators",
    body: change,
    answers: { 202: z.strictObject({ approvalId: z.uuid() }) },
  },
};

export const operations: Operations = { ...signIn, ...secondFactors, ...staff };
