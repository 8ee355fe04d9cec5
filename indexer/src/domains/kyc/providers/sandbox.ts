// A SANDBOX provider: it plays scripted outcomes and verifies nobody. Its webhooks are real: signed, sent over HTTP.
import { createHmac } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import type { Sql } from "../../../platform/db/pool.ts";
import type { Jobs } from "../../../platform/jobs.ts";
import { insertPlay, type Play, playOf } from "../repository/sandbox.ts";
import type { Answer } from "../rules.ts";
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
import { jsonOf, requireTimed, timedSignature } from "./signature.ts";

export const SANDBOX_QUEUE = "kyc-sandbox";

interface Step {
  answer: Exclude<Answer, "none">;
  /** Seconds after the step before; absent where it waits for the member to come again. */
  after?: number;
  /** How its webhooks are sent. */
  delivery?: "twice" | "late" | "withOlder";
}

const DAY = 86_400;
/** What is played for an applicant whose Latin name ends with the script's name, as in "HONG GILDONG REJECT FINAL". */
export const scripts: Record<string, readonly Step[]> = {
  APPROVE: [{ answer: "green", after: 0 }],
  "REJECT RETRY": [{ answer: "red_retry", after: 0 }, { answer: "green" }],
  "REJECT FINAL": [{ answer: "red_final", after: 0 }],
  "LATE REJECT": [
    { answer: "green", after: 0 },
    { answer: "red_final", after: DAY },
  ],
  DUPLICATE: [{ answer: "green", after: 0, delivery: "twice" }],
  // The webhook of the first step comes after that of the second.
  "OUT OF ORDER": [
    { answer: "red_retry", after: 0, delivery: "late" },
    { answer: "green", after: 0, delivery: "withOlder" },
  ],
};

const scriptFor = (latinName: string): string =>
  Object.keys(scripts).find((name) => latinName.toUpperCase().endsWith(name)) ?? "APPROVE";

const passed = (name: string) => ({ name, result: "passed" as const });
const findings: Record<Step["answer"], Findings> = {
  waiting: { checks: [], amlScore: null, isSanctioned: null, isExposed: null, labels: [] },
  green: {
    checks: [passed("document"), passed("face"), passed("watchlist")],
    ...{ amlScore: 4, isSanctioned: false, isExposed: false, labels: [] },
  },
  red_retry: {
    checks: [{ name: "document", result: "unclear" }, passed("watchlist")],
    ...{ amlScore: 4, isSanctioned: false, isExposed: false, labels: ["DOCUMENT_BLURRED"] },
  },
  red_final: {
    checks: [{ name: "document", result: "failed" }, passed("watchlist")],
    ...{ amlScore: 71, isSanctioned: false, isExposed: true, labels: ["DOCUMENT_FORGED"] },
  },
};

const payload = z.strictObject({ id: z.string().max(200), ref: z.string().max(200), at: z.iso.datetime() });

/** The SANDBOX's key, known to nobody outside this service. */
const secretOf = (tokenSeed: Buffer): string =>
  createHmac("sha256", tokenSeed).update("kyc sandbox webhooks").digest("hex");

export interface Delivery {
  body: Buffer;
  headers: Record<string, string>;
}

interface SandboxParts {
  pool: Sql;
  jobs: Jobs;
  clock: () => Date;
  tokenSeed: Buffer;
}

/** Plays a provider. What an applicant's outcome is, its Latin name says. */
export class SandboxProvider implements KycProvider {
  readonly name = "sandbox";
  readonly #parts: SandboxParts;

  constructor(parts: SandboxParts) {
    this.#parts = parts;
  }

  async start({ caseId, latinName }: Applicant, ref: string | null): Promise<Started> {
    const { pool, jobs, clock } = this.#parts;
    const own = ref ?? `sandbox-${caseId}`;
    const script = scriptFor(latinName);
    await insertPlay(pool, { ref: own, script, step: 0, at: clock() });
    const step = ((await playOf(pool, own))?.step ?? 0) + 1;
    const next = scripts[script]?.[step - 1];
    // Later steps come by themselves, except those that wait for the member.
    if (next && (step === 1 || next.after === undefined)) await jobs.send(pool, SANDBOX_QUEUE, { ref: own, step });
    return { ref: own, sessionUrl: null };
  }

  parseWebhook(raw: Buffer, headers: IncomingHttpHeaders, now: Date): News {
    const header = headers["x-sandbox-signature"];
    requireTimed(secretOf(this.#parts.tokenSeed), raw, Array.isArray(header) ? header[0] : header, now);
    const parsed = payload.safeParse(jsonOf(raw));
    if (!parsed.success) throw new WebhookRefused("the webhook is not as the sandbox writes them");
    const { id, ref, at } = parsed.data;
    return { ref, eventId: id, at: new Date(at) };
  }

  async fetch(ref: string): Promise<Report> {
    const play = await playOf(this.#parts.pool, ref);
    if (!play) throw new ProviderUnavailable("sandbox", "it knows no such applicant");
    const answer = scripts[play.script]?.[play.step - 1]?.answer ?? "waiting";
    return { answer, at: play.at, findings: findings[answer] };
  }

  /** What is sent when a play has come to its step. @param at When it is signed */
  deliveries({ ref, script, step, at: since }: Play, at: Date): Delivery[] {
    const { delivery } = scripts[script]?.[step - 1] ?? {};
    const own = this.#delivery({ id: `${ref}:${step}`, ref, at: since.toISOString() }, at);
    if (delivery === "late") return [];
    if (delivery === "twice") return [own, own];
    if (delivery !== "withOlder") return [own];
    const before = new Date(since.getTime() - 1_000).toISOString();
    return [own, this.#delivery({ id: `${ref}:${step - 1}`, ref, at: before }, at)];
  }

  #delivery(news: z.infer<typeof payload>, at: Date): Delivery {
    const body = Buffer.from(JSON.stringify(news));
    const signature = timedSignature(secretOf(this.#parts.tokenSeed), body, Math.floor(at.getTime() / 1_000));
    return { body, headers: { "content-type": "application/json", "x-sandbox-signature": signature } };
  }
}
