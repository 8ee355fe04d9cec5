import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { p256 } from "@noble/curves/p256";
import { id, parseEther } from "ethers";
import { bytesToHex, type Hex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { localWallet } from "../../../scripts/local/chain.ts";
import { freePort } from "../../../scripts/local/upkeep/ports.ts";
import { isSignedByKey } from "../../src/platform/crypto/wallet/consensus-key.ts";
import {
  digestOf,
  keyHashOf,
  type NodeChallenge,
  readAnswer,
  writeChallenge,
} from "../../src/platform/crypto/wallet/node-challenge.ts";
import { Egress } from "../../src/platform/http/egress/guard.ts";
import { VALIDATORS } from "../harness/chain.ts";
import { catchUp, engine } from "../harness/engine.ts";
import { until } from "../harness/until.ts";
import {
  type Applicant,
  type Applicants,
  addressOf,
  codeIn,
  mailTo,
  type Standing,
  startApplicants,
} from "./applicant.ts";
import { refusal } from "./browser.ts";

const program = join(import.meta.dirname, "../../src/node-answer.ts");
const CONTROL_TOKEN = "control-token-of-this-test-alone-0001";
const dir = mkdtempSync(join(tmpdir(), "tburn-node-"));
const running: ChildProcess[] = [];
let here: Applicants;
let port: number;
let one: Applicant;
let officer: Applicant;

interface Node {
  state: string;
  endpoint?: string;
  endedAt: string | null;
}
type Told = Standing & { node: Node };

beforeAll(async () => {
  port = await freePort(34_000 + (process.pid % 400));
  const settings = { APP_ENV: "test", CONTROL_TOKEN, EGRESS_TEST_ORIGINS: `tcp://127.0.0.1:${port}` };
  here = await startApplicants({ settings });
  const { sync } = await engine(here.database.pool, {
    urls: [here.chain.url],
    record: here.chain.record,
    finalityDepth: 3,
  });
  await here.chain.mine(3);
  await catchUp(sync);
  one = await setUp(VALIDATORS[0] ?? 0);
  officer = await here.applicant();
  await here.appoint(officer.memberId, "compliance");
});
afterAll(async () => {
  await here?.stop();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  await here.forgetVisits();
  await here.database.pool.query("update app.sessions set stepped_up_at = now()");
});
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGKILL");
    await once(child, "close");
  }
});

/** A validator of the chain's cast, whose stake is there and who has set it up. */
async function setUp(index: number): Promise<Applicant> {
  const applicant = await here.applicant(privateKeyToAccount(localWallet(index).privateKey as `0x${string}`));
  const email = addressOf("node");
  await applicant.register(email, "CANDIDATE_VALIDATOR");
  await applicant.verify(codeIn(await mailTo(here.sink, email)));
  await applicant.step("skip-phone");
  await applicant.step("stake-intent", { amount: String(parseEther("10000")) });
  await applicant.step("setup");
  expect((await applicant.standing()).state).toBe("VALIDATOR_SETUP");
  return applicant;
}

/** The operators' program with a key, as a process of its own. */
async function answering(secret: string, more: string[] = []): Promise<{ at: number; said: () => string }> {
  const file = join(dir, `key-${running.length}`);
  writeFileSync(file, secret, { mode: 0o600 });
  const chain = ["--chain-id", String(here.chain.record.chainId)];
  const child = spawn(process.execPath, [program, "--key-file", file, ...chain, "--host", "127.0.0.1", ...more]);
  running.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (said += String(chunk)));
  const at = await until("a program that listens", () => /127\.0\.0\.1:(\d+)/.exec(said)?.[1]);
  return { at: Number(at), said: () => said };
}
/** Consensus keys of the cast, as the harness has made them. */
const keys = { hangang: id("key 1 Hangang") as Hex, seorak: id("key 2 Seorak") as Hex };
const onPort = () => ["--port", String(port)];

const node = async (): Promise<Node> => {
  const { id } = await one.standing();
  return (await (await one.get(`/api/v1/registrations/${id}/node`)).json()) as Node;
};
const ask = (endpoint = `127.0.0.1:${port}`) => one.step("node-check", { endpoint });
/** Asks, and waits for what comes of it. */
async function outcome(): Promise<string> {
  expect((await ask()).status).toBe(202);
  return until("an outcome", async () => {
    const { state } = await node();
    return state !== "ASKED" && state;
  });
}

describe("a validator's node", () => {
  it("is asked by nobody before its applicant does", async () => {
    expect((await one.standing()) as Told).toMatchObject({ node: { state: "NOT_ASKED", endedAt: null } });
  });

  it("that signs with the validator's key has answered, and its place stands nowhere in plain text", async () => {
    const { said } = await answering(keys.hangang, onPort());
    expect(await outcome()).toBe("ANSWERED");
    expect(await node()).toMatchObject({ endpoint: `127.0.0.1:${port}` });
    expect(said()).toContain('"signs":"challenge"');
    const { rows } = await here.database.pool.query<{ text: string }>("select c::text as text from app.node_checks c");
    const { rows: kept } = await here.database.pool.query<{ text: string }>(
      "select c::text as text from app.registration_commands c union all select data::text from boss.job",
    );
    expect([...rows, ...kept].filter(({ text }) => text.includes(`127.0.0.1:${port}`))).toEqual([]);
    const told = await here.database.pool.query("select 1 from app.events where event = 'ValidatorNodeChecked'");
    expect(told.rows).toHaveLength(1);
  });

  it("with another key has not answered, and says of itself why", async () => {
    const { said } = await answering(keys.seorak, onPort());
    expect(await outcome()).toBe("UNREADABLE");
    expect(said()).toContain("OTHER_KEY");
  });

  it("that answers with a signature of another key, or of another challenge, is found out", async () => {
    const other = privateKeyToAccount(keys.seorak);
    const server = createServer((socket) =>
      socket.once("data", async () => {
        socket.end(`${JSON.stringify({ signature: await other.signMessage({ message: "any" }) })}\n`);
      }),
    ).listen(port, "127.0.0.1");
    await once(server, "listening");
    expect(await outcome()).toBe("WRONG_KEY");
    server.close();
    await once(server, "close");
  });

  it("that is not there cannot be reached", async () => {
    expect(await outcome()).toBe("UNREACHABLE");
  });

  it.each([
    "localhost:26660",
    "10.0.0.1:26660",
    "[::ffff:a9fe:a9fe]:26660",
    "2130706433:26660",
    "https://a.example",
    "a.example:25",
  ])("is not looked for at %s", async (endpoint) => {
    const response = await ask(endpoint);
    if (endpoint.startsWith("localhost")) {
      // A name is looked up when it is called; then nobody goes there.
      expect(response.status).toBe(202);
      await until("a refusal", async () => (await node()).state === "REFUSED_ADDRESS");
    } else {
      expect(await refusal(response)).toEqual([422, "NODE_ADDRESS_REFUSED"]);
    }
  });

  it("is asked ten times an hour at most", async () => {
    let response = await ask("10.0.0.1:26660");
    for (let i = 0; i < 11; i++) response = await ask();
    expect(await refusal(response)).toEqual([429, "NODE_ASKED_OFTEN"]);
  });

  it("has to answer within ten minutes, and not when its key was changed since", async () => {
    const { pool } = here.database;
    await until("quiet", async () => (await node()).state !== "ASKED");
    const { rows } = await pool.query<{ id: string }>("select id from app.node_checks order by asked_at desc limit 1");
    const change = (text: string) => pool.query(`update app.node_checks set ${text} where id = $1`, [rows[0]?.id]);
    await change("state = 'ASKED', ended_at = null, expires_at = now() - interval '1 second'");
    expect((await node()).state).toBe("EXPIRED");
    await change("state = 'ANSWERED', ended_at = now(), signature = '0x', consensus_key = '0xold'");
    expect((await node()).state).toBe("KEY_CHANGED");
  });
});

describe("a validator whose node has not answered", () => {
  const waiverOf = async (memberId: string) => {
    const listed = await officer.get(`/api/v1/admin/members/${one.memberId}/registrations`);
    const { registrations } = (await listed.json()) as { registrations: { id: string; node: object }[] };
    return {
      path: `/api/v1/admin/members/${memberId}/registrations/${registrations[0]?.id}/node-waiver`,
      registrations,
    };
  };

  it("is not let in before an officer has said why it need not, in words that stay sealed", async () => {
    expect((await one.step("submit")).status).toBe(200);
    const { pool } = here.database;
    const { rows } = await pool.query<{ id: string }>("select id from app.approvals where subject_id = $1", [
      one.memberId,
    ]);
    const decide = () =>
      officer.post(`/api/v1/admin/approvals/${rows[0]?.id}/decision`, { approve: true, reason: "all is there" });
    expect(await refusal(await decide())).toEqual([409, "NODE_NOT_ANSWERED"]);
    const { path } = await waiverOf(one.memberId);
    const reason = "its signer sits behind a firewall; looked at by telephone";
    await here.appoint(one.memberId, "compliance");
    expect(await refusal(await one.put(path, { reason }))).toEqual([403, "NODE_WAIVER_SELF"]);
    expect((await officer.put(path, { reason })).status).toBe(204);
    expect((await waiverOf(one.memberId)).registrations[0]?.node).toMatchObject({ waivedBecause: reason });
    const { rows: kept } = await pool.query<{ text: string }>("select w::text as text from app.node_waivers w");
    expect(kept[0]?.text).not.toContain("firewall");
    expect((await decide()).status).toBe(200);
    expect((await one.standing()).state).toBe("APPROVED");
    expect(await refusal(await officer.put(path, { reason }))).toEqual([409, "STEP_OUT_OF_ORDER"]);
  });
});

describe("the operators' program", () => {
  const secret = `0x${"1b".repeat(32)}` as const;
  const consensusKey = bytesToHex(p256.getPublicKey(secret.slice(2), false).slice(1));
  const challenge = (): NodeChallenge => ({
    ...{ chainId: here.chain.record.chainId, registrationId: crypto.randomUUID(), memberId: crypto.randomUUID() },
    ...{ validatorId: 1, keyHash: keyHashOf(consensusKey), endpoint: "validator.example:26660" },
    ...{ nonce: `0x${"ab".repeat(32)}`, expiresAt: Math.floor(Date.now() / 1_000) + 500 },
  });
  const say = (at: number, line: string) =>
    new Egress({ loopback: [`tcp://127.0.0.1:${at}`] }).exchange(`127.0.0.1:${at}`, line);

  it("signs with a key of P-256 as well, and ends after one answer where it is told to", async () => {
    const { at } = await answering(secret, ["--port", "0", "--key-type", "p256", "--once"]);
    const asked = challenge();
    const signature = readAnswer(await say(at, writeChallenge(asked))) ?? "0x";
    expect(await isSignedByKey({ keyType: "P256", consensusKey }, digestOf(asked), signature)).toBe(true);
    expect(
      await isSignedByKey({ keyType: "P256", consensusKey }, digestOf({ ...asked, validatorId: 2 }), signature),
    ).toBe(false);
    const child = running.at(-1);
    expect(await until("its end", () => child?.exitCode ?? undefined)).toBe(0);
  });

  it.each<[string, (c: NodeChallenge) => string]>([
    ["OTHER_CHAIN", (c) => writeChallenge({ ...c, chainId: 1 })],
    ["OTHER_KEY", (c) => writeChallenge({ ...c, keyHash: `0x${"00".repeat(32)}` })],
    ["OTHER_TIME", (c) => writeChallenge({ ...c, expiresAt: c.expiresAt - 1_000 })],
    ["OTHER_TIME", (c) => writeChallenge({ ...c, expiresAt: c.expiresAt + 1_000 })],
    ["NOT_A_CHALLENGE", () => "GET / HTTP/1.1"],
    ["NOT_A_CHALLENGE", (c) => writeChallenge({ ...c, extra: 1 } as NodeChallenge)],
  ])("signs nothing that is %s", async (refused, line) => {
    const { at } = await answering(secret, ["--port", "0", "--key-type", "p256"]);
    expect(JSON.parse(await say(at, line(challenge())))).toEqual({ refused });
  });

  it("takes no key that others can read", async () => {
    const file = join(dir, "open");
    writeFileSync(file, secret);
    chmodSync(file, 0o644);
    const child = spawn(process.execPath, [program, "--key-file", file, "--chain-id", "1"]);
    const [code] = (await once(child, "close")) as [number];
    expect(code).toBe(1);
  });
});
