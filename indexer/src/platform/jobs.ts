import { type ConstructorOptions, PgBoss, type Queue } from "pg-boss";
import type { Sql } from "./db/pool.ts";
import type { Log } from "./telemetry/log.ts";

/** Ids only: queues and their dead letters keep what they are given. */
export type JobData = Record<string, string | number | boolean | null>;

interface JobOptions {
  startAfter?: Date;
  /** Of two waiting jobs with one key the second is not taken. */
  singletonKey?: string;
}

/** Hands work over to the worker role. */
export interface Jobs {
  /** Puts a job into `queue` in the caller's transaction: it exists if what it follows from does. */
  send(sql: Sql, queue: string, data: JobData, options?: JobOptions): Promise<void>;
}

/**
 * How a failing job is tried again: after 2, 4, 8 … seconds, then it is kept as failed. Whoever works on it says every few
 * seconds that it lives; a job whose worker has died fails, too, and not only when its quarter of an hour is over.
 */
const RETRY = { retryLimit: 6, retryDelay: 2, retryBackoff: true, heartbeatSeconds: 10 } as const;

/** How often a worker looks for jobs whose worker has died. */
export const SUPERVISION = { superviseIntervalSeconds: 10, monitorIntervalSeconds: 10 } as const;

/** Jobs by pg-boss; its queues must exist. */
export function jobsOf(boss: PgBoss): Jobs {
  return {
    async send(sql, queue, data, options = {}) {
      const db = { executeSql: (text: string, values?: unknown[]) => sql.query(text, values) };
      await boss.send(queue, data, { ...options, ...RETRY, db });
    },
  };
}

const SCHEMA = "boss";

/** Brings the job queue's own tables to the state that this build needs. @param url Direct connection of the owner. */
export async function installQueue(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, schema: SCHEMA, max: 1, supervise: false, schedule: false });
  await boss.start();
  await boss.stop({ graceful: false });
}

/**
 * Connects to the job queue, whose tables the migration has made. Its queues exist afterwards, whichever process comes first.
 * @param url Direct connection: notifications and locks do not survive a transaction pooler.
 */
export async function openBoss(
  url: string,
  options: ConstructorOptions,
  queues: Record<string, Partial<Queue>>,
  log: Log,
): Promise<PgBoss> {
  const boss = new PgBoss({ ...options, connectionString: url, schema: SCHEMA, max: 2, migrate: false });
  boss.on("error", (error) => log.warn({ problem: error.message }, "job queue"));
  await boss.start();
  for (const [name, settings] of Object.entries(queues)) await boss.createQueue(name, settings as Queue);
  return boss;
}
