import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { localWallet } from "../../../scripts/local/chain.ts";
import { asRole } from "../../../scripts/local/postgres.ts";
import { subscribe } from "../harness/api.ts";
import { DELEGATORS } from "../harness/chain.ts";
import { type Run, settings, start } from "../harness/process.ts";
import { type Pair, startPair } from "../harness/replica.ts";
import { until } from "../harness/until.ts";
import { refusal, TestBrowser } from "../members/browser.ts";
import { type Intent, type Intents, type Signer, startIntents } from "../members/intents/signers.ts";

/** A process of its own, as it listens. */
interface Process {
  url: string;
  wsUrl: string;
}

const folder = mkdtempSync(join(tmpdir(), "tburn-two-"));
const running: Run[] = [];
let pair: Pair;
let people: Intents;
let a: Process;
let b: Process;

function launch(more: Record<string, string>): Run {
  const recordPath = join(folder, "deployment.json");
  people.chain.writeRecord(recordPath);
  const common = { APP_ENV: "development", FINALITY_DEPTH: "3", ...people.settings, ...more };
  const one = start({ ...settings(people.chain, people.database.url, recordPath), ...common });
  running.push(one);
  return one;
}

async function listening(): Promise<Process> {
  const replica = pair.copyOf(asRole(people.database.ownerUrl, "tburn_app"));
  // However late it is, so that a replica that stands still is read from.
  const bounds = { REPLICA_LAG_MS: "600000", REPLICA_LAG_BLOCKS: "1000000" };
  const one = launch({ ROLES: "api", PORT: "0", DATABASE_REPLICA_URL: replica, ...bounds });
  const port = await until(
    () => `an API:\n${one.output()}`,
    () => /"port":(\d+)/.exec(one.output())?.[1],
  );
  return { url: `http://127.0.0.1:${port}`, wsUrl: `ws://127.0.0.1:${port}` };
}

beforeAll(async () => {
  pair = await startPair();
  people = await startIntents({ server: pair.url });
  await pair.replicate();
  [a, b] = await Promise.all([listening(), listening()]);
}, 120_000);
afterAll(async () => {
  await Promise.all(running.map((one) => one.kill("SIGTERM")));
  await people?.stop();
  await pair?.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => people.forgetVisits());

/** Asks one of both as a member. */
const ask = (at: Process, { token }: Signer, method: string, path: string, body?: object, more: object = {}) =>
  fetch(`${at.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }), ...more },
    ...(body && { body: JSON.stringify(body) }),
  });

async function query<T>(at: Process, text: string, one?: Signer): Promise<T> {
  const headers = { "content-type": "application/json", ...(one && { authorization: `Bearer ${one.token}` }) };
  const response = await fetch(`${at.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query: text }) });
  const { data, errors } = (await response.json()) as { data: T; errors?: object[] };
  expect(errors).toBeUndefined();
  return data;
}

describe("a stream at one process", () => {
  it("wakes for a block that the indexer wrote, and for a change that came by the other process", async () => {
    const one = await people.signer(50);
    const blocks = subscribe<{ networkEvents: { block: { number: number } } }>(
      a,
      "subscription { networkEvents { block { number } } }",
    );
    const member = subscribe<{ memberUpdated: { affairs: { sessions: number } } }>(
      a,
      `subscription { memberUpdated(memberId: "${one.memberId}") { affairs { sessions } } }`,
      {},
      one.token,
    );
    await until("the first message", () => member.messages[0]?.data?.memberUpdated.affairs.sessions === 1);
    const indexer = launch({ ROLES: "sync" });
    await until(
      () => `a block:\n${indexer.output()}`,
      async () => {
        await people.chain.mine();
        return blocks.messages.length > 0;
      },
    );
    const height = await people.chain.height();
    await until("the newest block", () =>
      blocks.messages.some(({ data }) => (data?.networkEvents.block.number ?? 0) >= height),
    );
    await indexer.kill("SIGTERM");
    const page = new TestBrowser(b, people.chain.record.chainId);
    await page.signIn(privateKeyToAccount(localWallet(50).privateKey as `0x${string}`));
    await until("a second session", () =>
      member.messages.some(({ data }) => data?.memberUpdated.affairs.sessions === 2),
    );
    await Promise.all([blocks.close(), member.close()]);
  });
});

describe("two processes", () => {
  it("count visits together", async () => {
    const nonce = (at: Process) => fetch(`${at.url}/api/v1/auth/siwe/nonce`, { method: "POST" });
    for (let i = 0; i < 5; i++) for (const at of [a, b]) expect((await nonce(at)).status).toBe(200);
    for (const at of [a, b]) expect(await refusal(await nonce(at))).toEqual([429, "RATE_LIMITED"]);
  });

  it("carry a command out once, whichever of them is asked under its key", async () => {
    const one = await people.signer(DELEGATORS[0] ?? 0);
    const key = randomUUID();
    const body = { validatorId: 1, amount: "150000000000000000000" };
    const delegate = (at: Process) => ask(at, one, "POST", one.own("delegate"), body, { "idempotency-key": key });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => delegate(i % 2 ? a : b)));
    expect(answers.map(({ status }) => status).filter((status) => status !== 201 && status !== 409)).toEqual([]);
    const made = [...answers.filter(({ status }) => status === 201), await delegate(a), await delegate(b)];
    const ids = await Promise.all(made.map(async (answer) => ((await answer.json()) as Intent).id));
    expect(new Set(ids).size).toBe(1);
    const { rows } = await people.database.pool.query("select 1 from app.tx_intents where member_id = $1", [
      one.memberId,
    ]);
    expect(rows).toHaveLength(1);
  });

  it("know each other's sessions, and their ends at once", async () => {
    const one = await people.signer(51);
    for (const at of [a, b]) expect((await ask(at, one, "GET", "/api/v1/auth/session")).status).toBe(200);
    expect((await ask(b, one, "POST", "/api/v1/auth/logout")).status).toBe(204);
    for (const at of [a, b])
      expect(await refusal(await ask(at, one, "GET", "/api/v1/auth/session"))).toEqual([401, "SESSION_ENDED"]);
  });

  it("end a session whose old token comes to the other one", async () => {
    const one = await people.signer(52);
    const copied = new TestBrowser(b, people.chain.record.chainId, new Map(one.page.cookies));
    const own = new TestBrowser(a, people.chain.record.chainId, one.page.cookies);
    copied.cookies.delete([...copied.cookies.keys()].find((name) => /browser/.test(name)) ?? "");
    expect((await own.refresh()).status).toBe(200);
    expect(await refusal(await copied.refresh())).toEqual([401, "SESSION_ENDED"]);
    expect(await refusal(await own.refresh())).toEqual([401, "SESSION_ENDED"]);
  });

  it("show a member at either what it wrote at the other, while their replica stands still", async () => {
    const one = await people.signer(DELEGATORS[1] ?? 0);
    const { member } = await query<{ member: { memberNo: number } }>(
      a,
      `{ member(memberId: "${one.memberId}") { memberNo } }`,
      one,
    );
    const named = `{ member(memberNo: ${member.memberNo}) { metadata { displayName } } }`;
    const nameAt = async (at: Process, by?: Signer) =>
      (await query<{ member: { metadata: { displayName: string } } }>(at, named, by)).member.metadata.displayName;
    const publish = async (at: Process, displayName: string, version: number) => {
      const words = { displayName, bio: "", website: "", links: [], tags: [], language: "ko", currency: "KRW" };
      const body = { ...words, timeZone: "Asia/Seoul", custom: {} };
      const answer = await ask(at, one, "PUT", one.own("metadata"), body, { "if-match": `"${version}"` });
      expect(answer.status).toBe(200);
    };
    await publish(a, "First", 0);
    await pair.caughtUp();
    await pair.pause();
    for (const [i, [writer, reader]] of [
      [a, b],
      [b, a],
    ].entries()) {
      await publish(writer as Process, `By ${i}`, i + 1);
      expect([await nameAt(reader as Process, one), await nameAt(writer as Process, one)]).toEqual([
        `By ${i}`,
        `By ${i}`,
      ]);
      expect(await nameAt(reader as Process)).toBe("First");
    }
    await pair.resume();
    await pair.caughtUp();
    expect(await nameAt(a)).toBe("By 1");
  });

  it("go on where one of them is killed", async () => {
    const one = await people.signer(DELEGATORS[2] ?? 0);
    await running[0]?.kill("SIGKILL");
    const answers = await Promise.all(
      [a, b].map((at) =>
        ask(at, one, "GET", "/api/v1/auth/session").then(
          ({ status }) => status,
          () => "gone",
        ),
      ),
    );
    expect(answers.sort()).toEqual([200, "gone"]);
  });
});
