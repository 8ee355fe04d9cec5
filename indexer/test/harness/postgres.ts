import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { postgresDir, startPostgres } from "../../../scripts/local/postgres.ts";
import { freePort } from "../../../scripts/local/upkeep/ports.ts";

declare module "vitest" {
  interface ProvidedContext {
    postgres: string;
  }
}

/** One server for all test files; each test makes a database of its own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = mkdtempSync(join(tmpdir(), "tburn-indexer-"));
  const server = await startPostgres({ dir, port: await freePort(31_500 + (process.pid % 400)), fast: true });
  project.provide("postgres", server.url);
  return async () => {
    await server.stop();
    for (const path of [dir, postgresDir(dir)]) rmSync(path, { recursive: true, force: true });
  };
}
