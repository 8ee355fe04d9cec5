import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postgresDir, startPostgres } from "../scripts/local/postgres.ts";
import { freePort } from "../scripts/local/upkeep/ports.ts";
import { machine } from "./figures.ts";

/** Gives a PostgreSQL of its own, for as long as `work` lasts: the server's address and process. */
export async function onServer<T>(work: (serverUrl: string, postgresPid: number) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), "tburn-bench-pg-"));
  const postgres = await startPostgres({ dir, port: await freePort(33_000) });
  try {
    return await work(postgres.url, postgres.pid ?? 0);
  } finally {
    await postgres.stop();
    for (const path of [dir, postgresDir(dir)]) rmSync(path, { recursive: true, force: true });
  }
}

/**
 * Measures on a PostgreSQL of its own, prints what came out as JSON and keeps it in `results/<name>.json`.
 * @param measure Gets the server's address and process.
 */
export async function onStage(
  name: string,
  measure: (serverUrl: string, postgresPid: number) => Promise<object>,
): Promise<void> {
  const text = JSON.stringify({ ...(await onServer(measure)), machine: machine() }, null, 2);
  const folder = join(import.meta.dirname, "results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${text}\n`);
  console.log(text);
}
