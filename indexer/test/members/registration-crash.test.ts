import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { localWallet } from "../../../scripts/local/chain.ts";
import { freePort } from "../../../scripts/local/upkeep/ports.ts";
import { DELEGATORS } from "../harness/chain.ts";
import { catchUp, engine } from "../harness/engine.ts";
import { type Run, settings, start } from "../harness/process.ts";
import { until } from "../harness/until.ts";
import { Applicant, type Applicants, codeIn, mailTo, startApplicants } from "./applicant.ts";
import { TestBrowser } from "./browser.ts";

/** Written in letters that occur nowhere else. */
const CANARY = "canary.quetzal@xylophone.example";
const CANARY_PHONE = "+82109876543";

let here: Applicants;
let folder: string;
const outputs: string[] = [];

beforeAll(async () => {
  here = await startApplicants({ worker: false });
  folder = mkdtempSync(join(tmpdir(), "tburn-crash-"));
  const { sync } = await engine(here.database.pool, { urls: [here.chain.url], record: here.chain.record });
  await catchUp(sync);
});
afterAll(async () => {
  await here?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs API and worker as a process of their own for one step, then kills it. */
async function withProcess<T>(work: (browser: TestBrowser) => Promise<T>): Promise<T> {
  const port = await freePort(33_000 + (process.pid % 500));
  const record = here.chain.writeRecord(join(folder, "record.json"));
  const base = settings(here.chain, here.database.url, record);
  const run: Run = start({
    ...base,
    ...here.settings,
    APP_ENV: "development",
    ROLES: "api,worker",
    PORT: String(port),
  });
  const url = `http://127.0.0.1:${port}`;
  try {
    await until("process", async () => (await fetch(`${url}/livez`).catch(() => undefined))?.ok);
    return await work(new TestBrowser({ url }, here.chain.record.chainId));
  } finally {
    await run.kill("SIGKILL");
    outputs.push(run.output());
  }
}

it("goes on where it was, though everything is killed after each step", async () => {
  const account = privateKeyToAccount(localWallet(DELEGATORS[1] ?? 0).privateKey as `0x${string}`);
  const one = await withProcess(async (browser) => {
    const applicant = await Applicant.at(browser, account);
    expect((await applicant.register(CANARY)).status).toBe(202);
    return applicant;
  });
  const states: string[] = [];
  const step = (work: (applicant: Applicant) => Promise<Response>) =>
    withProcess(async (browser) => {
      const applicant = one.elsewhere(browser);
      expect((await work(applicant)).status).toBeLessThan(300);
      states.push((await applicant.standing()).state);
    });
  await step(async (applicant) => applicant.verify(codeIn(await mailTo(here.sink, CANARY))));
  await step((applicant) => applicant.step("phone", { phone: CANARY_PHONE }));
  await step(async (applicant) => {
    const to = `${CANARY_PHONE.slice(1)}@sandbox-phone.invalid`;
    const text = (await mailTo(here.sink, to)).text.replace("TBURN Members code: ", "");
    return applicant.step("verify-phone", { code: codeIn({ ...(await mailTo(here.sink, to)), text }) });
  });
  await step((applicant) => applicant.step("submit"));
  expect(states).toEqual(["PHONE_PENDING", "PHONE_PENDING", "KYC_APPROVED", "APPROVED"]);
  // A mail that was under way when its worker died is sent by the next one, half a minute later.
}, 240_000);

/** Every row of every table, as text; what is binary in hex. */
async function dumped(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ text: string }>(`select t::text as text from ${name} t`);
      texts.push(...rows.map(({ text }) => text));
    }
    return texts.join("\n");
  } finally {
    await client.end();
  }
}

it("leaves neither an address nor a code in any row of either database, nor in a log", async () => {
  const codes = here.sink
    .mails()
    .map(codeIn)
    .filter((code) => code !== "");
  expect(codes).not.toEqual([]);
  const everything = [await dumped(here.database.ownerUrl), await dumped(here.keyvault.ownerUrl), ...outputs].join(
    "\n",
  );
  expect(everything).toContain("registration-code");
  const secrets = [CANARY, CANARY.toUpperCase(), "quetzal", "xylophone", CANARY_PHONE, CANARY_PHONE.slice(1), ...codes];
  for (const secret of secrets) {
    expect(everything.includes(secret), secret).toBe(false);
    expect(everything.includes(Buffer.from(secret).toString("hex")), `${secret} in hex`).toBe(false);
  }
});
