import { deployment as readDeployment } from "@tburn/deployments/read";
import type { Pool } from "pg";
import type { Env } from "../../env.ts";
import { originOf } from "../../platform/chain/edition/version.ts";
import { writerLock } from "../../platform/db/lock.ts";
import { retractStrangers } from "../../platform/db/outbox.ts";
import { clearLogs } from "../../platform/db/raw/logs.ts";
import { clearChain } from "../../platform/db/tables.ts";
import { openLog } from "../../platform/telemetry/log.ts";
import { openRpc, openSync } from "../sync.ts";
import { type Command, optionsOf } from "./command.ts";
import { withPool } from "./database.ts";
import { KeptBlocks, wholeLogs } from "./kept.ts";

const help = `npm run indexer -- replay [--from-logs]

Drops everything mirrored and tells it again from the chain, up to its head. Waits while another process follows the chain.

  --from-logs   from the logs that are kept (ops.raw_logs), without asking any node; they stay as they are. Without it they are
                fetched and kept anew

Refuses, and drops nothing: LOGS_MISSING if nothing is kept, LOGS_INCOMPLETE if a block or a log of it is lost,
DATABASE_OF_OTHER_CHAIN if they are of other contracts. A replay that is broken off goes on from a node with \`run\`, or is
begun again.`;

/** One line per batch in a log, one that changes in a terminal. */
function progress(done: number, total: number, startedAt: number): void {
  const seconds = (performance.now() - startedAt) / 1_000;
  const left = done > 0 ? Math.round((seconds / done) * (total - done)) : 0;
  const line = `replay: ${done} of ${total} blocks, ${Math.round(done / Math.max(seconds, 0.001))} blocks/s, about ${left} s left`;
  if (process.stdout.isTTY) process.stdout.write(`\r${line.padEnd(80)}`);
  else console.log(line);
}

async function retell(env: Env, pool: Pool, isFromLogs: boolean): Promise<void> {
  const deployment = readDeployment(env.chainId, env.deploymentFile);
  const rpc = openRpc(env, openLog("silent"));
  if (!isFromLogs) await rpc.requireChain();
  const lock = await writerLock(env.databaseDirectUrl, () =>
    console.log("replay: waiting for the process that follows the chain to end"),
  );
  try {
    const kept = isFromLogs && (await wholeLogs(pool, originOf(deployment), deployment.startBlock));
    await clearChain(pool);
    if (!kept) await clearLogs(pool);
    const sync = await openSync(env, deployment, pool, rpc, kept ? new KeptBlocks(pool, kept) : undefined);
    const startedAt = performance.now();
    for (;;) {
      const { head, indexed, kind } = await sync.step();
      progress(indexed - deployment.startBlock + 1, head - deployment.startBlock + 1, startedAt);
      // An idle step below the head only means that a range was too large.
      if (kind === "idle" && indexed >= head) break;
    }
    await retractStrangers(pool);
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    console.log(`${process.stdout.isTTY ? "\n" : ""}replay: done in ${seconds} s`);
  } finally {
    await lock.release();
  }
}

/** Tells everything mirrored again. */
export const replay: Command = {
  help,
  run: async (env, args) => {
    const options = optionsOf(args, { "from-logs": { type: "boolean" } });
    await withPool(env, (pool) => retell(env, pool, options["from-logs"] === true));
  },
};
