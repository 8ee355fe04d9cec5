import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { generate } from "otplib";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readEnv } from "../../src/env.ts";
import { acrossMembers } from "../../src/platform/access/scope.ts";
import { openPool } from "../../src/platform/db/pool.ts";
import { readBody } from "../../src/platform/http/body.ts";
import { openLog } from "../../src/platform/telemetry/log.ts";
import { openKit } from "../../src/roles/people.ts";
import { CAST, seedActors } from "../../src/roles/testing/actors.ts";
import { startTestApi } from "../harness/api.ts";
import { type Applicants, addressOf, codeIn, mailTo, startApplicants } from "./applicant.ts";
import { refusal, TestBrowser } from "./browser.ts";

interface Call {
  id: number;
  method: string;
}

const CONTROL_TOKEN = "control-token-of-this-test-alone-0001";
let people: Applicants;
beforeAll(async () => {
  people = await startApplicants({ settings: { APP_ENV: "test", CONTROL_TOKEN } });
});
afterAll(() => people?.stop());
beforeEach(() => people.forgetVisits());

const control = (method: string, body?: object, token = CONTROL_TOKEN) =>
  people.browser().send(method, "/api/v1/test/clock", body, { authorization: `Bearer ${token}` });

const nowThere = async (): Promise<Date> => {
  const { now } = (await (await control("GET")).json()) as { now: string };
  return new Date(now);
};

/** As `npm run indexer -- actors` makes them. */
async function seeded() {
  const { chain, database, settings } = people;
  const env = readEnv({
    ...{ DATABASE_URL: database.url, RPC_URL: chain.url, CHAIN_ID: String(chain.record.chainId), ROLES: "api" },
    ...settings,
  });
  const pool = openPool(database.url, { max: 2 });
  const now = await nowThere();
  const opened = await openKit(
    env,
    chain.record,
    pool,
    async () => null,
    openLog("silent"),
    () => now,
  );
  try {
    if (!opened) throw new Error("people are on");
    const { kit } = opened;
    return await acrossMembers(() => seedActors(kit, CAST));
  } finally {
    await opened?.close();
    await pool.end();
  }
}

describe("the clock of a test", () => {
  it("obeys whoever has the token, and nobody else", async () => {
    expect(await refusal(await control("POST", { advanceSeconds: 60 }, "x".repeat(32)))).toEqual([
      401,
      "CONTROL_REFUSED",
    ]);
    expect(await refusal(await people.browser().send("GET", "/api/v1/test/clock"))).toEqual([401, "CONTROL_REFUSED"]);
    expect((await control("GET")).status).toBe(200);
  });

  it("lets a code run out", async () => {
    const email = addressOf("late");
    const applicant = await people.applicant();
    await applicant.register(email);
    const code = codeIn(await mailTo(people.sink, email));
    await control("POST", { advanceSeconds: 601 });
    // The token of access is of before, too: the browser's session goes on with the next one.
    const { accessToken } = (await (await applicant.browser.refresh()).json()) as { accessToken: string };
    const headers = { authorization: `Bearer ${accessToken}`, "idempotency-key": "a-code-that-comes-too-late" };
    const path = `/api/v1/members/${applicant.memberId}/verify-email`;
    expect(await refusal(await applicant.browser.send("POST", path, { code }, headers))).toEqual([409, "CODE_OVER"]);
  });

  it("lets what waits for a day come: a member is forgotten after its seven days", async () => {
    const { memberId } = await people.browser().signIn(privateKeyToAccount(generatePrivateKey()), await nowThere());
    await people.database.pool.query(
      `insert into app.erasures (member_id, id, requested_at, due_at)
       values ($1, gen_random_uuid(), $2::timestamptz, $2::timestamptz + interval '7 days')`,
      [memberId, await nowThere()],
    );
    const { ran } = (await (await control("POST", { advanceSeconds: 8 * 86_400 })).json()) as { ran: string[] };
    expect(ran).toContain("privacy-erasures");
    const { rows } = await people.database.pool.query("select erased_at from app.members where id = $1", [memberId]);
    expect(rows[0].erased_at).not.toBeNull();
  });
});

describe("a node of the test's own", () => {
  it("is asked about wallets that are contracts", async () => {
    const asked: string[] = [];
    // Everybody is a contract there, and every signature is good: true is what the validator of ERC-6492 returns.
    const answers: Record<string, string> = {
      eth_chainId: `0x${people.chain.record.chainId.toString(16)}`,
      eth_getCode: "0x60006000",
      eth_call: `0x${"1".padStart(64, "0")}`,
    };
    const stub = createServer(async (request, response) => {
      const told = JSON.parse((await readBody(request, 100_000)) ?? "[]") as Call | Call[];
      asked.push(...[told].flat().map(({ method }) => method));
      const answer = ({ id, method }: Call) => ({ jsonrpc: "2.0", id, result: answers[method] ?? null });
      response.end(JSON.stringify(Array.isArray(told) ? told.map(answer) : answer(told)));
    });
    await new Promise<void>((resolve) => stub.listen(0, "127.0.0.1", resolve));
    const WALLET_RPC_URL = `http://127.0.0.1:${(stub.address() as AddressInfo).port}`;
    const api = await startTestApi(people.chain, people.database.url, { ...people.settings, WALLET_RPC_URL });
    try {
      const page = new TestBrowser(api, people.chain.record.chainId);
      const message = await page.message(`0x${"c0".repeat(20)}`, { issuedAt: new Date() });
      expect((await page.verify(message, `0x${"12".repeat(65)}`)).status).toBe(200);
      expect(new Set(asked)).toEqual(new Set(["eth_chainId", "eth_getCode", "eth_call"]));
    } finally {
      await api.stop();
      stub.close();
    }
  });
});

describe("actors", () => {
  it("sign in with keys that the command tells, and step up with its authenticators", async () => {
    const cast = await seeded();
    const carol = cast.find(({ name }) => name === "carol");
    if (!carol) throw new Error("carol is in the cast");
    const page = people.browser();
    const { accessToken } = await page.signIn(privateKeyToAccount(carol.privateKey), await nowThere());
    const epoch = Math.floor((await nowThere()).getTime() / 1_000);
    const code = await generate({ secret: carol.totpSecret, epoch });
    const headers = { authorization: `Bearer ${accessToken}` };
    expect((await page.send("POST", "/api/v1/auth/step-up", { code }, headers)).status).toBe(200);
    expect((await page.send("GET", "/api/v1/admin/kyc-cases", undefined, headers)).status).toBe(200);
  });

  it("are the same at a second time, with fresh authenticators", async () => {
    const [once, again] = [await seeded(), await seeded()];
    expect(again.map(({ memberId }) => memberId)).toEqual(once.map(({ memberId }) => memberId));
    expect(again.map(({ totpSecret }) => totpSecret)).not.toEqual(once.map(({ totpSecret }) => totpSecret));
  });
});
