// npm run bench -- enumeration: whether the time of an answer tells that somebody is a member.
import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { agreementTo } from "../../indexer/src/domains/consents/domain.ts";
import { openPool } from "../../indexer/src/platform/db/pool.ts";
import { type MailSink as Sink, startMailSink } from "../../scripts/local/demo/mail-sink.ts";
import { freePort } from "../../scripts/local/upkeep/ports.ts";
import { freshDatabase } from "../database.ts";
import { accountId, openSessions, populate } from "../members/population.ts";
import { startServer } from "../members/server.ts";
import { tokensOf } from "../members/work.ts";
import { onStage } from "../stage.ts";
import { kolmogorovSmirnov } from "./statistics.ts";

const help = `npm run bench -- enumeration [options]

Registers again and again with an e-mail address that another member has proved, and with one that nobody has, in turns, and
compares the times of the answers by the test of Kolmogorov and Smirnov. Prints JSON and keeps it in
bench/results/enumeration.json.

  --tries <n>   of each kind (default 200)`;

/** What membership rests on, in the words in force. */
const consents = (["terms", "personal_data"] as const).map((purpose) => agreementTo(purpose, "en"));

const post = (url: string, token: string, body: object) =>
  fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${token}`,
      "idempotency-key": randomBytes(16).toString("hex"),
    },
    body: JSON.stringify(body),
  });

/** Asks as member number `n` for a registration. @returns milliseconds until the answer was read */
async function timed(url: string, token: string, email: string): Promise<number> {
  const started = performance.now();
  const wanted = { email, tier: "BASIC_USER", language: "en", consents };
  const response = await post(`${url}/api/v1/members/register`, token, wanted);
  const body = await response.text();
  if (response.status !== 202) throw new Error(`${response.status} ${body}`);
  return performance.now() - started;
}

/** Registers member number 1 with an address and proves it by the code of the mail. */
async function prove(url: string, token: string, email: string, sink: Sink): Promise<void> {
  await timed(url, token, email);
  for (;;) {
    const code = /^[0-9A-Z]{8}$/m.exec(sink.mails()[0]?.text ?? "")?.[0];
    if (code) {
      const answer = await post(`${url}/api/v1/members/${accountId(1)}/verify-email`, token, { code });
      if (answer.status >= 300) throw new Error(`${answer.status} ${await answer.text()}`);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function compare(serverUrl: string, tries: number) {
  const main = await freshDatabase(serverUrl, "bench", "main");
  const keyvault = await freshDatabase(serverUrl, "bench_keys", "keyvault");
  const pool = openPool(main.ownerUrl, { max: 4 });
  const sink = await startMailSink(0);
  await populate(pool, 2 * tries + 20, () => undefined);
  const mail = { SMTP_URL: sink.smtpUrl, MAIL_FROM: "members@tburn.invalid", ROLES: "api,worker" };
  const server = await startServer(main.url, keyvault.url, await freePort(34_100), mail);
  try {
    const tokens = await tokensOf(await openSessions(pool, 2 * tries + 20), server);
    const known = "known@example.com";
    await prove(server.url, tokens[0] ?? "", known, sink);
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let n = 1; n < 20; n++) await timed(server.url, tokens[n] ?? "", `warm-${n}@example.com`);
    for (let n = 0; n < tries; n++) {
      times.known.push(await timed(server.url, tokens[20 + 2 * n] ?? "", known));
      times.unknown.push(await timed(server.url, tokens[21 + 2 * n] ?? "", `nobody-${n}@example.com`));
    }
    return times;
  } finally {
    await server.stop();
    await sink.stop();
    await pool.end();
  }
}

const { values } = parseArgs({
  options: { tries: { type: "string", default: "200" }, help: { type: "boolean", short: "h" } },
});
if (values.help) {
  console.log(help);
  process.exit(0);
}
const tries = Number(values.tries);
const median = (times: number[]) => Number((times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0).toFixed(2));
await onStage("enumeration", async (serverUrl) => {
  const { known, unknown } = await compare(serverUrl, tries);
  return {
    ...{ tries, medianKnownMs: median(known), medianUnknownMs: median(unknown) },
    ...kolmogorovSmirnov(known, unknown),
  };
});
process.exit(0);
