import type { PgBoss } from "pg-boss";
import type { Sql } from "./db/pool.ts";

/** Ids only: queues and their dead letters keep what they are given. */
export type JobData = Record<string, string | number | boolean | null>;

export interface JobOptions {
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
export const RETRY = { retryLimit: 6, retryDelay: 2, retryBackoff: true, heartbeatSeconds: 10 } as const;

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
