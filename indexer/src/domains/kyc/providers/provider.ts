import type { IncomingHttpHeaders } from "node:http";
import { CodedError } from "../../../platform/errors.ts";
import type { Answer, Level } from "../rules.ts";

/** What a provider is told of a member. */
export interface Applicant {
  caseId: string;
  level: Level;
  legalName: string;
  /** As in the passport. */
  latinName: string;
  /** ISO 8601 day. */
  birthDate: string;
  /** ISO 3166-1 alpha-3. */
  nationality: string;
}

export interface Started {
  /** The provider's own id of the applicant. */
  ref: string;
  /** Where the member goes on, if it must. */
  sessionUrl: string | null;
}

/** That something happened; what, is asked for. */
export interface News {
  ref: string;
  /** Unique per provider: a second one with it is a repetition. */
  eventId: string;
  /** By the provider's clock. */
  at: Date;
}

/** What a provider found out; sealed under the key of anti-money-laundering records. */
export interface Findings {
  checks: { name: string; result: "passed" | "failed" | "unclear" }[];
  /** 0 to 100; null where the provider gives none. */
  amlScore: number | null;
  isSanctioned: boolean | null;
  isExposed: boolean | null;
  /** The provider's own codes. */
  labels: string[];
}

export interface Report {
  answer: Exclude<Answer, "none">;
  at: Date;
  findings: Findings;
}

/** A webhook is not the provider's, or too old to be. */
export class WebhookRefused extends CodedError {
  constructor(why: string) {
    super("KYC_WEBHOOK_REFUSED", why);
  }
}

/** The provider does not answer, or not as it must; it is asked again. */
export class ProviderUnavailable extends CodedError {
  constructor(provider: string, what: string) {
    super("KYC_PROVIDER_UNAVAILABLE", `${provider}: ${what}`);
  }
}

/** Somebody who verifies people's identity. */
export interface KycProvider {
  readonly name: string;
  /** Begins with an applicant, or goes on after a retry. The same case may be started twice. @param ref From before */
  start(applicant: Applicant, ref: string | null): Promise<Started>;
  /** Reads a webhook; undefined for one that concerns nobody. @throws {WebhookRefused} unless the provider signed it */
  parseWebhook(raw: Buffer, headers: IncomingHttpHeaders, now: Date): News | undefined;
  /** What the provider says now. @throws {ProviderUnavailable} */
  fetch(ref: string): Promise<Report>;
}
