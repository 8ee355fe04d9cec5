// Written from Persona's public documentation (docs.withpersona.com) and tested with the shapes it shows; NOT CONTACTED.
import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import type { CommercialProvider } from "../../../platform/access/verification.ts";
import type { Answer } from "../rules.ts";
import { askProvider } from "./http.ts";
import {
  type Applicant,
  type KycProvider,
  type News,
  ProviderUnavailable,
  type Report,
  type Started,
  WebhookRefused,
} from "./provider.ts";
import { jsonOf, requireTimed } from "./signature.ts";

/** The version of its API whose names of fields are used here. */
const VERSION = "2023-01-05";

const inquiry = z.object({
  data: z.object({
    id: z.string(),
    attributes: z.object({
      status: z.string(),
      "created-at": z.string(),
      "updated-at": z.string().nullish(),
      "decisioned-at": z.string().nullish(),
      tags: z.array(z.string()).default([]),
    }),
  }),
});
const oneTimeLink = z.object({ meta: z.object({ "one-time-link": z.url() }) });
const event = z.object({
  data: z.object({
    id: z.string(),
    type: z.literal("event"),
    attributes: z.object({
      name: z.string(),
      "created-at": z.string(),
      payload: z.object({ data: z.object({ type: z.string(), id: z.string() }) }),
    }),
  }),
});

/** Its statuses of an inquiry. What a member did not finish may be tried again; `completed` is not decided yet. */
const answers: Record<string, Exclude<Answer, "none">> = {
  approved: "green",
  declined: "red_final",
  failed: "red_retry",
  expired: "red_retry",
};

/** Verification by Persona. */
export class PersonaProvider implements KycProvider {
  readonly name = "persona";
  readonly #settings: CommercialProvider;

  constructor(settings: CommercialProvider) {
    this.#settings = settings;
  }

  async start(applicant: Applicant, ref: string | null): Promise<Started> {
    const known = ref ?? (await this.#create(applicant));
    const path = `/api/v1/inquiries/${encodeURIComponent(known)}/generate-one-time-link`;
    const opened = await this.#ask("POST", path, oneTimeLink, {});
    return { ref: known, sessionUrl: opened?.meta["one-time-link"] ?? null };
  }

  parseWebhook(raw: Buffer, headers: IncomingHttpHeaders, now: Date): News | undefined {
    const header = headers["persona-signature"];
    requireTimed(this.#settings.webhookSecret, raw, Array.isArray(header) ? header[0] : header, now);
    const parsed = event.safeParse(jsonOf(raw));
    if (!parsed.success) throw new WebhookRefused("the webhook is not as documented");
    const { id, attributes } = parsed.data.data;
    const about = attributes.payload.data;
    const at = new Date(attributes["created-at"]);
    if (about.type !== "inquiry" || Number.isNaN(at.getTime())) return undefined;
    return { ref: about.id, eventId: id, at };
  }

  async fetch(ref: string): Promise<Report> {
    const found = await this.#ask("GET", `/api/v1/inquiries/${encodeURIComponent(ref)}`, inquiry);
    const attributes = found?.data.attributes;
    const time = attributes?.["decisioned-at"] ?? attributes?.["updated-at"] ?? attributes?.["created-at"] ?? "";
    const at = new Date(time);
    if (!attributes || Number.isNaN(at.getTime())) throw new ProviderUnavailable(this.name, "its answer has no time");
    const answer = answers[attributes.status] ?? "waiting";
    const result = answer === "green" ? "passed" : answer === "red_final" ? "failed" : "unclear";
    const checks = answer === "waiting" ? [] : [{ name: "inquiry", result } as const];
    return {
      answer,
      at,
      findings: { checks, amlScore: null, isSanctioned: null, isExposed: null, labels: attributes.tags },
    };
  }

  async #create({ caseId, level, latinName, birthDate }: Applicant): Promise<string> {
    const [last = "", ...given] = latinName.split(" ");
    const attributes = {
      "inquiry-template-id": this.#settings.flows[level - 1],
      "reference-id": caseId,
      fields: { "name-first": given.join(" "), "name-last": last, birthdate: birthDate },
    };
    // Persona keeps answers by this key, so that an attempt whose answer was lost makes no second inquiry.
    const headers = { "idempotency-key": caseId };
    const made = await this.#ask("POST", "/api/v1/inquiries", inquiry, { data: { attributes } }, headers);
    return made?.data.id ?? "";
  }

  async #ask<T>(
    method: "GET" | "POST",
    path: string,
    schema: z.ZodType<T>,
    body?: object,
    more: Record<string, string> = {},
  ) {
    const { url, token } = this.#settings;
    const headers = {
      authorization: `Bearer ${token}`,
      "persona-version": VERSION,
      "key-inflection": "kebab",
      ...more,
    };
    const request = { method, url: `${url}${path}`, headers, ...(body && { body: JSON.stringify(body) }) };
    return askProvider(this.name, request, schema);
  }
}
