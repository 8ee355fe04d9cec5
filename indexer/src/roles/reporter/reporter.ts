import type { Deployment } from "@tburn/deployments";
import type { Env } from "../../env.ts";
import { openPool, type Sql } from "../../platform/db/pool.ts";
import { FatalError } from "../../platform/errors.ts";
import type { Log } from "../../platform/telemetry/log.ts";
import { Rest } from "../../platform/time/rest.ts";
import { ReporterChain } from "./chain.ts";
import { Watcher } from "./evidence.ts";
import { startFeed } from "./feed.ts";
import { Keeper } from "./keeper.ts";
import { Reporting } from "./reporting.ts";
import { forgetVotes } from "./repository.ts";

/** Heights of votes that are kept: evidence older than that has no header to prove it with any more. */
const KEPT_HEIGHTS = 50_000n;

async function forget(chain: ReporterChain, sql: Sql): Promise<void> {
  const head = await chain.head();
  if (head > KEPT_HEIGHTS) await forgetVotes(sql, head - KEPT_HEIGHTS);
}

/**
 * Watches validators and reports on them: epoch reports to the oracle, double signs to the slashing manager, chores that
 * are open to everybody.
 * @throws {FatalError} `REPORTER_KEY_MISSING`
 */
export async function startReporter(env: Env, deployment: Deployment, log: Log): Promise<{ stop(): Promise<void> }> {
  if (!env.reporterKey) throw new FatalError("REPORTER_KEY_MISSING", "the reporter role needs REPORTER_KEY");
  const chain = new ReporterChain(deployment, env.rpcUrls, env.reporterKey);
  const pool = openPool(env.databaseUrl, { max: 3, name: "tburn-reporter" });
  const watcher = new Watcher(chain, pool, log, deployment.chainId);
  const reporting = new Reporting(chain, pool, log, env.reporterDepth);
  const keeper = new Keeper(chain, log);
  const rest = new Rest(env.reporterPollMs);
  const feed = await startFeed(env.host, env.reporterPort, async (vote) => {
    const refusal = await watcher.take(vote);
    if (!refusal) rest.hint();
    return refusal;
  });
  log.info({ address: chain.account.address, port: feed.port }, "reporter listens for signed votes");
  let stopped = false;

  const chores: [name: string, work: () => Promise<unknown>][] = [
    ["evidence", () => watcher.step()],
    ["report", () => reporting.step()],
    ["chores", () => keeper.step()],
    ["retention", () => forget(chain, pool)],
  ];

  async function loop(): Promise<void> {
    while (!stopped) {
      for (const [name, work] of chores) {
        if (stopped) break;
        await work().catch((error: Error) =>
          log.warn({ chore: name, problem: error.message.split("\n")[0] }, "will be tried again"),
        );
      }
      if (!stopped) await rest.until();
    }
  }

  const done = loop();
  return {
    stop: async () => {
      stopped = true;
      rest.hint();
      await feed.stop();
      await done;
      await pool.end();
    },
  };
}
