import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { startTestChain, type TestChain } from "./harness/chain.ts";
import { freshDatabase, type TestDatabase } from "./harness/database.ts";
import { catchUp, engine } from "./harness/engine.ts";
import { settings, start } from "./harness/process.ts";
import { type Fault, startProxy } from "./harness/proxy.ts";
import { sequence, traffic } from "./harness/traffic.ts";

let chain: TestChain;
let database: TestDatabase;
const dir = mkdtempSync(join(tmpdir(), "tburn-verify-"));
const recordPath = join(dir, "deployment.json");

beforeAll(async () => {
  chain = await startTestChain(inject("world"));
  chain.writeRecord(recordPath);
  await traffic(chain, sequence(43), 15);
});
afterAll(async () => {
  await chain?.stop();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  database = await freshDatabase(inject("postgres"));
  await catchUp((await engine(database.pool, { urls: [chain.url], record: chain.record, proof: "bloom" })).sync);
});
afterEach(() => database?.drop());

async function verify(...words: string[]) {
  const run = start(settings(chain, database.url, recordPath), ["verify", ...words]);
  const code = await run.ended;
  const output = run.output();
  const json = /^\{.*^\}/ms.exec(output)?.[0];
  return { code, output, finding: json === undefined ? undefined : JSON.parse(json) };
}

const toHead = async () => ["--to", String(await chain.height())];

it("finds nothing in a mirror that is right", async () => {
  const { code, finding } = await verify(...(await toHead()));
  const blocks = (await chain.height()) - chain.record.startBlock + 1;
  expect(finding).toMatchObject({ ok: true, from: chain.record.startBlock, blocks });
  expect(finding.logs).toBeGreaterThan(50);
  expect(code).toBe(0);
});

it.each([
  [
    "LOG_DIFFERS",
    "ops.raw_logs",
    "data",
    "update ops.raw_logs set data = data || '\\x00' where (block_number, log_index) = $1",
  ],
  ["LOG_MISSING", "ops.raw_logs", undefined, "delete from ops.raw_logs where (block_number, log_index) = $1"],
  [
    "ROW_DIFFERS",
    "chain.activity",
    "args",
    `update chain.activity set args = args || '{"amount": "1"}' where (block_number, log_index) = $1`,
  ],
])("given a row edited in the database, says %s and names its place in %s", async (code, table, column, edit) => {
  const { rows } = await database.pool.query<{ block_number: string; log_index: number }>(
    "select block_number, log_index from chain.activity where event = 'StakeDelegated' order by 1 desc limit 1",
  );
  const [{ block_number: block, log_index: logIndex } = { block_number: "", log_index: 0 }] = rows;
  expect((await database.pool.query(edit.replace("$1", `(${block}, ${logIndex})`))).rowCount).toBe(1);
  const found = await verify(...(await toHead()));
  expect(found.finding.first).toMatchObject({ code, block: Number(block), logIndex, table });
  expect(found.finding.first.column).toBe(column);
  expect(found.output).toContain(`CHAIN_DIFFERS: block ${block}: ${code}`);
  expect(found.code).toBe(1);
});

it("given a block's hash edited in the database, names the block", async () => {
  const number = (await chain.height()) - 4;
  await database.pool.query("update ops.raw_blocks set hash = sha256('other') where number = $1", [number]);
  const { finding } = await verify("--from", String(number - 2), "--to", String(number + 2));
  expect(finding.first).toMatchObject({ code: "BLOCK_DIFFERS", block: number, column: "hash" });
});

const shortLogs: Fault = ({ method }, reply) =>
  method === "eth_getLogs" ? { ...reply, result: (reply.result as object[]).slice(1) } : reply;
const cutReceipts: Fault = ({ method }, reply) =>
  method === "eth_getBlockReceipts" ? { ...reply, result: [] } : reply;
const otherHeaders: Fault = ({ method }, reply) =>
  method === "eth_getBlockByNumber"
    ? { ...reply, result: { ...(reply.result as object), hash: `0x${"ab".repeat(32)}` } }
    : reply;

it.each([
  ["leaves out a log", shortLogs],
  ["cuts receipts", cutReceipts],
  ["gives blocks that do not link", otherHeaders],
])("given a node that %s, names the node's lie and its block", async (_what, fault) => {
  const liar = await startProxy(chain.url);
  liar.fault = fault;
  try {
    const { code, finding } = await verify("--rpc", liar.url, ...(await toHead()));
    expect(finding.first).toMatchObject({ code: "NODE_LIES", block: expect.any(Number) });
    expect(code).toBe(1);
  } finally {
    await liar.close();
  }
});

it("refuses a range that the mirror has not, a node that is no address, and options that it does not know", async () => {
  const [range, number, node] = await Promise.all([
    verify("--to", "99999999"),
    verify("--from", "-1"),
    verify("--rpc", "ftp://x"),
  ]);
  expect(range.output).toContain("RANGE_INVALID: blocks");
  expect(number.output).toContain("COMMAND_INVALID");
  expect(node.output).toContain("COMMAND_INVALID: --rpc");
});
