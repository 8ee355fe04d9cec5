import { z } from "zod";
import type { Sql } from "../../platform/db/pool.ts";
import * as held from "./repository/held.ts";

/** One table of the archive: a file of JSON and one of comma-separated values, under a name of ours. */
export interface Part {
  name: string;
  /** Columns, and what each holds; the archive's schema.json says it. */
  row: z.ZodObject;
  /** Tables of the database that it tells of. */
  tables: readonly string[];
  rows(sql: Sql, memberId: string): Promise<Record<string, unknown>[]>;
}

const time = z.iso.datetime();
const maybe = time.nullable();
const text = z.string();
const word = text.nullable();
const detail = z.record(text, z.unknown());

const part = (name: string, rows: Part["rows"], tables: string[], shape: z.ZodRawShape): Part => ({
  ...{ name, rows, tables, row: z.strictObject(shape) },
});

/** Names and columns do not change within a version of the archive; new ones may come. */
export const parts: readonly Part[] = [
  part("wallets", held.wallets, ["app.members", "app.member_wallets"], {
    ...{ address: text, isContract: z.boolean(), addedAt: time, accountSince: time, lastActivityAt: time },
  }),
  part("profile", held.profile, ["app.profiles"], {
    ...{
      version: z.int(),
      displayName: text,
      bio: text,
      website: text,
      links: z.array(z.unknown()),
      tags: z.array(text),
    },
    ...{ language: text, currency: text, timeZone: text, custom: detail, changedAt: time },
  }),
  part("registrations", held.registrations, ["app.registrations"], {
    ...{ id: z.uuid(), state: text, tier: text, language: text, startedAt: time, enteredAt: time, closedAt: maybe },
    ...{ stakeAmount: word, stakeTransaction: word },
  }),
  part("registration-steps", held.registrationSteps, ["app.registration_steps"], {
    ...{ registrationId: z.uuid(), version: z.int(), command: text, from: text, to: text, at: time },
  }),
  part("node-checks", held.nodeChecks, ["app.node_checks"], {
    ...{ id: z.uuid(), registrationId: z.uuid(), state: text, validatorId: text, keyType: text, consensusKey: text },
    ...{ askedAt: time, endedAt: maybe, signature: word },
  }),
  part("kyc-cases", held.kycCases, ["app.kyc_cases"], {
    ...{
      id: z.uuid(),
      level: z.int(),
      state: text,
      createdAt: time,
      stateAt: time,
      submittedAt: maybe,
      provider: text,
    },
    ...{ reason: word, reapplyAfter: maybe },
  }),
  part("attestations", held.attestations, ["app.kyc_attestations"], {
    ...{ caseId: z.uuid(), uid: text, account: text, chainMemberId: text, level: z.int(), issuedAt: text },
    ...{ validUntil: text, commitment: text, attester: text, signature: text, signedAt: time },
  }),
  part("sessions", held.sessions, ["app.sessions"], {
    ...{ id: z.uuid(), address: text, createdAt: time, lastUsedAt: time, expiresAt: time, revokedAt: maybe },
    ...{ revokedBecause: word, steppedUpAt: maybe },
  }),
  part("passkeys", held.passkeys, ["app.passkeys"], {
    ...{ credentialId: text, name: text, createdAt: time, lastUsedAt: maybe },
  }),
  part("api-keys", held.apiKeys, ["app.api_keys"], {
    ...{ id: z.uuid(), name: text, scopes: z.array(text), ratePerMinute: z.int(), createdAt: time, expiresAt: time },
    ...{ lastUsedAt: maybe },
  }),
  part("webhook-endpoints", held.webhookEndpoints, ["app.webhook_endpoints"], {
    ...{ id: z.uuid(), name: text, events: z.array(text), state: text, disabledBecause: word, createdAt: time },
  }),
  part("webhook-deliveries", held.webhookDeliveries, ["app.webhook_deliveries"], {
    ...{ id: z.uuid(), endpointId: z.uuid(), event: text, data: detail, happenedAt: time, state: text },
    ...{ attempts: z.int(), createdAt: time, lastAttemptAt: maybe, lastStatus: z.int().nullable() },
  }),
  part("consents", held.consents, ["app.consents"], {
    ...{
      purpose: text,
      number: z.int(),
      given: z.boolean(),
      version: z.int(),
      language: text,
      textHash: text,
      at: time,
    },
  }),
  part("referral", held.referral, ["app.referrals"], { code: word, letInAt: maybe, invitedAt: maybe }),
  part("acts", held.acts, ["app.audit_entries"], { ...{ at: time, action: text, by: text, detail } }),
  part("events", held.events, ["app.events"], { ...{ at: time, event: text, detail } }),
  part("transactions", held.transactions, ["app.tx_intents"], {
    ...{ id: z.uuid(), kind: text, state: text, chainId: text, account: word, createdAt: time, expiresAt: time },
    ...{ transactionHash: word, blockNumber: word, closedAt: maybe },
  }),
  part("erasures", held.erasures, ["app.erasures"], { ...{ requestedAt: time, dueAt: time, cancelledAt: maybe } }),
  part("news", held.newsMails, ["app.news_mails"], { ...{ newsId: z.uuid(), at: time } }),
  part("chain", held.onChain, [], {
    ...{ blockNumber: text, logIndex: z.int(), blockTime: text, transactionHash: text, event: text },
    ...{ validatorId: word, positionId: word, args: detail },
  }),
];

/** Tables with rows of a member that its archive tells in another way, or not, each with its reason. */
export const elsewhere: Record<string, string> = {
  "app.member_personal": "opened into identity.json",
  "app.kyc_documents": "the documents themselves",
  "app.exports": "the request for the archive itself",
  "app.blind_indexes": "follow from identity.json by a key that nobody is given",
  "app.aml_retention": "dates of records that the law keeps from their subject",
  "app.legal_holds": "a hold may be part of an investigation; that there is one, the privacy page says",
  "app.screening_hits": "the law on money laundering forbids to tell",
  "app.screening_results": "the law on money laundering forbids to tell",
  "app.kyc_readings": "who of the staff looked; that somebody did stands in acts.json",
  "app.kyc_remarks": "notes of officers; comments to the member are shown with the case",
  "app.node_waivers": "notes of officers; that there is one, the registration says",
  "app.kyc_steps": "stands in acts.json",
  "app.appeal_statements": "published by its hash on the chain, and kept by whoever wrote it",
  "app.totp_secrets": "a secret: a copy would weaken the account",
  "app.recovery_codes": "hashes of secrets",
  "app.refresh_tokens": "hashes of secrets, of sessions.json",
  "app.passkey_challenges": "minutes old, and random",
  "app.verification_codes": "minutes old, and hashes",
  "app.idempotency_keys": "a day old: answers to requests that were given already",
  "app.registration_commands": "a day old: answers to requests that were given already",
  "app.security_settings": "networks are sealed for their setter's eyes, who sees them among the security settings",
  "app.sign_in_failures": "counts; shown among the security settings",
  "app.session_roles": "roles of the staff, not of a member",
  "app.staff_identities": "of the staff, not of a member",
  "app.staff_roles": "of the staff, not of a member",
  "app.staff_sign_ins": "minutes old, and hashes",
};
