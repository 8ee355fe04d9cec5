import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { generate } from "otplib";
import type { PrivateKeyAccount } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { freePort } from "../../../../scripts/local/upkeep/ports.ts";
import { jobs } from "../../../src/app.ts";
import { readEnv } from "../../../src/env.ts";
import { acrossMembers } from "../../../src/platform/access/scope.ts";
import { openPool } from "../../../src/platform/db/pool.ts";
import type { JobData } from "../../../src/platform/jobs.ts";
import { openLog } from "../../../src/platform/telemetry/log.ts";
import { openKit } from "../../../src/roles/people.ts";
import { until } from "../../harness/until.ts";
import { type People, startPeople } from "../people.ts";
import type { Heard, Wanted } from "./receiver.ts";

const CONTROL_TOKEN = "control-token-of-this-test-alone-0001";

/** A delivery as its member sees it. */
interface ListedDelivery {
  id: string;
  messageId: string;
  event: string;
  state: string;
  attempts: number;
  nextAt: string | null;
  status: number | null;
  problem: string | null;
  data: Record<string, unknown>;
}

async function startReceiver(port: number) {
  const child = fork(join(import.meta.dirname, "receiver.ts"), [String(port)]);
  const heard: Heard[] = [];
  child.on("message", (message: { heard?: Heard }) => message.heard && heard.push(message.heard));
  await once(child, "message");
  return {
    heard,
    /** Says what it does from now on, and forgets what it has heard. */
    want: async (wanted: Partial<Wanted>) => {
      const told = new Promise<void>((resolve) => {
        const hear = (message: { ready?: boolean }) => {
          if (!message.ready) return;
          child.off("message", hear);
          resolve();
        };
        child.on("message", hear);
      });
      child.send({ secrets: [], status: 204, ...wanted });
      await told;
      heard.length = 0;
    },
    hears: (count: number) => until(`message ${count}`, () => heard.length >= count && heard),
    stop: async () => {
      const ended = once(child, "exit");
      child.kill();
      await ended;
    },
  };
}

/** Does what is done later when a test says so, by a clock of its own. */
async function startLater(people: People, environment: Record<string, string>) {
  const { chain, database } = people;
  const pool = openPool(database.url, { max: 5 });
  let ahead = 0;
  const clock = () => new Date(Date.now() + ahead);
  const log = openLog("silent");
  const opened = await openKit(readEnv(environment), chain.record, pool, async () => undefined, log, clock);
  if (!opened) throw new Error("people are off");
  const { kit } = opened;
  const work = (queue: string, data: JobData) => acrossMembers(async () => jobs()[queue]?.work(data, kit));
  const due = `select member_id as "memberId", endpoint_id as "endpointId", id as "deliveryId" from app.webhook_deliveries
    where state = 'waiting' and next_at <= $1 order by created_at, id`;
  return {
    kit,
    clock,
    /** Moves the clock of what is done later. */
    pass: (ms: number) => {
      ahead += ms;
    },
    handOut: () => work("webhook-handing-out", {}),
    /** Attempts what is due. */
    deliver: async () => {
      for (const job of (await database.pool.query<JobData>(due, [clock()])).rows) await work("webhook-delivery", job);
    },
    close: async () => {
      await opened.close();
      await pool.end();
    },
  };
}

/** Somebody who has just shown a second factor. */
async function startPerson(people: People, ownUrl: string, account = privateKeyToAccount(generatePrivateKey())) {
  const page = people.browser();
  const { memberId, accessToken } = await page.signIn(account);
  const headers = { authorization: `Bearer ${accessToken}` };
  const ask = (method: string, path: string, body?: unknown) => page.send(method, `/api/v1${path}`, body, headers);
  const { secret: seed } = (await (await ask("POST", "/auth/mfa/totp")).json()) as { secret: string };
  await ask("POST", "/auth/mfa/totp/confirm", { code: await generate({ secret: seed }) });
  const endpoint = async (events: string[], url = ownUrl) => {
    const response = await ask("POST", "/webhook-endpoints", { name: "Accounts", url, events });
    if (response.status !== 201) throw new Error(`create: ${response.status} ${await response.text()}`);
    return (await response.json()) as { id: string; secret: string };
  };
  const sent = async (id: string) => {
    const response = await ask("GET", `/webhook-endpoints/${id}/deliveries`);
    return ((await response.json()) as { deliveries: ListedDelivery[] }).deliveries;
  };
  return { memberId, ask, endpoint, sent };
}

/** People whose servers listen on loopback. */
export async function startListeners() {
  const port = await freePort(34_500 + (process.pid % 400));
  const origin = `http://127.0.0.1:${port}`;
  const url = `${origin}/hook`;
  const people = await startPeople({ settings: { APP_ENV: "test", CONTROL_TOKEN, EGRESS_TEST_ORIGINS: origin } });
  const receiver = await startReceiver(port);
  const { chain, database, settings } = people;
  const plain = {
    DATABASE_URL: database.url,
    RPC_URL: chain.url,
    CHAIN_ID: String(chain.record.chainId),
    ROLES: "worker",
  };
  const environment = { ...plain, ...settings };
  const { close, ...later } = await startLater(people, environment);
  return {
    ...{ ...people, ...later, receiver, url, environment },
    person: (account?: PrivateKeyAccount) => startPerson(people, url, account),
    stop: async () => {
      await receiver.stop();
      await close();
      await people.stop();
    },
  };
}

export type Listeners = Awaited<ReturnType<typeof startListeners>>;
