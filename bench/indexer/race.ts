import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { cpuMsOf } from "../machine/cpu.ts";
import { treeOf } from "../machine/tree.ts";
import { databaseOf } from "./connect.ts";
import type { Contestant, Ground } from "./contestants/contestant.ts";
import { digestTables } from "./tables.ts";

const LOOK_MS = 50;
const LIMIT_SECONDS = 3_600;

export interface Watched {
  postgres: number;
  node: number;
}

/** Starts a contestant's process, its words in `output.log`. */
function run({ file, args, cwd, env }: Awaited<ReturnType<Contestant["prepare"]>>, folder: string) {
  const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const log = createWriteStream(join(folder, "output.log"));
  for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 10_000))]);
    child.kill("SIGKILL");
  };
  return { child, stop };
}

/** Waits until a contestant is done. @returns what it took. @throws if its process fails, or is not done in an hour */
async function watch(contestant: Contestant, ground: Ground, sql: pg.Client, child: ChildProcess) {
  const began = performance.now();
  let [peak, cpuMs] = [0, 0];
  for (;;) {
    const { residentBytes, cpuMs: spent } = treeOf(child.pid ?? 0);
    peak = Math.max(peak, residentBytes);
    cpuMs = Math.max(cpuMs, spent);
    const seconds = (performance.now() - began) / 1_000;
    const end = child.exitCode ?? child.signalCode;
    if (end === 0) return { seconds, peak, cpuMs };
    if (end !== null) throw new Error(`${contestant.name} ended with ${end}; see ${ground.folder}/output.log`);
    // A table that is not there yet is one that is not full yet.
    if (await contestant.isDone?.(sql, ground).catch(() => false)) return { seconds, peak, cpuMs };
    if (seconds > LIMIT_SECONDS) throw new Error(`${contestant.name} is not done after an hour`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** Runs a contestant from an empty database to the last block. @throws if its process fails */
export async function race(contestant: Contestant, ground: Ground, watched: Watched, events: number) {
  mkdirSync(ground.folder, { recursive: true });
  const start = await contestant.prepare(ground);
  const sql = await databaseOf(ground);
  const before = { postgres: cpuMsOf(watched.postgres), node: cpuMsOf(watched.node) };
  const { child, stop } = run(start, ground.folder);
  try {
    const { seconds, peak, cpuMs } = await watch(contestant, ground, sql, child);
    const spent = {
      cpuSeconds: cpuMs / 1_000,
      postgresCpuSeconds: (cpuMsOf(watched.postgres) - before.postgres) / 1_000,
      nodeCpuSeconds: (cpuMsOf(watched.node) - before.node) / 1_000,
    };
    await stop();
    const { rows } = await sql.query<{ bytes: string }>("select pg_database_size(current_database()) as bytes");
    const tables = await digestTables(sql, contestant);
    return {
      name: contestant.name,
      says: contestant.says,
      seconds: Number(seconds.toFixed(2)),
      eventsPerSecond: Math.round(events / seconds),
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
