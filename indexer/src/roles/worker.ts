import type { Deployment } from "@tburn/deployments";
import type { Pool } from "pg";
import type { PgBoss } from "pg-boss";
import { jobs, tidy } from "../app.ts";
import type { Env } from "../env.ts";
import { acrossMembers } from "../platform/access/scope.ts";
import { nodeOf } from "../platform/crypto/wallet/node.ts";
import { Listener } from "../platform/db/listen.ts";
import { type Pending, pruneOutbox, takePending } from "../platform/db/outbox.ts";
import { openPool, transaction } from "../platform/db/pool.ts";
import type { Kit } from "../platform/domain.ts";
import { type JobData, openBoss, SUPERVISION } from "../platform/jobs.ts";
import type { Log } from "../platform/telemetry/log.ts";
import { relayedEvents } from "../platform/telemetry/metrics.ts";
import { type Clock, systemClock } from "../platform/time/clock.ts";
import { Rest } from "../platform/time/rest.ts";
import { openKit } from "./people.ts";

/** What other parts of the system consume: one job per announcement, in order. */
const EVENTS = "chain-events";
const RETENTION = "outbox-retention";
/** Announcements come by notification; this only covers a lost one. */
const SAFETY_MS = 2_000;
const BATCH = 500;

const job = ({ id, event, retracts, block_number, block_hash, log_index, payload }: Pending) => ({
  data: {
    outboxId: id,
    event,
    retracts,
    blockNumber: Number(block_number),
    blockHash: block_hash,
    logIndex: log_index,
    ...payload,
  },
});

const openQueue = (env: Env, log: Log): Promise<PgBoss> =>
  openBoss(
    env.databaseDirectUrl,
    { ...SUPERVISION, useListenNotify: true },
    { [EVENTS]: { notify: true }, [RETENTION]: {} },
    log,
  );

/** Forgets old announcements and what has ended once an hour, in one process of all. */
async function keepSmall(boss: PgBoss, pool: Pool, log: Log, clock: Clock): Promise<void> {
  await boss.work(RETENTION, async () => {
    const forgotten = await pruneOutbox(pool);
    if (forgotten > 0) log.info({ forgotten }, "outbox pruned");
    const ended = await acrossMembers(() => tidy(pool, clock));
    if (ended > 0) log.info({ forgotten: ended }, "what had ended is forgotten");
  });
  await boss.schedule(RETENTION, "17 * * * *");
}

/** Does what domains have put into their queues. */
async function workFor(boss: PgBoss, kit: Kit, log: Log): Promise<void> {
  for (const [queue, { work, cron }] of Object.entries(jobs())) {
    await boss.work<JobData>(queue, { pollingIntervalSeconds: 1 }, async (batch) => {
      for (const { data } of batch) {
        await acrossMembers(() => work(data ?? {}, kit)).catch((error: Error & { code?: string }) => {
          // Only a code of ours is sure to hold nothing personal.
          log.warn({ queue, problem: error.code ?? error.name }, "job failed; it is tried again");
          throw error;
        });
      }
    });
    if (cron) await boss.schedule(queue, cron);
  }
}

/** Hands a batch over: the jobs and the marks of what they came from stand in one transaction. */
const relay = (boss: PgBoss, pool: Pool): Promise<number> =>
  transaction(pool, async (client) => {
    const events = await takePending(client, BATCH);
    const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
    if (events.length > 0) await boss.insert(EVENTS, events.map(job), { db });
    return events.length;
  });

/** Relays the outbox to the job queue, exactly once and in order. */
export async function startWorker(
  env: Env,
  deployment: Deployment,
  log: Log,
  clock: Clock = systemClock,
): Promise<{ stop(): Promise<void> }> {
  const boss = await openQueue(env, log);
  const pool = openPool(env.databaseUrl, { max: 4, name: "tburn-worker" });
  await keepSmall(boss, pool, log, clock);
  const people = await openKit(env, deployment, pool, nodeOf(env.rpcUrls, env.chainId), log, clock);
  if (people) await workFor(boss, people.kit, log);
  const rest = new Rest(SAFETY_MS);
  const listener = new Listener(env.databaseDirectUrl, () => rest.hint());
  await listener.start();
  let stopped = false;

  async function loop(): Promise<void> {
    while (!stopped) {
      const relayed = await relay(boss, pool).catch((error: Error) => {
        log.warn({ problem: error.message }, "outbox relay will try again");
        return 0;
      });
      relayedEvents.inc(relayed);
      if (relayed === 0) await rest.until();
    }
  }

  const done = loop();
  return {
    stop: async () => {
      stopped = true;
      rest.hint();
      await done;
      await listener.stop();
      await boss.stop({ graceful: false });
      await people?.close();
      await pool.end();
    },
  };
}
