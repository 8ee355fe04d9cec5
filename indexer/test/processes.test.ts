import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { newestBlock, readReport } from "../src/platform/db/mirror/state.ts";
import { digest } from "../src/platform/db/tables.ts";
import { startTestChain, type TestChain } from "./harness/chain.ts";
import { freshDatabase, type TestDatabase } from "./harness/database.ts";
import { freshDigest } from "./harness/engine.ts";
import { type Run, settings, start } from "./harness/process.ts";
import { startProxy } from "./harness/proxy.ts";
import { sequence, traffic } from "./harness/traffic.ts";
import { until } from "./harness/until.ts";

let chain: TestChain;
let database: TestDatabase;
const dir = mkdtempSync(join(tmpdir(), "tburn-processes-"));
const recordPath = join(dir, "deployment.json");
const random = sequence(23);
const running: Run[] = [];

beforeAll(async () => {
  chain = await startTestChain(inject("world"));
  chain.writeRecord(recordPath);
});
afterAll(async () => {
  await chain?.stop();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  database = await freshDatabase(inject("postgres"));
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.kill();
  await database?.drop();
});

function follow(more: Record<string, string> = {}, command?: string): Run {
  const one = start({ ...settings(chain, database.url, recordPath), ...more }, command);
  running.push(one);
  return one;
}

const indexed = async () => (await newestBlock(database.pool))?.number ?? -1;
const caughtUp = () => until("the head", async () => (await indexed()) >= (await chain.height()));
const sameAsFresh = async () =>
  expect(await digest(database.pool)).toEqual(await freshDigest(inject("postgres"), chain.url, chain.record));

it("given kill -9 at any moment, goes on where it stood", async () => {
  for (let round = 0; round < 5; round++) {
    const one = follow();
    const before = await indexed();
    const acting = traffic(chain, random, 12);
    if (round > 0) await until("some progress", async () => (await indexed()) > before);
    await one.kill("SIGKILL");
    await acting;
  }
  follow();
  await caughtUp();
  await sameAsFresh();
});

it("given a reorganisation while it was killed, tells the new chain", async () => {
  const one = follow();
  await traffic(chain, random, 10);
  await caughtUp();
  await one.kill("SIGKILL");
  await chain.rollBack(8);
  await traffic(chain, random, 9);
  follow();
  await caughtUp();
  await until("one reorganisation", async () => {
    const { rows } = await database.pool.query("select 1 from ops.reorgs");
    return rows.length === 1;
  });
  await sameAsFresh();
});

it("given a second process, waits until the first has ended", async () => {
  const first = follow();
  await caughtUp();
  const second = follow();
  await until("that it waits", () => second.output().includes("waiting for it to end"));
  await traffic(chain, random, 3);
  await first.kill("SIGKILL");
  await caughtUp();
  expect(second.process.exitCode).toBeNull();
  await sameAsFresh();
});

it("given SIGTERM while another process follows, ends at once and well", async () => {
  follow();
  await caughtUp();
  const second = follow();
  await until("that it waits", () => second.output().includes("waiting for it to end"));
  second.process.kill("SIGTERM");
  expect(await second.ended).toBe(0);
});

it("given an endpoint of another chain, refuses and names it", async () => {
  const proxy = await startProxy(chain.url);
  proxy.fault = ({ method }, reply) => (method === "eth_chainId" ? { ...reply, result: "0x1" } : reply);
  const one = follow({ RPC_URL: `${chain.url},${proxy.url}` });
  expect(await one.ended).toBe(1);
  expect(one.output()).toContain(`WRONG_CHAIN: ${new URL(proxy.url).host} serves chain 1`);
  await proxy.close();
});

it("given a change below what was final, ends and says so to whoever asks for readiness", async () => {
  const one = follow({ FINALITY_DEPTH: "3" });
  await traffic(chain, random, 8);
  await caughtUp();
  await chain.rollBack(6);
  await traffic(chain, random, 7);
  expect(await one.ended).toBe(1);
  expect(one.output()).toContain("REORG_BEYOND_FINALITY");
  expect((await readReport(database.pool))?.problem).toContain("npm run indexer -- replay");
  const replay = follow({}, "replay");
  expect(await replay.ended).toBe(0);
  expect(replay.output()).toMatch(/replay: \d+ of \d+ blocks.*\n.*replay: done/s);
  await sameAsFresh();
});

it("given a replay, announces nothing twice and takes back what is not of the chain any more", async () => {
  const one = follow();
  await caughtUp();
  await one.kill("SIGTERM");
  await database.pool.query(
    "insert into ops.outbox (block_number, block_hash, log_index, event, payload) values (1, '0xgone', 0, 'StakeDelegated', '{}')",
  );
  const count = async () =>
    (await database.pool.query("select 1 from ops.outbox where block_hash <> '0xgone'")).rows.length;
  const before = await count();
  expect(await follow({}, "replay").ended).toBe(0);
  expect(await count()).toBe(before);
  const { rows } = await database.pool.query("select retracts from ops.outbox where block_hash = '0xgone' order by id");
  expect(rows.map((row) => row.retracts !== null)).toEqual([false, true]);
});

it("hands each announcement to the job queue once, whenever the worker is killed", async () => {
  follow();
  for (let round = 0; round < 3; round++) {
    const worker = follow({ ROLES: "worker" });
    await traffic(chain, random, 6);
    await until("a job", async () => {
      const { rows } = await database.pool
        .query("select 1 from ops.outbox where relayed_at is not null")
        .catch(() => ({ rows: [] }));
      return rows.length > 0;
    });
    await worker.kill("SIGKILL");
  }
  follow({ ROLES: "worker" });
  await caughtUp();
  await until("an empty outbox", async () => {
    const { rows } = await database.pool.query("select 1 from ops.outbox where relayed_at is null");
    return rows.length === 0;
  });
  const { rows: jobs } = await database.pool.query<{ id: string }>(
    "select data->>'outboxId' as id from boss.job where name = 'chain-events' order by (data->>'outboxId')::bigint",
  );
  const { rows: told } = await database.pool.query<{ id: string }>("select id from ops.outbox order by id");
  expect(jobs.map(({ id }) => id)).toEqual(told.map(({ id }) => id));
});

it("says in one go what the environment lacks", async () => {
  const one = start({ RPC_URL: "ftp://x", ROLES: "cook" });
  running.push(one);
  expect(await one.ended).toBe(1);
  expect(one.output()).toMatch(/DATABASE_URL is missing/);
  expect(one.output()).toMatch(/RPC_URL must be http/);
  expect(one.output()).toMatch(/CHAIN_ID is missing/);
  expect(one.output()).toMatch(/ROLES must be of sync, api, worker/);
});

it("names a contract of the record that it does not know", async () => {
  const strange = join(dir, "strange.json");
  const contracts = { ...chain.record.contracts, Lottery: chain.record.contracts.TBurnToken };
  writeFileSync(strange, JSON.stringify({ ...chain.record, contracts }));
  const one = follow({ DEPLOYMENT_FILE: strange });
  expect(await one.ended).toBe(1);
  expect(one.output()).toMatch(/DEPLOYMENT_INVALID.*Lottery/s);
});

it("refuses a database that mirrors other contracts", async () => {
  const one = follow();
  await caughtUp();
  await one.kill("SIGTERM");
  const other = join(dir, "other.json");
  const contracts = { ...chain.record.contracts, KycRegistry: chain.record.contracts.MemberRegistry };
  writeFileSync(other, JSON.stringify({ ...chain.record, contracts }));
  const refused = follow({ DEPLOYMENT_FILE: other });
  expect(await refused.ended).toBe(1);
  expect(refused.output()).toContain("DATABASE_OF_OTHER_CHAIN");
});

it("prints help, status and digests, and refuses what it does not know", async () => {
  const help = follow({}, "--help");
  expect(await help.ended).toBe(0);
  expect(help.output()).toContain("replay");
  const unknown = follow({}, "fly");
  expect(await unknown.ended).toBe(1);
  expect(unknown.output()).toContain('unknown command "fly"');
  expect(await follow({}, "replay").ended).toBe(0);
  const status = follow({}, "status");
  expect(await status.ended).toBe(0);
  expect(JSON.parse(status.output())).toMatchObject({ indexed: await chain.height(), reorgs: 0 });
  const printed = follow({}, "digest");
  expect(await printed.ended).toBe(0);
  expect(JSON.parse(printed.output())).toEqual(await digest(database.pool));
});
