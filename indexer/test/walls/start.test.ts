import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { asRole } from "../../../scripts/local/postgres.ts";
import { writeKeys } from "../../src/platform/crypto/keys/local.ts";
import { start } from "../harness/process.ts";

const names = [`walls_${process.pid}`, `walls_${process.pid}_keys`];
const folder = mkdtempSync(join(tmpdir(), "tburn-walls-"));
const [owner, keyOwner] = names.map((name) => new URL(`/${name}`, inject("postgres")).href) as [string, string];
const keysFile = join(folder, "keys.json");

const everyDatabase = async (statement: (name: string) => string) => {
  const admin = new pg.Client({ connectionString: inject("postgres") });
  await admin.connect();
  for (const name of names) await admin.query(statement(name));
  await admin.end();
};
beforeAll(async () => {
  writeKeys(keysFile);
  await everyDatabase((name) => `create database ${name}`);
});
afterAll(async () => {
  await everyDatabase((name) => `drop database if exists ${name} with (force)`);
  rmSync(folder, { recursive: true, force: true });
});

const server = {
  ...{ APP_ENV: "development", CHAIN_ID: "31337", RPC_URL: "http://127.0.0.1:1" },
  ...{ DATABASE_URL: asRole(owner, "tburn_app"), KEYVAULT_URL: asRole(keyOwner, "tburn_vault") },
  ...{ TOKEN_SEED: randomBytes(32).toString("base64"), KEYS_FILE: keysFile, ERASURE_LEDGER: join(folder, "erased") },
};
const owners = { DATABASE_OWNER_URL: owner, KEYVAULT_OWNER_URL: keyOwner };

/** Runs a command to its end. */
async function ended(settings: Record<string, string>, command: string): Promise<[number | string, string]> {
  const run = start(settings, command);
  return [await run.ended, run.output()];
}

describe("two empty databases", () => {
  it("are not served, nor made, by whoever owns nothing: it says who must come first", async () => {
    const [code, words] = await ended(server, "digest");
    expect([code, /^SCHEMA_OLDER: .*`npm run indexer -- migrate` as its owner$/m.test(words)]).toEqual([1, true]);
  });

  it("are made by their owners, and the server works without their addresses from then on", async () => {
    const [made, words] = await ended({ ...server, ...owners }, "migrate");
    expect([made, words]).toEqual([0, expect.stringContaining("0027_row_level_security.sql")]);
    expect(JSON.parse(words).keyvault).toContain("0002_row_level_security.sql");
    const [code, digest] = await ended(server, "digest");
    expect([code, Object.keys(JSON.parse(digest))]).toEqual([0, expect.arrayContaining(["members", "total"])]);
  });

  it("take a second migration that changes nothing", async () => {
    const [code, words] = await ended({ ...server, ...owners }, "migrate");
    expect([code, JSON.parse(words)]).toEqual([0, { applied: [], keyvault: [] }]);
  });
});
