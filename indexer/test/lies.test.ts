import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { digest } from "../src/platform/db/tables.ts";
import { startTestChain, type TestChain } from "./harness/chain.ts";
import { freshDatabase, type TestDatabase } from "./harness/database.ts";
import { catchUp, engine, freshDigest } from "./harness/engine.ts";
import { type Fault, type FaultProxy, startProxy } from "./harness/proxy.ts";
import { sequence, traffic } from "./harness/traffic.ts";

let chain: TestChain;
let liar: FaultProxy;
let database: TestDatabase;
const random = sequence(31);
const REFUSALS = 30;

beforeAll(async () => {
  chain = await startTestChain(inject("world"));
  await traffic(chain, random, 20);
});
afterAll(() => chain?.stop());
beforeEach(async () => {
  liar = await startProxy(chain.url);
  database = await freshDatabase(inject("postgres"));
});
afterEach(async () => {
  await database?.drop();
  await liar?.close();
});

const sameAsFresh = async () =>
  expect(await digest(database.pool)).toEqual(await freshDigest(inject("postgres"), chain.url, chain.record));

interface Log {
  blockNumber: string;
  blockHash: string;
  address: string;
  logIndex: string;
}

/** Receipts whose logs are others. */
const receiptsWith =
  (change: (logs: Log[]) => Log[]): Fault =>
  ({ method }, reply) => {
    if (method !== "eth_getBlockReceipts") return reply;
    const receipts = reply.result as { logs: Log[] }[];
    return { ...reply, result: receipts.map((receipt) => ({ ...receipt, logs: change(receipt.logs) })) };
  };

const everyThirdLog = receiptsWith((logs) => logs.filter((_, i) => i % 3 !== 0));
const noReceivedLogs = receiptsWith(() => []);
const inventedLogs = receiptsWith((logs) => [
  ...logs,
  ...logs.slice(0, 1).map((log) => ({ ...log, logIndex: "0x63" })),
]);

const noLogs: Fault = ({ method }, reply) => (method === "eth_getLogs" ? { ...reply, result: [] } : reply);

const foreignLogs: Fault = ({ method }, reply) =>
  method === "eth_getLogs"
    ? { ...reply, result: (reply.result as Log[]).map((log) => ({ ...log, blockHash: `0x${"ab".repeat(32)}` })) }
    : reply;

/** Two of three refusals, as long as that takes no more than a few seconds. */
const busy = (): Fault => {
  let calls = 0;
  return ({ method }, reply) =>
    method === "eth_getBlockReceipts" && ++calls % 3 !== 0 && calls < REFUSALS ? 429 : reply;
};

const smallRanges: Fault = ({ method, params }, reply) => {
  const [filter] = params as [{ fromBlock: string; toBlock: string }];
  if (method !== "eth_getLogs" || Number(filter.toBlock) - Number(filter.fromBlock) < 10) return reply;
  return { id: reply.id, error: { code: -32_005, message: "query exceeds max block range 10" } };
};

const noBlockReceipts: Fault = ({ method }, reply) =>
  method === "eth_getBlockReceipts"
    ? { id: reply.id, error: { code: -32_601, message: "the method does not exist" } }
    : reply;

const missingHeaders: Fault = ({ method, params }, reply) =>
  method === "eth_getBlockByNumber" && params[0] !== "latest" && Number(params[0]) % 7 === 0
    ? { ...reply, result: null }
    : reply;

it.each([
  ["leaves out every third log", everyThirdLog],
  ["leaves out all logs", noReceivedLogs],
  ["invents a log", inventedLogs],
])("given a node that %s, names block and endpoint and tells the chain by another's receipts", async (_what, fault) => {
  liar.fault = fault;
  const { sync, rpc } = await engine(database.pool, { urls: [liar.url, chain.url], record: chain.record });
  const troubles: string[] = [];
  rpc.onTrouble = (endpoint, error) => troubles.push(`${endpoint} ${error.message}`);
  await catchUp(sync);
  expect(liar.faults).toBeGreaterThan(0);
  expect(rpc.health()[0]?.lies).toBeGreaterThan(0);
  expect(troubles.join("\n")).toMatch(/127\.0\.0\.1:\d+ .*receipts of block \d+ are not those of its header/);
  await sameAsFresh();
});

it("given a node without any logs but with receipts, does not ask for logs", async () => {
  liar.fault = noLogs;
  const { sync } = await engine(database.pool, { urls: [liar.url], record: chain.record });
  await catchUp(sync);
  expect(liar.faults).toBe(0);
  await sameAsFresh();
});

it("given only the filter as proof, notices that all logs of a contract are missing", async () => {
  liar.fault = noLogs;
  const { sync, rpc } = await engine(database.pool, { urls: [liar.url], record: chain.record, proof: "bloom" });
  await catchUp(sync);
  expect(rpc.health()[0]?.lies).toBeGreaterThan(0);
  await sameAsFresh();
});

it.each([
  ["logs of foreign blocks", "bloom", foreignLogs],
  ["headers that are missing", "receipts", missingHeaders],
  [
    "receipts that are cut",
    "receipts",
    (({ method }, reply) =>
      method === "eth_getBlockReceipts" ? { ...reply, result: (reply.result as object[]).slice(1) } : reply) as Fault,
  ],
] as const)("given %s, asks another endpoint", async (_what, proof, fault) => {
  liar.fault = fault;
  const { sync, rpc } = await engine(database.pool, { urls: [liar.url, chain.url], record: chain.record, proof });
  await catchUp(sync);
  const [bad, good] = rpc.health();
  expect(liar.faults).toBeGreaterThan(0);
  expect(bad?.failures).toBeGreaterThan(0);
  expect(good?.failures).toBe(0);
  await sameAsFresh();
});

it("given a single node whose receipts are cut, writes nothing and says which block", async () => {
  liar.fault = ({ method }, reply) =>
    method === "eth_getBlockReceipts" ? { ...reply, result: (reply.result as object[]).slice(1) } : reply;
  const { sync } = await engine(database.pool, { urls: [liar.url], record: chain.record });
  await expect(
    (async () => {
      for (let tries = 0; tries < 12; tries++) await sync.step();
    })(),
  ).rejects.toMatchObject({ code: "RPC_RECEIPTS_INCOMPLETE", message: expect.stringMatching(/block \d+/) });
});

it.each([
  ["429", "receipts", busy()],
  ["an answer of small ranges only", "bloom", smallRanges],
  ["a node without receipts of whole blocks", "receipts", noBlockReceipts],
] as const)("given %s, goes on with what it gets", async (_what, proof, fault) => {
  liar.fault = fault;
  const { sync } = await engine(database.pool, { urls: [liar.url], record: chain.record, proof });
  await catchUp(sync);
  expect(liar.faults).toBeGreaterThan(0);
  await sameAsFresh();
});

it("given a head that goes back and forth, sees no reorganisation", async () => {
  const { sync } = await engine(database.pool, { urls: [liar.url], record: chain.record });
  await catchUp(sync);
  const old = await chain.rpc<object>("eth_getBlockByNumber", [
    `0x${((await chain.height()) - 9).toString(16)}`,
    false,
  ]);
  liar.fault = ({ method, params }, reply) =>
    method === "eth_getBlockByNumber" && params[0] === "latest" ? { ...reply, result: old } : reply;
  expect((await sync.step()).kind).toBe("idle");
  liar.fault = undefined;
  expect((await sync.step()).kind).toBe("idle");
  expect((await database.pool.query("select 1 from ops.reorgs")).rows).toEqual([]);
});

it.each([
  ["knows none of our blocks", null],
  ["has others", `0x${"ab".repeat(32)}`],
])("given a node that %s beside one that has them, takes nothing back and goes on", async (_what, hash) => {
  const { sync: honest } = await engine(database.pool, { urls: [chain.url], record: chain.record, finalityDepth: 4 });
  await catchUp(honest);
  liar.fault = ({ method, params }, reply) => {
    if (method !== "eth_getBlockByNumber") return reply;
    const other = { ...(reply.result as object), hash: hash ?? `0x${"cd".repeat(32)}`, parentHash: hash };
    return { ...reply, result: hash === null && params[0] !== "latest" ? null : other };
  };
  const urls = [liar.url, chain.url];
  const { sync, rpc } = await engine(database.pool, { urls, record: chain.record, finalityDepth: 4 });
  await expect(sync.step()).rejects.toMatchObject({ code: "RPC_ENDPOINTS_DISAGREE" });
  expect(rpc.health()[0]?.lastError).toMatch(/block \d+, which was final/);
  expect((await sync.step()).kind).toBe("idle");
  expect((await database.pool.query("select 1 from ops.reorgs")).rows).toEqual([]);
});

it("given an endpoint that turns out to be of another chain, leaves it", async () => {
  const { sync, rpc } = await engine(database.pool, { urls: [liar.url, chain.url], record: chain.record });
  liar.fault = ({ method }, reply) => (method === "eth_chainId" ? { ...reply, result: "0x2" } : reply);
  await catchUp(sync);
  expect(rpc.health()[0]).toMatchObject({ lastError: expect.stringContaining("serves chain 2") });
  await sameAsFresh();
});
