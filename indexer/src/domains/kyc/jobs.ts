import type { Job, Kit } from "../../platform/domain.ts";
import { Problem } from "../../platform/http/problem.ts";
import { providerOf } from "./providers/choose.ts";
import { SANDBOX_QUEUE, SandboxProvider, scripts } from "./providers/sandbox.ts";
import { advancePlay, playOf } from "./repository/sandbox.ts";
import { START_QUEUE, startAtProvider } from "./service/applying.ts";
import { ATTEST_QUEUE, attestationFor } from "./service/attesting.ts";
import { expireCases } from "./service/ending.ts";
import { askAgain, hearProvider, NEWS_QUEUE } from "./service/provider-news.ts";

/** Plays the SANDBOX's next step and sends its webhooks, as a provider would. */
async function playStep(kit: Kit, ref: string, step: number): Promise<void> {
  const provider = providerOf(kit);
  const { provider: settings } = kit.verification;
  if (!(provider instanceof SandboxProvider) || settings?.name !== "sandbox") return;
  await advancePlay(kit.pool, ref, step, kit.clock());
  const play = await playOf(kit.pool, ref);
  if (play?.step !== step) return;
  for (const { body, headers } of provider.deliveries(play, kit.clock())) {
    const url = `${settings.url}/webhooks/kyc/${provider.name}`;
    const { ok, status } = await fetch(url, { method: "POST", headers, body: new Uint8Array(body) });
    if (!ok) throw new Error(`the sandbox's webhook was answered with ${status}`);
  }
  const { after } = scripts[play.script]?.[step] ?? {};
  if (after === undefined) return;
  const startAfter = new Date(kit.clock().getTime() + after * 1_000);
  await kit.jobs.send(kit.pool, SANDBOX_QUEUE, { ref, step: step + 1 }, { startAfter });
}

/** Without an attester's key, attestations wait until a member asks for its own. */
async function attest(kit: Kit, caseId: string): Promise<void> {
  await attestationFor(kit, caseId).catch((error: unknown) => {
    if (!(error instanceof Problem) || error.code !== "KYC_ATTESTER_OFF") throw error;
    kit.log.warn({ problem: error.code }, "an approved case waits for an attester");
  });
}

/** What is done later: each may be done twice. */
export const jobs: Record<string, Job> = {
  [START_QUEUE]: { work: ({ caseId }, kit) => startAtProvider(kit, String(caseId)) },
  [NEWS_QUEUE]: {
    work: ({ provider, ref, at }, kit) => hearProvider(kit, String(provider), String(ref), new Date(String(at))),
  },
  [SANDBOX_QUEUE]: { work: ({ ref, step }, kit) => playStep(kit, String(ref), Number(step)) },
  [ATTEST_QUEUE]: { work: ({ caseId }, kit) => attest(kit, String(caseId)) },
  "kyc-reask": { cron: "41 * * * *", work: async (_data, kit) => void (await askAgain(kit)) },
  "kyc-expiry": {
    cron: "23 * * * *",
    work: async (_data, kit) => {
      const expired = await expireCases(kit);
      if (expired > 0) kit.log.info({ expired }, "cases ended by their time");
    },
  },
};
