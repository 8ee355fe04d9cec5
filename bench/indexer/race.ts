import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { cpuMsOf } from "../machine/cpu.ts";
import { treeOf } from "../machine/tree.ts";
import type { Contestant, Ground } from "./contestants/contestant.ts";
import { digestTables } from "./tables.ts";

const LOOK_MS = 50;
const LIMIT_MS = 3_600_000;

export interface Watched {
  postgres: number;
  node: number;
}

async function connected(serverUrl: string, database: string): Promise<pg.Client> {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: url.href });
  // What breaks it, its next statement tells.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** A connection to a contestant's database. */
export const databaseOf = ({ serverUrl, databaseName }: Ground) => connected(serverUrl, databaseName);

/** Looks at a process until it has done its work. @throws if it fails, or takes an hour */
async function watchedToTheEnd(
  child: ChildProcess,
  closed: Promise<number | null>,
  began: number,
  isDone: () => Promise<boolean> | undefined,
): Promise<{ peak: number; cpuMs: number }> {
  let ended: number | undefined;
  void closed.then((code) => {
    ended = code ?? -1;
  });
  let [peak, cpuMs] = [0, 0];
  for (;;) {
    const { residentBytes, cpuMs: spent } = treeOf(child.pid ?? 0);
    peak = Math.max(peak, residentBytes);
    cpuMs = Math.max(cpuMs, spent);
    if (ended === 0 || (ended === undefined && (await isDone()))) return { peak, cpuMs };
    if (ended !== undefined) throw new Error(`ended with ${ended}`);
    if (performance.now() - began > LIMIT_MS) throw new Error("is not done after an hour");
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** Runs a contestant from an empty database to the last block. @throws if its process fails */
export async function race(contestant: Contestant, ground: Ground, watched: Watched, events: number) {
  mkdirSync(ground.folder, { recursive: true });
  const { file, args, cwd, env } = await contestant.prepare(ground);
  const sql = await databaseOf(ground);
  const before = { postgres: cpuMsOf(watched.postgres), node: cpuMsOf(watched.node) };
  const began = performance.now();
  const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const log = createWriteStream(join(ground.folder, "output.log"));
  for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });
  const closed = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  try {
    const { peak, cpuMs } = await watchedToTheEnd(child, closed, began, () =>
      // A table that is not there yet is one that is not full yet.
      contestant.isDone?.(sql, ground).catch(() => false),
    ).catch((error: Error) => {
      throw new Error(`${contestant.name} ${error.message}; see ${ground.folder}/output.log`);
    });
    const seconds = (performance.now() - began) / 1_000;
    const spent = {
      postgresCpuSeconds: (cpuMsOf(watched.postgres) - before.postgres) / 1_000,
      nodeCpuSeconds: (cpuMsOf(watched.node) - before.node) / 1_000,
    };
    child.kill("SIGTERM");
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 10_000))]);
    child.kill("SIGKILL");
    const { rows } = await sql.query<{ bytes: string }>("select pg_database_size(current_database()) as bytes");
    const tables = await digestTables(sql, contestant);
    return {
      name: contestant.name,
      says: contestant.says,
      seconds: Number(seconds.toFixed(2)),
      eventsPerSecond: Math.round(events / seconds),
      cpuSeconds: cpuMs / 1_000,
      ...spent,
      peakMiB: Math.round(peak / 2 ** 20),
      databaseMiB: Math.round(Number(rows[0]?.bytes) / 2 ** 20),
      rows: Object.values(tables).reduce((sum, one) => sum + one.rows, 0),
      tables,
    };
  } finally {
    child.kill("SIGKILL");
    await sql.end();
  }
}

export type Figures = Awaited<ReturnType<typeof race>>;
