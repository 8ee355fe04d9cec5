import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { postgresDir, startPostgres } from "../../../scripts/local/postgres.ts";
import { freePort } from "../../../scripts/local/upkeep/ports.ts";
import { makeWorld, type World } from "./chain.ts";

declare module "vitest" {
  interface ProvidedContext {
    postgres: string;
    world: World;
  }
}

/** One server and one deployed world for all test files; each makes a database of its own and copies the world. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = mkdtempSync(join(tmpdir(), "tburn-indexer-"));
  const server = await startPostgres({ dir, port: await freePort(31_500 + (process.pid % 400)), fast: true });
  project.provide("postgres", server.url);
  try {
    project.provide("world", await makeWorld(dir));
  } catch (error) {
    await server.stop();
    throw error;
  }
  return async () => {
    await server.stop();
    for (const path of [dir, postgresDir(dir)]) rmSync(path, { recursive: true, force: true });
  };
}
