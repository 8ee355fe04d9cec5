import { createHmac } from "node:crypto";
import { z } from "zod";
import type { AccessRules, Verb } from "../../platform/access/decide.ts";
import { MOST_LETTERS } from "../../platform/http/egress/rules.ts";

/** None has a scope: what an API key could point elsewhere, a thief of the key could, too. */
export const seeWebhooks: Verb = { name: "webhooks.see", may: ["self"] };
export const changeWebhooks: Verb = { name: "webhooks.change", may: ["self"], stepUp: true };
/** Sending again, trying, switching off and removing: nothing new is heard by anybody. */
export const useWebhooks: Verb = { name: "webhooks.use", may: ["self"] };

export const access: AccessRules = { verbs: [seeWebhooks, changeWebhooks, useWebhooks] };

export const MOST_ENDPOINTS = 5;
/** Hours in which the secret before signs, too. */
const ROTATION_HOURS = 24;
export const ROTATION_MS = ROTATION_HOURS * 3_600_000;
/** How long nothing may arrive before an endpoint is switched off. */
export const FAILING_MS = 5 * 86_400_000;

/** What is told of members off the chain, with what of it goes out: ids and plain facts. */
export const memberEvents = {
  ...{ MemberRegistered: ["registrationId", "tier"], EmailVerified: ["registrationId"] },
  ...{ KycSubmitted: ["caseId", "level"], KycApproved: ["caseId", "level"], KycRejected: ["caseId", "level"] },
  ...{ KycExpired: ["caseId", "level"], KycRevoked: ["caseId", "level"] },
  ValidatorNodeChecked: ["registrationId", "checkId", "state"],
  ...{
    IntentConfirmed: ["intentId", "kind"],
    IntentExpired: ["intentId", "kind"],
    IntentRetracted: ["intentId", "kind"],
  },
  DataExportReady: ["exportId"],
  WebhookEndpointDisabled: ["endpointId", "because"],
} as const satisfies Record<string, readonly string[]>;

/** Events of the chain about a member or its validator, told once their block is final. */
const chainEvents = [
  ...(["TierStaged", "TierChanged", "TierStagingCancelled"] as const),
  ...(["MemberSuspended", "SuspensionAppealed", "SuspensionDecided", "MemberRestored", "MemberTerminated"] as const),
  ...(["MemberBlacklisted", "MemberReinstated", "MemberFrozen", "FreezeRenewed", "FreezeLifted"] as const),
  ...(["ValidatorActivated", "ValidatorDeactivated", "ValidatorJailed", "ValidatorUnjailed"] as const),
  ...(["CaseOpened", "CaseDecided", "StakeSlashed"] as const),
] as const;

export type MemberEventName = keyof typeof memberEvents;
export const eventNames = [...(Object.keys(memberEvents) as MemberEventName[]), ...chainEvents] as const;
export type EventName = (typeof eventNames)[number];
/** Sent when its member asks for a try. */
export const TEST_EVENT = "WebhookTest";

export const isMemberEvent = (name: string): name is MemberEventName => Object.hasOwn(memberEvents, name);

/** What of an event's detail goes out. Danger: what is not named stays here, such as which officer decided. */
export function told(name: MemberEventName, detail: Record<string, unknown>): Record<string, unknown> {
  const names: readonly string[] = memberEvents[name];
  return Object.fromEntries(names.flatMap((field) => (field in detail ? [[field, detail[field]]] : [])));
}

const events = z
  .array(z.enum(eventNames as unknown as [EventName, ...EventName[]]))
  .min(1)
  .max(eventNames.length)
  .transform((names) => [...new Set(names)]);

/** An endpoint as its member asks for it. */
export const wantedEndpoint = z.strictObject({
  name: z.string().trim().min(1).max(60),
  url: z.string().min(1).max(MOST_LETTERS),
  events,
});
export type WantedEndpoint = z.infer<typeof wantedEndpoint>;
export const changedEndpoint = z.strictObject({ events, enabled: z.boolean() });
export type ChangedEndpoint = z.infer<typeof changedEndpoint>;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Waits between attempts (Standard Webhooks): ten attempts in 75 hours and a half. */
const waits = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
export const MOST_ATTEMPTS = waits.length + 1;
/** So that endpoints of one failed server do not all come back at once. */
const JITTER = 0.1;
const MOST_PATIENCE = 24 * HOUR;

/** Milliseconds for which a `Retry-After` asks (RFC 9110: seconds or a date); 0 for none. */
export function askedWait(retryAfter: string | undefined, now: Date): number {
  if (retryAfter === undefined) return 0;
  const wait = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * SECOND : Date.parse(retryAfter) - now.getTime();
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), MOST_PATIENCE) : 0;
}

/**
 * Milliseconds until the next attempt; undefined after the last one.
 * @param attempts So far, 1 after the first
 * @param chance From 0 up to 1
 */
export function waitAfter(attempts: number, asked: number, chance: number): number | undefined {
  const wait = waits[attempts - 1];
  return wait === undefined ? undefined : Math.max(asked, Math.round(wait * (1 + JITTER * chance)));
}

export const isTaken = (status: number): boolean => status >= 200 && status < 300;
/** The endpoint says that nobody is there any more. */
export const isGone = (status: number): boolean => status === 410;

/** What is sent: the same words each time, so that whoever has seen an id knows it again. */
export const bodyOf = (one: { event: string; happenedAt: Date; data: object }): string =>
  JSON.stringify({ type: one.event, timestamp: one.happenedAt.toISOString(), data: one.data });

const PREFIX = "whsec_";
export const writeSecret = (bytes: Buffer): string => `${PREFIX}${bytes.toString("base64")}`;

/**
 * Headers of a message by Standard Webhooks, signed with each secret, the present one first.
 * @param secrets `whsec_` and base64
 */
export function signedHeaders(id: string, at: Date, body: string, secrets: string[]): Record<string, string> {
  const [messageId, timestamp] = [`msg_${id}`, String(Math.floor(at.getTime() / 1_000))];
  const sign = (secret: string) =>
    createHmac("sha256", Buffer.from(secret.slice(PREFIX.length), "base64"))
      .update(`${messageId}.${timestamp}.${body}`)
      .digest("base64");
  return {
    ...{ "content-type": "application/json", "user-agent": "TBURN-Webhooks/1", "webhook-id": messageId },
    ...{ "webhook-timestamp": timestamp, "webhook-signature": secrets.map((one) => `v1,${sign(one)}`).join(" ") },
  };
}
