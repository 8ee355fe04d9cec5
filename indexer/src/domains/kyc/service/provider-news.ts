import type { IncomingHttpHeaders } from "node:http";
import { system } from "../../../platform/access/actor.ts";
import { type Sql, transaction } from "../../../platform/db/pool.ts";
import type { Kit } from "../../../platform/domain.ts";
import { CodedError } from "../../../platform/errors.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { lapse } from "../../approvals/service.ts";
import { providerOf } from "../providers/choose.ts";
import { type Report, WebhookRefused } from "../providers/provider.ts";
import { caseByRef, type KycCase, saveCase, unansweredSince } from "../repository/cases.ts";
import { insertWebhook } from "../repository/webhooks.ts";
import { isNews, movedBy, reapplyAfterRevocation } from "../rules.ts";
import { lockedCase, move } from "./moving.ts";

export const NEWS_QUEUE = "kyc-news";
/** A webhook that has not come for so long is taken to be lost. */
const PATIENCE_MS = 3_600_000;
const BATCH = 200;

/** A provider speaks of an applicant that no case names yet; it is asked again a little later. */
class ApplicantUnknown extends CodedError {
  constructor() {
    super("KYC_APPLICANT_UNKNOWN", "a webhook names an applicant of no case; ask the provider whose it is");
  }
}

/**
 * Takes a provider's webhook: its signature is checked over the raw bytes, repetitions are forgotten, and what it says
 * is not believed but asked for, later.
 * @throws {Problem} 401 KYC_WEBHOOK_REFUSED; 404 for a provider that is not ours
 */
export async function takeWebhook(kit: Kit, name: string, raw: Buffer, headers: IncomingHttpHeaders): Promise<void> {
  const provider = providerOf(kit);
  if (provider.name !== name) throw new Problem(404, "NOT_FOUND", "there is nothing at this address");
  const now = kit.clock();
  let news: ReturnType<typeof provider.parseWebhook>;
  try {
    news = provider.parseWebhook(raw, headers, now);
  } catch (error) {
    throw error instanceof WebhookRefused ? new Problem(401, error.code, error.message) : error;
  }
  if (!news) return;
  const { ref, eventId, at } = news;
  await transaction(kit.pool, async (sql) => {
    if (!(await insertWebhook(sql, name, eventId, now))) return;
    await kit.jobs.send(sql, NEWS_QUEUE, { provider: name, ref, at: at.toISOString() });
  });
}

function revokedChanges(one: KycCase, at: Date): Partial<KycCase> {
  return one.state === "approved" ? { reason: "provider_reversed", reapplyAfter: reapplyAfterRevocation(at) } : {};
}

async function believe(sql: Sql, kit: Kit, one: KycCase, { answer, at, findings }: Report): Promise<void> {
  if (!isNews(one, { answer, at })) return;
  const place = { table: "app.kyc_cases", column: "findings", memberId: one.memberId, rowId: one.id };
  const findingsSealed = await kit.seals.seal("aml_hold", place, JSON.stringify(findings));
  const told: KycCase = { ...one, answer, answerAt: at, findingsSealed };
  const to = movedBy(one.state, answer);
  if (!to) return saveCase(sql, told);
  const unproposed = one.state === "recommended" ? { recommendedBy: null, approvalId: null } : {};
  const changes = { leaseBy: null, leaseUntil: null, ...unproposed, ...revokedChanges(one, kit.clock()) };
  await move(sql, kit, told, { to, actor: system, changes });
}

/** Asks the provider what it says now, and believes that. @throws KYC_APPLICANT_UNKNOWN, KYC_PROVIDER_UNAVAILABLE */
export async function hearProvider(kit: Kit, name: string, ref: string, newsAt: Date): Promise<void> {
  const known = await caseByRef(kit.pool, name, ref);
  if (!known) throw new ApplicantUnknown();
  // An old webhook that comes late says nothing that a newer one has not.
  if (known.answerAt && newsAt < known.answerAt) return;
  const report = await providerOf(kit).fetch(ref);
  await transaction(kit.pool, async (sql) => {
    // Danger: a proposal is locked before its case, as its decision does; the other order could wait for ever.
    if (known.approvalId && movedBy(known.state, report.answer) === "review") await lapse(sql, kit, known.approvalId);
    await believe(sql, kit, await lockedCase(sql, known.id), report);
  });
}

/** Asks again for what a lost webhook has not told. @returns how many cases were asked for */
export async function askAgain(kit: Kit): Promise<number> {
  const now = kit.clock();
  const waiting = await unansweredSince(kit.pool, new Date(now.getTime() - PATIENCE_MS), BATCH);
  await transaction(kit.pool, async (sql) => {
    for (const { provider, ref } of waiting) {
      const data = { provider, ref, at: now.toISOString() };
      await kit.jobs.send(sql, NEWS_QUEUE, data, { singletonKey: `${provider}|${ref}` });
    }
  });
  return waiting.length;
}
