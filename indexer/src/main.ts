import { setFlagsFromString } from "node:v8";
import { deployment as readDeployment } from "@tburn/deployments/read";
import type { Env } from "./env.ts";
import { openLog } from "./platform/telemetry/log.ts";
import { TestClock } from "./platform/time/clock.ts";
import { migrateAll } from "./roles/migrate.ts";

/** Starts the roles of this process and runs until a signal or an error that only a person can heal. */
export async function run(env: Env): Promise<void> {
  // What a follower holds lasts for a batch: left alone, V8 lets half a gigabyte of it lie about.
  if (env.roles.every((role) => role === "sync")) setFlagsFromString("--heap-growing-percent=60");
  const log = openLog(env.logLevel);
  const deployment = readDeployment(env.chainId, env.deploymentFile);
  const { applied, keyvault } = await migrateAll(env);
  if (applied.length > 0) log.info({ applied }, "database migrated");
  if (keyvault.length > 0) log.info({ applied: keyvault }, "key vault migrated");

  // All roles of a process obey one clock; it is the system's unless a test moves it.
  const clock = new TestClock();
  const signal = new Promise<void>((resolve) => {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => resolve());
  });
  // Each role is loaded where it starts: a follower alone takes a fraction of the API's memory.
  const sync = env.roles.includes("sync")
    ? (await import("./roles/sync.ts")).startSync(env, deployment, log)
    : undefined;
  // Reported by the race below, or by its caller if a role does not start.
  sync?.done.catch(() => undefined);
  const api = env.roles.includes("api")
    ? await (await import("./roles/api.ts")).startApi(env, deployment, log, clock)
    : undefined;
  const worker = env.roles.includes("worker")
    ? await (await import("./roles/worker.ts")).startWorker(env, deployment, log, clock.now)
    : undefined;
  const reporter = env.roles.includes("reporter")
    ? await (await import("./roles/reporter/reporter.ts")).startReporter(env, deployment, log)
    : undefined;
  try {
    await Promise.race([signal, ...(sync ? [sync.done] : [])]);
  } finally {
    sync?.stop();
    await Promise.allSettled([sync?.done, api?.stop(), worker?.stop(), reporter?.stop()]);
  }
}
