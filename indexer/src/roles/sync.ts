import type { Deployment } from "@tburn/deployments";
import pg from "pg";
import { projectionsOf } from "../app.ts";
import type { Env } from "../env.ts";
import { chainIdOf, Rpc } from "../platform/chain/rpc.ts";
import type { SyncState } from "../platform/chain/state.ts";
import { type Step, Sync } from "../platform/chain/sync.ts";
import { openPool } from "../platform/db/pool.ts";
import { chainTables } from "../platform/db/tables.ts";
import { FatalError } from "../platform/errors.ts";
import type { Log } from "../platform/telemetry/log.ts";

const LOCK = 7_261_002;

export interface RunningSync {
  state: SyncState;
  /** Resolves when stopped; rejects with what cannot be healed by waiting. */
  done: Promise<void>;
  stop(): void;
}

/** Refuses endpoints of another chain than the deployment's. @throws {FatalError} */
async function requireChain(rpc: Rpc, chainId: number): Promise<void> {
  const found = await chainIdOf(rpc);
  if (found !== chainId) {
    throw new FatalError(
      "WRONG_CHAIN",
      `the endpoints serve chain ${found}, but the deployment is of chain ${chainId}; correct RPC_URL or CHAIN_ID`,
    );
  }
}

/** Holds the writer's lock for the life of the connection; a second process waits here. */
async function waitForLock(url: string, log: Log): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: "tburn-sync-lock" });
  await client.connect();
  const { rows } = await client.query<{ got: boolean }>("select pg_try_advisory_lock($1) as got", [LOCK]);
  if (!rows[0]?.got) {
    log.info("another process follows the chain; waiting for it to end");
    await client.query("select pg_advisory_lock($1)", [LOCK]);
  }
  return client;
}

/** Follows the chain until stopped. */
export function startSync(env: Env, deployment: Deployment, log: Log): RunningSync {
  const rpc = new Rpc(env.rpcUrls);
  const state: SyncState = { head: 0, indexed: -1, events: 0, reorgs: 0, problem: undefined, endpoints: rpc.health() };
  let stopped = false;
  let wake = () => undefined as void;

  async function run(): Promise<void> {
    await requireChain(rpc, env.chainId);
    const lock = await waitForLock(env.databaseDirectUrl, log);
    let lockLost = false;
    lock.on("error", () => (lockLost = true));
    const pool = openPool(env.databaseUrl, { max: 4 });
    try {
      const options = {
        pool,
        rpc,
        deployment,
        tables: await chainTables(pool),
        finalityDepth: env.finalityDepth,
        projectionsOf,
      };
      const sync = new Sync(options);
      while (!stopped) {
        if (lockLost) throw new FatalError("LOCK_LOST", "the connection that holds the writer's lock is gone; restart");
        const step = await attempt(sync);
        if (step?.kind === "advanced" || step?.kind === "reorganised") continue;
        await new Promise<void>((resolve) => {
          wake = resolve;
          setTimeout(resolve, env.pollMs);
        });
      }
    } finally {
      await pool.end();
      await lock.end().catch(() => undefined);
    }
  }

  async function attempt(sync: Sync): Promise<Step | undefined> {
    try {
      const step = await sync.step();
      Object.assign(state, { head: step.head, indexed: step.indexed, problem: undefined, endpoints: rpc.health() });
      state.events += step.events;
      if (step.kind === "reorganised") state.reorgs++;
      if (step.kind !== "idle") log.info({ block: step.indexed, head: step.head, events: step.events }, step.kind);
      return step;
    } catch (error) {
      if (error instanceof FatalError) throw error;
      state.problem = error instanceof Error ? error.message : String(error);
      state.endpoints = rpc.health();
      log.warn({ problem: state.problem }, "will try again");
      return undefined;
    }
  }

  const done = run();
  return {
    state,
    done,
    stop: () => {
      stopped = true;
      wake();
    },
  };
}
