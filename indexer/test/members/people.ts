import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, inject } from "vitest";
import { readEnv } from "../../src/env.ts";
import type { Role } from "../../src/platform/access/actor.ts";
import { writeKeys } from "../../src/platform/crypto/keys/local.ts";
import { hunt } from "../../src/platform/crypto/plaintext/repository.ts";
import type { Log } from "../../src/platform/telemetry/log.ts";
import { startWorker } from "../../src/roles/worker.ts";
import { startTestApi } from "../harness/api.ts";
import { startTestChain, type TestChain } from "../harness/chain.ts";
import { freshDatabase, type TestDatabase } from "../harness/database.ts";
import { ORIGIN, TestBrowser } from "./browser.ts";

export interface Wanted {
  /** Runs the worker role, too. */
  worker?: boolean;
  /** More settings of the environment. */
  settings?: Record<string, string>;
  /** Hears what both say. */
  log?: Log;
  /** PostgreSQL to work on; all tests' by default. */
  server?: string;
}

/** What people of tests say of themselves: parts of addresses, numbers, names and dates that are written nowhere else. */
const CANARIES = ["@example.com", "+8210", "홍길동", "1990-04-01"];

async function huntCanaries(...pools: TestDatabase["pool"][]) {
  const hunts = await Promise.all(pools.map((pool) => hunt(pool, CANARIES)));
  return hunts.flatMap(({ found }) => found);
}

const settingsOf = (chain: TestChain, databaseUrl: string) => ({
  ...{ APP_ENV: "development", DATABASE_URL: databaseUrl, RPC_URL: chain.url, ROLES: "worker" },
  CHAIN_ID: String(chain.record.chainId),
});

/** What the service needs to serve people, in a folder of this test's own. */
function peopleSettings(folder: string, keyvaultUrl: string): Record<string, string> {
  const keysFile = join(folder, "keys.json");
  writeKeys(keysFile);
  return {
    ...{ PUBLIC_ORIGIN: ORIGIN, TOKEN_SEED: randomBytes(32).toString("base64") },
    ...{ KEYVAULT_URL: keyvaultUrl, KEYS_FILE: keysFile, ERASURE_LEDGER: join(folder, "erased.jsonl") },
  };
}

/** A database, a database of keys, a chain, the API and on request a worker: all that services for people stand on. */
export async function startPeople({ worker = false, settings = {}, log, server = inject("postgres") }: Wanted = {}) {
  const lines: string[] = [];
  const heard = log ?? pino({ level: "debug" }, { write: (line: string) => void lines.push(line) });
  const [database, keyvault, chain] = await Promise.all([
    freshDatabase(server),
    freshDatabase(server, undefined, "keyvault"),
    startTestChain(inject("world")),
  ]);
  const folder = mkdtempSync(join(tmpdir(), "tburn-people-"));
  const environment = { ...peopleSettings(folder, keyvault.url), ...settings };
  const api = await startTestApi(chain, database.url, environment, heard);
  const working = worker
    ? await startWorker(readEnv({ ...settingsOf(chain, database.url), ...environment }), chain.record, heard)
    : undefined;
  return {
    database,
    keyvault,
    chain,
    api,
    settings: environment,
    browser: () => new TestBrowser(api, chain.record.chainId),
    /** Gives a role as two people of the staff would. */
    appoint: (memberId: string, role: Role) => {
      return database.pool.query(
        "insert into app.staff_roles (member_id, role, granted_at, expires_at) values ($1, $2, now(), now() + interval '1 hour')",
        [memberId, role],
      );
    },
    /** Every test is a fresh visitor to the limits. */
    forgetVisits: () => database.pool.query("truncate app.rate_limits"),
    stop: async () => {
      await working?.stop();
      await api.stop();
      await chain.stop();
      const found = await huntCanaries(database.pool, keyvault.pool);
      await Promise.all([database.drop(), keyvault.drop()]);
      rmSync(folder, { recursive: true, force: true });
      // Whatever a test did, nothing that it said of a person stands anywhere in plain text.
      expect({ found, logged: lines.filter((line) => CANARIES.some((canary) => line.includes(canary))) }).toEqual({
        ...{ found: [], logged: [] },
      });
    },
  };
}

export type People = Awaited<ReturnType<typeof startPeople>>;
