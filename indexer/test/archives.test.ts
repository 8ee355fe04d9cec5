import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { keptLogs } from "../src/platform/db/raw/logs.ts";
import { digest } from "../src/platform/db/tables.ts";
import { startTestChain, type TestChain } from "./harness/chain.ts";
import { freshDatabase, type TestDatabase } from "./harness/database.ts";
import { catchUp, engine } from "./harness/engine.ts";
import { settings, start } from "./harness/process.ts";
import { sequence, traffic } from "./harness/traffic.ts";

let chain: TestChain;
let database: TestDatabase;
let other: TestDatabase;
const dir = mkdtempSync(join(tmpdir(), "tburn-archives-"));
const recordPath = join(dir, "deployment.json");
const archive = join(dir, "logs.gz");

async function command(url: string, ...words: string[]) {
  const env = settings(chain, url, recordPath);
  const run = start({ ...env, RPC_URL: "http://127.0.0.1:9", RPC_WS_URL: "ws://127.0.0.1:9" }, words);
  const code = await run.ended;
  return { code, output: run.output() };
}

beforeAll(async () => {
  chain = await startTestChain(inject("world"));
  chain.writeRecord(recordPath);
  await traffic(chain, sequence(53), 20);
  database = await freshDatabase(inject("postgres"));
  const { sync } = await engine(database.pool, { urls: [chain.url], record: chain.record, finalityDepth: 10 });
  await catchUp(sync);
  const made = await command(database.url, "backup-logs", "--to", archive);
  expect(made.output).toContain("fileSha256");
});
afterAll(async () => {
  await database?.drop();
  await chain?.stop();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  other = await freshDatabase(inject("postgres"));
});
afterEach(() => other?.drop());

const everyLog = ({ pool }: TestDatabase) => keptLogs(pool, 0, 1e9);
const linesOf = () => gunzipSync(readFileSync(archive)).toString().split("\n");

it("writes a file that ends with the checksum of what it says, and leaves nothing beside it", async () => {
  const lines = linesOf();
  const end = JSON.parse(lines.at(-2) ?? "");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ from: chain.record.startBlock, to: (await chain.height()) - 10 });
  expect(end.sha256).toBe(
    createHash("sha256")
      .update(`${lines.slice(0, -2).join("\n")}\n`)
      .digest("hex"),
  );
  expect(existsSync(`${archive}.partial`)).toBe(false);
  expect((await command(database.url, "backup-logs", "--to", archive)).output).toContain("FILE_EXISTS");
});

it("tells the chain of the file in an empty database, without a node", async () => {
  const restored = await command(other.url, "restore-logs", "--from", archive);
  expect(restored.code).toBe(0);
  expect(await everyLog(other)).toEqual((await everyLog(database)).slice(0, JSON.parse(linesOf().at(-2) ?? "").logs));
  expect((await command(other.url, "replay", "--from-logs")).code).toBe(0);
  const { sync } = await engine(other.pool, { urls: [chain.url], record: chain.record, finalityDepth: 10 });
  await catchUp(sync);
  expect(await digest(other.pool)).toEqual(await digest(database.pool));
});

it("brings lost rows back and is not disturbed by those that are there", async () => {
  const before = await everyLog(database);
  await database.pool.query("delete from ops.raw_logs where block_number % 2 = 0 and block_number < 100");
  expect((await everyLog(database)).length).toBeLessThan(before.length);
  expect((await command(database.url, "restore-logs", "--from", archive)).code).toBe(0);
  expect(await everyLog(database)).toEqual(before);
});

const changed = () => {
  const lines = linesOf();
  const at = lines.findLastIndex((line) => line.includes("0x") && line.startsWith("["));
  lines[at] = (lines[at] ?? "").replace(/"0x[0-9a-f]{2}/, '"0xff');
  return gzipSync(lines.join("\n"));
};

it.each([
  ["cut", () => readFileSync(archive).subarray(0, 2_000)],
  ["changed", changed],
  ["of another kind", () => Buffer.from("no archive")],
])("given a file that is %s, writes nothing", async (_what, contents) => {
  const path = join(dir, "broken.gz");
  writeFileSync(path, contents());
  const { code, output } = await command(other.url, "restore-logs", "--from", path);
  expect(output).toContain("ARCHIVE_BROKEN");
  expect(code).toBe(1);
  expect(await everyLog(other)).toEqual([]);
});

it("given a block that is kept as another one, names it and writes nothing", async () => {
  await other.pool.query(
    "insert into ops.raw_blocks (number, hash, parent_hash, block_time, log_count) values (50, '\\x01', '\\x02', 1, 0)",
  );
  expect((await command(other.url, "restore-logs", "--from", archive)).output).toContain("LOGS_CONFLICT: block 50");
  expect(await everyLog(other)).toEqual([]);
});

it("forgets the journal of final blocks and old announcements, and says so before it does", async () => {
  const count = async (table: string) =>
    Number((await database.pool.query<{ n: string }>(`select count(*) as n from ops.${table}`)).rows[0]?.n);
  await database.pool.query("update ops.outbox set relayed_at = now() - interval '3 days' where block_number < 120");
  await database.pool.query("insert into ops.journal (block_number, table_name, row_key) values (1, 'blocks', '{}')");
  const old = (await database.pool.query("select 1 from ops.outbox where relayed_at is not null")).rows.length;
  const [outbox, journal] = [await count("outbox"), await count("journal")];
  const planned = await command(database.url, "prune", "--outbox-days", "2", "--dry-run");
  expect(JSON.parse(planned.output)).toEqual({ dryRun: true, outboxDays: 2, journal: 1, outbox: old });
  expect([await count("outbox"), await count("journal")]).toEqual([outbox, journal]);
  const done = await command(database.url, "prune", "--outbox-days", "2");
  expect(JSON.parse(done.output)).toEqual({ dryRun: false, outboxDays: 2, journal: 1, outbox: old });
  expect([await count("outbox"), await count("journal")]).toEqual([outbox - old, journal - 1]);
});
