import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { decoder } from "../src/platform/chain/decode.ts";
import { keptLogs, keptSpan } from "../src/platform/db/raw/logs.ts";
import { clearChain, digest } from "../src/platform/db/tables.ts";
import { KeptBlocks } from "../src/roles/operation/kept.ts";
import { startTestChain, type TestChain } from "./harness/chain.ts";
import { freshDatabase, type TestDatabase } from "./harness/database.ts";
import { catchUp, engine, freshDigest } from "./harness/engine.ts";
import { settings, start } from "./harness/process.ts";
import { sequence, traffic } from "./harness/traffic.ts";

let chain: TestChain;
let database: TestDatabase;
const dir = mkdtempSync(join(tmpdir(), "tburn-logs-"));
const recordPath = join(dir, "deployment.json");
const random = sequence(41);

beforeAll(async () => {
  chain = await startTestChain(inject("world"));
  chain.writeRecord(recordPath);
  await traffic(chain, random, 25);
});
afterAll(async () => {
  await chain?.stop();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  database = await freshDatabase(inject("postgres"));
});
afterEach(() => database?.drop());

const follow = () => engine(database.pool, { urls: [chain.url], record: chain.record, proof: "bloom" });

/** A command whose node nobody runs. */
async function command(...words: string[]) {
  const env = settings(chain, database.url, recordPath);
  const run = start({ ...env, RPC_URL: "http://127.0.0.1:9", RPC_WS_URL: "ws://127.0.0.1:9" }, words);
  return { code: await run.ended, output: run.output() };
}

interface WireLog {
  blockNumber: string;
  logIndex: string;
  transactionIndex: string;
  transactionHash: string;
  address: string;
  topics: string[];
  data: string;
}

it("keeps each log of ours as the node tells it", async () => {
  await catchUp((await follow()).sync);
  const { addresses: address } = decoder(chain.record);
  const fromBlock = `0x${chain.record.startBlock.toString(16)}`;
  const told = await chain.rpc<WireLog[]>("eth_getLogs", [{ fromBlock, toBlock: "latest", address }]);
  const kept = await keptLogs(database.pool, 0, 1e9);
  expect(kept.length).toBeGreaterThan(50);
  expect(kept).toEqual(
    told.map((log) =>
      expect.objectContaining({
        blockNumber: Number(log.blockNumber),
        logIndex: Number(log.logIndex),
        transactionIndex: Number(log.transactionIndex),
        transactionHash: log.transactionHash,
        address: log.address,
        topics: log.topics,
        data: log.data,
      }),
    ),
  );
});

it("tells the same rows from kept logs when no node can be reached", async () => {
  await catchUp((await follow()).sync);
  const before = await digest(database.pool);
  await database.pool.query("delete from chain.positions");
  const { code, output } = await command("replay", "--from-logs");
  expect(output).toContain("replay: done");
  expect(code).toBe(0);
  expect(await digest(database.pool)).toEqual(before);
  expect(before).toEqual(await freshDigest(inject("postgres"), chain.url, chain.record));
});

it("given a reorganisation, keeps no log of what was taken back", async () => {
  const { sync } = await follow();
  await traffic(chain, random, 8);
  await catchUp(sync);
  await chain.rollBack(6);
  await traffic(chain, random, 3);
  await catchUp(sync);
  const before = await digest(database.pool);
  expect(await keptSpan(database.pool)).toMatchObject({ last: await chain.height() });
  expect((await command("replay", "--from-logs")).code).toBe(0);
  expect(await digest(database.pool)).toEqual(before);
});

it("given a replay from kept logs that broke off, goes on from a node and keeps what it kept", async () => {
  await catchUp((await follow()).sync);
  const [before, kept] = [await digest(database.pool), await keptLogs(database.pool, 0, 1e9)];
  const span = await keptSpan(database.pool);
  if (!span) throw new Error("nothing is kept");
  await clearChain(database.pool);
  const half = { ...span, last: Math.floor((span.first + span.last) / 2) };
  const { sync } = await engine(database.pool, {
    urls: ["http://127.0.0.1:9"],
    record: chain.record,
    kept: new KeptBlocks(database.pool, half),
  });
  await catchUp(sync);
  await catchUp((await follow()).sync);
  expect(await digest(database.pool)).toEqual(before);
  expect(await keptLogs(database.pool, 0, 1e9)).toEqual(kept);
});

it.each([
  [
    "a log",
    "delete from ops.raw_logs where (block_number, log_index) = (select block_number, log_index from ops.raw_logs order by 1 desc limit 1)",
  ],
  ["a block", "delete from ops.raw_blocks where number = (select min(number) + 3 from ops.raw_blocks)"],
  ["the first block", "delete from ops.raw_blocks where number = (select min(number) from ops.raw_blocks)"],
])("given that %s is lost, refuses and drops nothing", async (_what, loss) => {
  await catchUp((await follow()).sync);
  const before = await digest(database.pool);
  await database.pool.query(loss);
  const { code, output } = await command("replay", "--from-logs");
  expect(code).toBe(1);
  expect(output).toMatch(/LOGS_INCOMPLETE: logs of block \d+ are lost/);
  expect(await digest(database.pool)).toEqual(before);
});

it("refuses to tell the chain from nothing, or from logs of other contracts", async () => {
  const [nothing, unknown, help] = await Promise.all([
    command("replay", "--from-logs"),
    command("replay", "--from-log"),
    command("replay", "--help"),
  ]);
  expect(nothing.output).toContain("LOGS_MISSING");
  expect(unknown.output).toContain("COMMAND_INVALID");
  expect(help.output).toContain("LOGS_INCOMPLETE");
  await catchUp((await follow()).sync);
  await database.pool.query("update ops.raw_origin set contracts = 'others'");
  expect((await command("replay", "--from-logs")).output).toContain("DATABASE_OF_OTHER_CHAIN");
});
