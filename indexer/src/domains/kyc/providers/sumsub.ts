// Written from Sumsub's public documentation (docs.sumsub.com) and tested with the shapes it shows; NOT CONTACTED.
import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import type { CommercialProvider } from "../../../platform/access/verification.ts";
import { askProvider } from "./http.ts";
import {
  type Applicant,
  type Findings,
  type KycProvider,
  type News,
  ProviderUnavailable,
  type Report,
  type Started,
  WebhookRefused,
} from "./provider.ts";
import { hmacOf, isDigest, jsonOf } from "./signature.ts";

/** Algorithms of `x-payload-digest-alg`; SHA-1, which may be chosen as well, is refused. */
const algorithms: Record<string, "sha256" | "sha512"> = { HMAC_SHA256_HEX: "sha256", HMAC_SHA512_HEX: "sha512" };
const LINK_SECONDS = 1_800;

const review = z.object({
  reviewStatus: z.string(),
  createDate: z.string().optional(),
  reviewDate: z.string().optional(),
  reviewResult: z
    .object({
      reviewAnswer: z.enum(["GREEN", "RED"]),
      reviewRejectType: z.enum(["RETRY", "FINAL"]).optional(),
      rejectLabels: z.array(z.string()).default([]),
    })
    .optional(),
});
const applicantShape = z.object({ id: z.string(), createdAt: z.string(), review: review.optional() });
const created = z.object({ id: z.string() });
const link = z.object({ url: z.url() });
const done = z.object({ ok: z.number() });
const webhook = z.object({
  applicantId: z.string(),
  type: z.string(),
  correlationId: z.string().optional(),
  createdAtMs: z.string().optional(),
});

/** Its times are UTC without saying so, as in "2020-02-21 13:23:19.321" and "2020-02-21 13:23:19+0000". */
function timeOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const plain = text.replace(/\+0000$/, "").replace(" ", "T");
  const at = new Date(`${plain}Z`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** Labels that concern lists of sanctions and of exposed people. */
const labelled = (labels: string[], ...names: string[]) => names.some((name) => labels.includes(name));

function findingsOf(result: { reviewAnswer: string; rejectLabels: string[] }): Findings {
  const labels = result.rejectLabels;
  return {
    checks: [{ name: "review", result: result.reviewAnswer === "GREEN" ? "passed" : "failed" }],
    amlScore: null,
    isSanctioned: labelled(labels, "SANCTIONS", "CRIMINAL"),
    isExposed: labelled(labels, "PEP"),
    labels,
  };
}

const nothingYet: Findings = { checks: [], amlScore: null, isSanctioned: null, isExposed: null, labels: [] };

/** Verification by Sumsub. */
export class SumsubProvider implements KycProvider {
  readonly name = "sumsub";
  readonly #settings: CommercialProvider;
  readonly #clock: () => Date;

  constructor(settings: CommercialProvider, clock: () => Date) {
    this.#settings = settings;
    this.#clock = clock;
  }

  async start(applicant: Applicant, ref: string | null): Promise<Started> {
    const levelName = this.#settings.flows[applicant.level - 1] ?? "";
    const known = ref ?? (await this.#create(applicant, levelName));
    if (ref !== null) await this.#ask("POST", `/resources/applicants/${encodeURIComponent(ref)}/status/pending`, done);
    const body = JSON.stringify({ levelName, userId: applicant.caseId, ttlInSecs: LINK_SECONDS });
    const opened = await this.#ask("POST", "/resources/sdkIntegrations/levels/-/websdkLink", link, body);
    return { ref: known, sessionUrl: opened?.url ?? null };
  }

  parseWebhook(raw: Buffer, headers: IncomingHttpHeaders): News | undefined {
    const algorithm = algorithms[String(headers["x-payload-digest-alg"])];
    if (!algorithm) throw new WebhookRefused("the webhook's digest is of no accepted kind");
    const expected = hmacOf(algorithm, this.#settings.webhookSecret, raw);
    if (!isDigest(expected, String(headers["x-payload-digest"]))) throw new WebhookRefused("the webhook is not signed");
    const parsed = webhook.safeParse(jsonOf(raw));
    if (!parsed.success) throw new WebhookRefused("the webhook is not as documented");
    const { applicantId, type, correlationId, createdAtMs } = parsed.data;
    const at = timeOf(createdAtMs);
    if (!at || !/^applicant(Reviewed|Pending|OnHold|Reset)$/.test(type)) return undefined;
    // It numbers its webhooks in no way: type and time of an applicant are its name.
    return { ref: applicantId, eventId: `${applicantId}|${type}|${correlationId ?? ""}|${at.toISOString()}`, at };
  }

  async fetch(ref: string): Promise<Report> {
    const path = `/resources/applicants/${encodeURIComponent(ref)}/one`;
    const found = await this.#ask("GET", path, applicantShape);
    const { reviewResult, reviewDate, createDate, reviewStatus } = found?.review ?? {};
    const at = timeOf(reviewDate) ?? timeOf(createDate) ?? timeOf(found?.createdAt);
    if (!at) throw new ProviderUnavailable(this.name, "its answer has no time");
    if (reviewStatus !== "completed" || !reviewResult) return { answer: "waiting", at, findings: nothingYet };
    const findings = findingsOf(reviewResult);
    if (reviewResult.reviewAnswer === "GREEN") return { answer: "green", at, findings };
    return { answer: reviewResult.reviewRejectType === "RETRY" ? "red_retry" : "red_final", at, findings };
  }

  async #create({ caseId, legalName, latinName, birthDate, nationality }: Applicant, levelName: string) {
    const [lastName = "", ...given] = latinName.split(" ");
    const fixedInfo = { firstName: given.join(" "), lastName, legalName, dob: birthDate, nationality };
    const path = `/resources/applicants?levelName=${encodeURIComponent(levelName)}`;
    const body = JSON.stringify({ externalUserId: caseId, fixedInfo });
    const made = await this.#ask("POST", path, created, body, 409);
    if (made) return made.id;
    // An earlier attempt made it and did not learn of it.
    const found = await this.#ask("GET", `/resources/applicants/-;externalUserId=${caseId}/one`, created);
    return found?.id ?? "";
  }

  /** Signs as `timestamp + method + path + body` in HMAC-SHA-256. */
  async #ask<T>(method: "GET" | "POST", path: string, schema: z.ZodType<T>, body?: string, expected?: number) {
    const { url, token, secret } = this.#settings;
    const seconds = String(Math.floor(this.#clock().getTime() / 1_000));
    const signature = hmacOf("sha256", secret, Buffer.from(`${seconds}${method}${path}${body ?? ""}`)).toString("hex");
    const headers = { "x-app-token": token, "x-app-access-sig": signature, "x-app-access-ts": seconds };
    const request = { method, url: `${url}${path}`, headers, ...(body !== undefined && { body }) };
    return askProvider(this.name, request, schema, expected);
  }
}
