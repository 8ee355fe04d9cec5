import { PgBoss } from "pg-boss";
import type { Env } from "../env.ts";
import { pendingEvents, pruneOutbox } from "../platform/db/outbox.ts";
import { openPool, transaction } from "../platform/db/pool.ts";
import type { Log } from "../platform/telemetry/log.ts";

const QUEUE = "chain-events";
const PAUSE_MS = 500;
const BATCH = 500;

/** Relays the outbox to the job queue, exactly once: the job and its mark stand in one transaction. */
export async function startWorker(env: Env, log: Log): Promise<{ stop(): Promise<void> }> {
  const boss = new PgBoss({ connectionString: env.databaseDirectUrl, schema: "boss" });
  boss.on("error", (error) => log.warn({ problem: error.message }, "job queue"));
  await boss.start();
  await boss.createQueue(QUEUE);
  const pool = openPool(env.databaseUrl, { max: 2 });
  let stopped = false;

  async function relay(): Promise<number> {
    return transaction(pool, async (client) => {
      const events = await pendingEvents(client, BATCH);
      if (events.length === 0) return 0;
      const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
      await boss.insert(
        QUEUE,
        events.map((event) => ({ data: event })),
        { db },
      );
      return events.length;
    });
  }

  async function loop(): Promise<void> {
    while (!stopped) {
      const relayed = await relay().catch((error: Error) => {
        log.warn({ problem: error.message }, "outbox relay will try again");
        return 0;
      });
      if (relayed === BATCH) continue;
      await pruneOutbox(pool).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  const done = loop();
  return {
    stop: async () => {
      stopped = true;
      await done;
      await boss.stop({ graceful: false });
      await pool.end();
    },
  };
}
